"""What differs between branches, as a table: a row a field, a column a branch."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from gui.branch_table import swatch
from gui.export import Table
from gui.theme import current_theme
from gui.words import words
from model.branch import BranchView
from model.branch_differences import branch_differences

WIDEST = 220  # px of a column: longer texts are folded
NARROWEST = 56


class DifferenceTable(QTableWidget):
    """Only the fields that differ, and what was changed on the way."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("differences")
        self.setAccessibleName(self.tr("What differs between the ticked branches"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFrameShape(QTableWidget.Shape.NoFrame)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.verticalHeader().setSectionsClickable(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setMinimumSectionSize(NARROWEST)
        self.verticalHeader().setMinimumSectionSize(8)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)

    def compare(self, views: Sequence[BranchView], colors: Sequence[QColor | None], titles: Sequence[str]) -> None:
        """Show what differs between `views`, each with its colour and title."""
        found = branch_differences(views) if len(views) > 1 else []
        self.setRowCount(len(found))
        self.setColumnCount(len(views))
        for column, (view, color, title) in enumerate(zip(views, colors, titles, strict=True)):
            head = QTableWidgetItem(swatch(color, current_theme()), str(view.number))
            head.setToolTip(f"<p>{title}</p>")
            self.setHorizontalHeaderItem(column, head)
        for row, difference in enumerate(found):
            label = QTableWidgetItem(words(difference.label))
            self.setVerticalHeaderItem(row, label)
            for column, value in enumerate(difference.values):
                text = words(value)
                item = QTableWidgetItem(text)
                item.setToolTip(f"<p>{text}</p>".replace("\n", "<br>"))
                item.setFlags(Qt.ItemFlag.ItemIsEnabled)
                self.setItem(row, column, item)
        for column in range(self.columnCount()):
            self.setColumnWidth(column, min(WIDEST, max(NARROWEST, self.sizeHintForColumn(column))))

    def texts(self) -> Table:
        """The table as it is shown."""
        header = [self.tr("field"), *(self._head(column) for column in range(self.columnCount()))]
        rows = [
            [self._label(row), *(self._text(row, column) for column in range(self.columnCount()))]
            for row in range(self.rowCount())
        ]
        return header, rows

    def _head(self, column: int) -> str:
        item = self.horizontalHeaderItem(column)
        return item.text() if item is not None else ""

    def _label(self, row: int) -> str:
        item = self.verticalHeaderItem(row)
        return item.text() if item is not None else ""

    def _text(self, row: int, column: int) -> str:
        item = self.item(row, column)
        return item.text() if item is not None else ""
