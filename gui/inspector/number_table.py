"""The numbers of a column of neurons: a table that marks in the diagram what the pointer or the keys are on."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QPalette, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from gui.formulas.term import number_text
from gui.inspector.page import NumberTable
from gui.theme import GRID, current_theme, font, theme_switch

MOST_ROWS = 12  # seen at a time; more are scrolled
UNKNOWN = "·"
SMALL = 0.01


class NumberTableView(QTableWidget):
    """One row a neuron."""

    pointed = Signal(object)  # Sources | None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: NumberTable | None = None
        self.setAccessibleName(self.tr("Numbers of all neurons"))
        self.setToolTip(self.tr("A row marks its neuron in the diagram; a dot is a number that is not known yet."))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QTableWidget.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.cellEntered.connect(lambda row, _: self._point(row))
        self.currentCellChanged.connect(lambda row, *_: self._point(row) if self.hasFocus() else None)
        theme_switch().changed.connect(self._restyle)
        self._restyle()

    def show_table(self, table: NumberTable) -> None:
        """Show these numbers; what stays the same costs nothing."""
        before, self._shown = self._shown, table
        if before is None or before.header != table.header or len(before.rows) != len(table.rows):
            self.clear()
            self.setColumnCount(len(table.header))
            self.setRowCount(len(table.rows))
            self.setHorizontalHeaderLabels(list(table.header))
            resize = self.horizontalHeader().setSectionResizeMode
            for column in range(len(table.header)):
                resize(column, QHeaderView.ResizeMode.Stretch if column else QHeaderView.ResizeMode.ResizeToContents)
            self._fit()
        for row, each in enumerate(table.rows):
            texts = [each.name, *(UNKNOWN if value is None else short(value) for value in each.values)]
            for column, text in enumerate(texts):
                self._write(row, column, text)

    def texts(self) -> list[list[str]]:
        """What is seen, row by row."""
        items = [[self.item(row, column) for column in range(self.columnCount())] for row in range(self.rowCount())]
        return [[item.text() if item is not None else "" for item in row] for row in items]

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.pointed.emit(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.pointed.emit(None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.rowCount() > MOST_ROWS and self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()  # the page scrolls

    def _write(self, row: int, column: int, text: str) -> None:
        item = self.item(row, column)
        if item is None:
            item = QTableWidgetItem(text)
            right = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
            item.setTextAlignment(right | Qt.AlignmentFlag.AlignVCenter)
            self.setItem(row, column, item)
        elif item.text() != text:
            item.setText(text)

    def _point(self, row: int) -> None:
        if self._shown is not None and 0 <= row < len(self._shown.rows):
            self.pointed.emit(self._shown.rows[row].sources)

    def _fit(self) -> None:
        height = QFontMetrics(self.font()).height() + GRID // 2
        for header in (self.verticalHeader(), self.horizontalHeader()):
            header.setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        self.horizontalHeader().setFixedHeight(height + GRID // 2)
        self.setFixedHeight(height + GRID // 2 + min(self.rowCount(), MOST_ROWS) * height)

    def _restyle(self) -> None:
        self.setFont(font(current_theme().small))
        self.horizontalHeader().setFont(font(current_theme().small))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, palette.color(QPalette.ColorRole.Window))  # no box on the page
        self.setPalette(palette)
        self._fit()


def short(value: float) -> str:
    """Three digits, of small numbers two: five columns have room for no more."""
    return number_text(value, 3 if abs(value) >= SMALL else 2)
