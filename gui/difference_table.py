"""What differs between branches, as a table: a row a field, a column a branch."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from gui.branch_table import swatch
from gui.export import Table
from gui.theme import GRID, current_theme
from gui.words import words
from model.branch import BranchView
from model.branch_differences import branch_differences

LABEL_LETTERS = 15  # that the names of the fields have room for in a line
NARROWEST = 72  # px of a column: where there are more, the table is scrolled


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
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(GRID)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header = self.horizontalHeader()
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(NARROWEST)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def compare(self, views: Sequence[BranchView], colors: Sequence[QColor | None], titles: Sequence[str]) -> None:
        """Show what differs between `views`, each with its colour and title."""
        found = branch_differences(views) if len(views) > 1 else []
        self.setRowCount(len(found))
        self.setColumnCount(1 + len(views))
        self.setHorizontalHeaderItem(0, QTableWidgetItem(""))
        for column, (view, color, title) in enumerate(zip(views, colors, titles, strict=True), 1):
            head = QTableWidgetItem(swatch(color, current_theme()), str(view.number))
            head.setToolTip(f"<p>{escape(title)}</p>")
            self.setHorizontalHeaderItem(column, head)
        for row, difference in enumerate(found):
            for column, text in enumerate((difference.label, *difference.values)):
                item = QTableWidgetItem(words(text))
                item.setToolTip("<p>{}</p>".format(words(text).replace("\n", "<br>")))
                item.setFlags(Qt.ItemFlag.ItemIsEnabled)
                item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
                if column == 0:
                    item.setForeground(QColor(current_theme().muted))
                self.setItem(row, column, item)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)  # the columns share the room, texts are folded
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        self.setColumnWidth(0, LABEL_LETTERS * self.fontMetrics().averageCharWidth())

    def texts(self) -> Table:
        """The table as it is shown."""
        heads = [self.horizontalHeaderItem(column) for column in range(1, self.columnCount())]
        header = [self.tr("field"), *(head.text() if head is not None else "" for head in heads)]
        return header, [[self._text(row, column) for column in range(len(header))] for row in range(self.rowCount())]

    def _text(self, row: int, column: int) -> str:
        item = self.item(row, column)
        return item.text() if item is not None else ""
