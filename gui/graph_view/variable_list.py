"""The variables of a graph and an editor for the value of each."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QWidget

from gui.graph_view.expression_entry import typewriter
from gui.number_editor import Number, NumberEditor, as_text
from gui.text_label import TextLabel
from gui.theme import GRID, Theme, current_theme, theme_switch
from model.graph import Graph
from model.hyperparameter import Hyperparameter

MOST = 40  # editors; the others' values are typed at their nodes
DIGITS = 9  # that an editor shows at least


class VariableList(QScrollArea):
    """One row a variable: its name and its value."""

    edited = Signal(str, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("variables")
        self.setAccessibleName(self.tr("Variables"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.editors: dict[str, NumberEditor] = {}
        self._labels: dict[str, QLabel] = {}
        self._inside = QWidget()
        self._rows = QGridLayout(self._inside)
        self._rows.setContentsMargins(GRID, GRID // 2, GRID // 2, GRID // 2)
        self._rows.setHorizontalSpacing(GRID)
        self._rows.setVerticalSpacing(GRID // 2)
        self.more = TextLabel("", "muted", self._inside)
        self.more.setWordWrap(True)
        self.setWidget(self._inside)
        theme_switch().changed.connect(self._restyle)

    def show_graph(self, graph: Graph) -> None:
        """The values of its variables; editors that are there already stay."""
        names = list(graph.variables)[:MOST]
        if names != list(self.editors):
            self._make_rows(names)
        for name, editor in self.editors.items():
            value = graph.variables[name].value
            if editor.value() != value:
                editor.set_value(value)
        left = len(graph.variables) - len(names)
        text = self.tr("And %n more: double-click a node to change its value.", "", left)
        self.more.setText(text)
        self.more.setVisible(left > 0)
        self.setVisible(bool(names))

    def _make_rows(self, names: list[str]) -> None:
        for name in set(self.editors) - set(names):
            for widget in (self.editors.pop(name), self._labels.pop(name)):
                self._rows.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        for name in names:
            if name not in self.editors:
                self._make_row(name)
        self.editors = {name: self.editors[name] for name in names}
        for row in range(self._rows.rowCount()):
            self._rows.setRowStretch(row, 0)
        before: QWidget | None = None
        for row, name in enumerate(names):
            self._rows.addWidget(self._labels[name], row, 0)
            self._rows.addWidget(self.editors[name], row, 1)
            if before is not None:
                QWidget.setTabOrder(before, self.editors[name])
            before = self.editors[name]
        self._rows.addWidget(self.more, len(names), 0, 1, 2)
        self._rows.setRowStretch(len(names) + 1, 1)
        self._restyle(current_theme())

    def _make_row(self, name: str) -> None:
        tip = self.tr("The value of {name}: any number. Everything that it leads to follows.").format(name=name)
        editor = ValueEditor(_declared(name, tip), 1.0)
        editor.setObjectName(f"value of {name}")
        editor.setAccessibleName(self.tr("Value of {name}").format(name=name))
        editor.setToolTip(f"<p>{tip}</p>")
        editor.edited.connect(partial(self.edited.emit, name))
        self.editors[name] = editor
        label = QLabel()
        label.setBuddy(editor)
        label.setToolTip(name)
        self._labels[name] = label

    def _restyle(self, theme: Theme) -> None:
        face = typewriter(theme.body)
        widest = 0
        for name, label in self._labels.items():
            label.setFont(face)
            shown = label.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, 8 * theme.body)
            label.setText(shown.replace("&", "&&"))
            widest = max(widest, label.fontMetrics().horizontalAdvance(shown))
        for editor in self.editors.values():
            editor.setFixedWidth(editor.fontMetrics().horizontalAdvance("0") * DIGITS + 3 * GRID)
        value = next((editor.width() for editor in self.editors.values()), 0)
        bar = self.verticalScrollBar().sizeHint().width()
        self.setFixedWidth(widest + value + bar + 3 * GRID)


class ValueEditor(NumberEditor):
    """Shows a long number in as many digits as there is room for, and all of them while it is edited."""

    _shown = ""

    def set_value(self, value: Number) -> None:
        super().set_value(value)
        whole = as_text(value)
        if value is not None and len(whole) > DIGITS and not self.hasFocus():
            self.lineEdit().setText(f"{value:.{DIGITS - 4}g}".replace("e-0", "e-"))
            self.lineEdit().setCursorPosition(0)
        self._shown = self.lineEdit().text()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.set_value(self.value())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)  # takes what was typed
        self.set_value(self.value())

    def _commit(self) -> None:
        if self.lineEdit().text() != self._shown:
            super()._commit()


def _declared(name: str, meaning: str) -> Hyperparameter:
    return Hyperparameter(
        name=name,
        label=name,
        meaning=meaning,
        kind=float,
        default=1.0,
        minimum=None,
        maximum=None,
        minimum_excluded=False,
        maximum_excluded=False,
        scale="linear",
        optional=False,
        choices=(),
    )
