"""The columns of a table, one a row: whether it is a feature, of what kind it is, and what it says first."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from gui.theme import current_theme, font
from model.data_files.table_reading import Columns

FIRST = 4  # values that are shown of a column
CHECK, KIND, VALUES = range(3)


class ColumnList(QTableWidget):
    """Checked columns are features; the target cannot be one. `changed` says that a person has checked another."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 3, parent)
        self.setHorizontalHeaderLabels([self.tr("feature"), self.tr("kind"), self.tr("first rows")])
        self.setAccessibleName(self.tr("Columns"))
        self.setToolTip(
            self.tr("<p>Checked columns are features: what the network is given of each sample. Space checks.</p>")
        )
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setFrameShape(QTableWidget.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(CHECK, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(KIND, QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        self.itemChanged.connect(self._item_changed)
        self._filling = False

    def show_columns(self, table: Columns, kinds: list[str], features: set[int]) -> None:
        """Show the columns of `table`; `kinds` says what each can be ("": nothing), `features` which are checked."""
        self._filling = True
        self.setFont(font(current_theme().body))
        self.setRowCount(len(table.columns))
        begin = 1 if table.format.header else 0
        for place, column in enumerate(table.columns):
            check = QTableWidgetItem(column.name)
            check.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            if kinds[place]:
                check.setFlags(check.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                check.setCheckState(Qt.CheckState.Checked if place in features else Qt.CheckState.Unchecked)
            values = [row[place] for row in table.preview[begin : begin + FIRST]]
            kind = kinds[place] or self.tr("of no use")
            cells = (check, QTableWidgetItem(kind), QTableWidgetItem(",  ".join(values)))
            for at, item in enumerate(cells):
                self.setItem(place, at, item)
        # Of a wide table the first columns tell how wide a name is: measuring thousands takes long.
        self.horizontalHeader().setResizeContentsPrecision(100)
        self.resizeColumnToContents(CHECK)
        self.resizeColumnToContents(KIND)
        self.setColumnWidth(CHECK, min(self.columnWidth(CHECK), 24 * current_theme().body))
        self._filling = False

    def features(self) -> set[int]:
        """The places of the columns that are checked."""
        return {place for place in range(self.rowCount()) if self._is_checked(place)}

    def set_features(self, features: set[int]) -> None:
        """Check these columns, as far as they can be."""
        self._filling = True
        for place in range(self.rowCount()):
            item = self._check_of(place)
            if self._has_box(item):
                item.setCheckState(Qt.CheckState.Checked if place in features else Qt.CheckState.Unchecked)
        self._filling = False

    def mark_target(self, target: int) -> None:
        """Set the name of the target apart: it cannot be checked as long as it is."""
        self._filling = True
        for place in range(self.rowCount()):
            item = self._check_of(place)
            is_target = place == target
            type_of = item.font()
            type_of.setBold(is_target)
            item.setFont(type_of)
            item.setToolTip(self.tr("The target: what the network shall say") if is_target else "")
            if is_target:
                item.setData(Qt.ItemDataRole.CheckStateRole, None)  # no box
            elif item.flags() & Qt.ItemFlag.ItemIsUserCheckable and not self._has_box(item):
                item.setCheckState(Qt.CheckState.Checked)  # it was the target
        self._filling = False

    def _check_of(self, place: int) -> QTableWidgetItem:
        item = self.item(place, CHECK)
        assert item is not None, "every row has one"
        return item

    def _is_checked(self, place: int) -> bool:
        item = self._check_of(place)
        return self._has_box(item) and item.checkState() == Qt.CheckState.Checked

    def _has_box(self, item: QTableWidgetItem) -> bool:
        return item.data(Qt.ItemDataRole.CheckStateRole) is not None

    def _item_changed(self, item: QTableWidgetItem) -> None:
        if not self._filling and item.column() == CHECK:
            self.changed.emit()
