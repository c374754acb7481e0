"""The table of the trials: sorted by any column, a row is opened by a click or Enter."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from gui.export import Table, export_dialog
from gui.export_action import add_export_action
from gui.search_views.found import MEASURE, Found, title
from gui.theme import GRID, current_theme, font, theme_switch
from model.search.trial_record import TrialRecord, table

Index = QModelIndex | QPersistentModelIndex
LAST = float("inf")


class TrialModel(QAbstractTableModel):
    """The rows: number, ending, loss, accuracy where there are classes, the values, the step."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.found: Found | None = None
        self.rows: list[TrialRecord] = []
        self._columns: list[tuple[str, str, Callable[[TrialRecord], str], Callable[[TrialRecord], Any]]] = []
        self._by, self._order = 2, Qt.SortOrder.AscendingOrder

    def show_found(self, found: Found | None) -> None:
        """The trials so far, in the order that was asked for."""
        other = found is None or self.found is None or found.spec != self.found.spec
        self.beginResetModel() if other else self.layoutAboutToBeChanged.emit()
        self.found = found
        if other:
            self._columns = self._made() if found is not None else []
        self.rows = list(found.trials) if found is not None else []
        self._sort()
        self.endResetModel() if other else self.layoutChanged.emit()

    def _made(self) -> list[tuple[str, str, Callable[[TrialRecord], str], Callable[[TrialRecord], Any]]]:
        """Of each column the title, what it means, the text of a cell and what it is sorted by."""
        found = self.found
        assert found is not None
        made: list[Any] = [
            (self.tr("Trial"), self.tr("Its number in the search"), title, lambda e: e.place),
            (self.tr("Ended"), self.tr("How it ended, or that it goes on"), self._ending, self._ending),
            (self.tr("Loss"), self.tr("Loss on the validation part, where it ended"), _loss, _loss_key),
        ]
        if found.by_accuracy:
            tip = self.tr("Share of the validation part that is told right, where it ended")
            made.append((self.tr("Accuracy"), tip, self._mark, self._mark_key))
        for path in found.paths:
            name = found.labels[path]
            made.append((name, name, lambda e, p=path: self._value(e, p), lambda e, p=path: _key(e.values.get(p))))
        made.append((self.tr("Step"), self.tr("How far it was trained"), _step, _reached))
        return made

    def _ending(self, trial: TrialRecord) -> str:
        return self.found.ending(trial) if self.found is not None else ""

    def _mark(self, trial: TrialRecord) -> str:
        return self.found.text(trial, MEASURE) if self.found is not None else ""

    def _mark_key(self, trial: TrialRecord) -> float:
        mark = self.found.mark(trial) if self.found is not None else None
        return -LAST if mark is None else mark

    def _value(self, trial: TrialRecord, path: str) -> str:
        return self.found.text(trial, path) if self.found is not None else ""

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._by, self._order = column, order
        self.layoutAboutToBeChanged.emit()
        self._sort()
        self.layoutChanged.emit()

    def _sort(self) -> None:
        if 0 <= self._by < len(self._columns):
            key = self._columns[self._by][3]
            self.rows.sort(key=lambda e: e.place)
            self.rows.sort(key=key, reverse=self._order == Qt.SortOrder.DescendingOrder)

    # What QAbstractTableModel asks of a kind of model.

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        trial = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[index.column()][2](trial)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            left = index.column() == 1
            side = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.FontRole and self.found is not None:
            return font(current_theme().body, bold=True) if trial is self.found.winner else None
        if role == Qt.ItemDataRole.ToolTipRole and trial.result is not None and trial.result.note:
            return trial.result.note
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or section >= len(self._columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section][0]
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"<p>{self._columns[section][1]}</p>"
        return None


class TrialTable(QTableView):
    """A click on a row or Enter opens its trial."""

    chosen = Signal(int)  # the place of a trial: to be opened
    pointed = Signal(int)  # the place of the trial that is selected now

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = TrialModel(self)
        self.setModel(self.rows)
        self.setAccessibleName(self.tr("Trials"))
        self.setToolTip(self.tr("<p>A click or Enter opens the trial as a run. A click on a heading sorts.</p>"))
        self.setSortingEnabled(True)
        self.sortByColumn(2, Qt.SortOrder.AscendingOrder)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        add_export_action(self, lambda: export_dialog(self, self, self.accessibleName(), self.table))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.clicked.connect(lambda index: self.chosen.emit(self.rows.rows[index.row()].place))
        self.selectionModel().currentRowChanged.connect(self._point)
        theme_switch().changed.connect(self._restyle)
        self._restyle()

    def show_found(self, found: Found | None) -> None:
        """The trials so far; the selection stays with its trial."""
        selected, columns = self.selected(), self.rows.columnCount()
        self.rows.show_found(found)
        if columns != self.rows.columnCount():
            self.resizeColumnsToContents()
        self.select(selected)

    def selected(self) -> int | None:
        """The place of the selected trial."""
        row = self.currentIndex().row()
        return self.rows.rows[row].place if 0 <= row < len(self.rows.rows) else None

    def select(self, place: int | None) -> None:
        """Without a signal."""
        row = next((i for i, each in enumerate(self.rows.rows) if each.place == place), None)
        if row is not None and row != self.currentIndex().row():
            self.selectionModel().blockSignals(True)
            self.selectRow(row)
            self.selectionModel().blockSignals(False)
            self.viewport().update()

    def table(self) -> Table:
        """All trials with their numbers in full, as a search without a window writes them."""
        found = self.rows.found
        if found is None:
            return ("trial",), ()
        header, *rows = table(found.spec.axes, self.rows.rows)
        return [str(each) for each in header], rows

    def event(self, event: QEvent) -> bool:
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in keys:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = self.selected()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and place is not None:
            self.chosen.emit(place)
        else:
            super().keyPressEvent(event)

    def _point(self) -> None:
        place = self.selected()
        if place is not None:
            self.pointed.emit(place)

    def _restyle(self) -> None:
        self.horizontalHeader().setFont(font(current_theme().small))
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + GRID // 2)
        self.resizeColumnsToContents()


def _loss(trial: TrialRecord) -> str:
    return "–" if trial.loss is None else f"{trial.loss:.4g}"


def _loss_key(trial: TrialRecord) -> tuple[bool, float]:
    """Those that ended early come after those that went the whole way: their losses are of other steps."""
    return trial.state != "complete", LAST if trial.loss is None else trial.loss


def _step(trial: TrialRecord) -> str:
    return f"{_reached(trial):,}"


def _reached(trial: TrialRecord) -> int:
    return trial.result.step if trial.result is not None else max(trial.curve, default=0)


def _key(value: object) -> tuple[int, float, str]:
    if isinstance(value, (int, float)):
        return 0, float(value), ""
    return 1, 0.0, str(value)
