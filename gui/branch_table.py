"""The list of branches: one row each, with its tick and colour, its name, and how far and how well it came."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyle, QTableWidget, QTableWidgetItem, QWidget

from gui.theme import GRID, Theme, current_theme, font

NAME, STEPS, TRAIN, TEST = range(4)
SWATCH = 12  # px
MOST_LETTERS = 100  # of a name given by the person
NUMBER = Qt.ItemDataRole.UserRole  # of the branch of a row
TITLE = Qt.ItemDataRole.UserRole + 1  # the whole name, with the number
OWN_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Delete, Qt.Key.Key_F2)


class BranchTable(QTableWidget):
    """Rows of branches. It changes nothing itself, it says what is asked for."""

    ticked = Signal(int, bool)  # the number of a branch, and whether it is to be compared
    asked_for = Signal(int)  # to show this branch
    named = Signal(int, str)  # give it this name
    unwanted = Signal(int)  # remove it

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 4, parent)
        self.setObjectName("branches")
        self.setAccessibleName(self.tr("Branches"))
        self.setHorizontalHeaderLabels([self.tr("Branch"), self.tr("Steps"), self.tr("Train loss"), self.tr("Test")])
        for column, tip in enumerate(
            (
                self.tr("Ticked branches are compared, in the colour of their dash"),
                self.tr("How far it was trained"),
                self.tr("Loss on the training part, at its end"),
                self.tr("Accuracy on the test part, or the loss where there are no classes, at its end"),
            )
        ):
            heading = self.horizontalHeaderItem(column)
            assert heading is not None, "every column has a heading"
            heading.setToolTip(f"<p>{tip}</p>")
        self.verticalHeader().hide()
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setFrameShape(QTableWidget.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        name = self.horizontalHeaderItem(NAME)
        if name is not None:
            name.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._looks: dict[int, tuple[object, ...]] = {}  # all that the row of each branch was last drawn from
        self._writing = False  # an item changes by this program, not by the person
        self.itemChanged.connect(self._changed)
        self.itemDoubleClicked.connect(lambda item: self.asked_for.emit(self.number_at(item.row())))

    # Rows

    def show_numbers(self, numbers: Sequence[int]) -> bool:
        """Have a row for each of these branches; the selection stays with its branch. False: they were there."""
        if numbers == [self.number_at(row) for row in range(self.rowCount())]:
            return False
        selected = self.selected()
        self._looks.clear()
        self._writing = True
        self.setRowCount(len(numbers))
        for row, number in enumerate(numbers):
            for column in range(self.columnCount()):
                item = QTableWidgetItem()
                if column != NAME:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                self.setItem(row, column, item)
            self._item(row, NAME).setData(NUMBER, number)
        self._writing = False
        self.select(selected if selected in numbers else numbers[-1] if numbers else None)
        return True

    def height_of_all(self) -> int:
        """What it takes to see all rows, px."""
        return self.horizontalHeader().sizeHint().height() + self.verticalHeader().length() + GRID // 4

    def show_row(self, row: int, title: str, color: QColor | None, texts: Sequence[str], *, shown: bool) -> None:
        """`color` of a branch that is compared, None of a hidden one; `texts` of the columns behind the name."""
        theme, name = current_theme(), self._item(row, NAME)
        looks = (title, color.name() if color is not None else "", tuple(texts), shown, theme)
        if self._looks.get(self.number_at(row)) == looks:
            return
        self._looks[self.number_at(row)] = looks
        self._writing = True
        if name.data(TITLE) != title:
            name.setData(TITLE, title)
            name.setText(title)
            name.setToolTip(f"<p>{escape(title)}</p>")
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable
        name.setFlags(flags if shown else flags | Qt.ItemFlag.ItemIsUserCheckable)
        name.setCheckState(Qt.CheckState.Checked if color is not None else Qt.CheckState.Unchecked)
        name.setIcon(swatch(color, theme))
        for column, text in enumerate(texts, start=STEPS):
            self._item(row, column).setText(text)
        for column in range(self.columnCount()):
            self._item(row, column).setFont(font(theme.body, bold=shown))
        self._writing = False

    def number_at(self, row: int) -> int:
        """The number of the branch in a row."""
        item = self.item(row, NAME)
        return int(item.data(NUMBER)) if item is not None else 0

    def selected(self) -> int | None:
        """The number of the branch that the keys and buttons mean."""
        return self.number_at(self.currentRow()) if self.currentRow() >= 0 else None

    def select(self, number: int | None) -> None:
        for row in range(self.rowCount()):
            if self.number_at(row) == number:
                self.setCurrentCell(row, NAME)

    def rename(self) -> None:
        """Let the person type another name for the selected branch."""
        if self.currentRow() >= 0:
            self.editItem(self._item(self.currentRow(), NAME))

    # Keys

    def event(self, event: QEvent) -> bool:
        # The window has shortcuts on some of these keys; here they belong to the list.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in OWN_KEYS:
            event.accept()
            return True
        return super().event(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two clicks on a tick are two clicks, however quick."""
        tick = self.style().pixelMetric(QStyle.PixelMetric.PM_IndicatorWidth) + GRID
        if self.columnAt(event.position().toPoint().x()) == NAME and event.position().x() < tick:
            self.mousePressEvent(event)
        else:
            super().mouseDoubleClickEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = self.selected()
        if number is None or self.state() == QAbstractItemView.State.EditingState or event.modifiers():
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.asked_for.emit(number)
        elif event.key() == Qt.Key.Key_Delete:
            self.unwanted.emit(number)
        elif event.key() == Qt.Key.Key_F2:
            self.rename()
        elif event.key() == Qt.Key.Key_Space:
            item = self._item(self.currentRow(), NAME)
            self.setCurrentItem(item)
            self.ticked.emit(number, item.checkState() != Qt.CheckState.Checked)
        else:
            super().keyPressEvent(event)

    def _changed(self, item: QTableWidgetItem) -> None:
        """The person has ticked a branch or typed a name. What becomes of it, `show_row` will say."""
        if self._writing or item.column() != NAME:
            return
        number, title = self.number_at(item.row()), item.data(TITLE)
        self._looks.pop(number, None)
        if item.text() != title:
            name = item.text().removeprefix(f"{number}:").strip()[:MOST_LETTERS]
            self._writing = True
            item.setData(TITLE, "")  # whatever was typed is replaced
            self._writing = False
            self.named.emit(number, name)
        else:
            self.setCurrentItem(item)
            self.ticked.emit(number, item.checkState() == Qt.CheckState.Checked)

    def _item(self, row: int, column: int) -> QTableWidgetItem:
        item = self.item(row, column)
        assert item is not None, "every cell has an item"
        return item


def swatch(color: QColor | None, theme: Theme) -> QIcon:
    """A dash of the branch's colour, as in the legends; only its outline for a branch that is hidden."""
    picture = QPixmap(SWATCH, SWATCH)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setPen(color or QColor(theme.muted))
    if color is not None:
        painter.setBrush(color)
    painter.drawRect(0, SWATCH // 2 - GRID // 4, SWATCH - 1, GRID // 2)
    painter.end()
    icon = QIcon()
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
        icon.addPixmap(picture, mode)
    return icon
