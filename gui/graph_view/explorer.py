"""A graph to explore: its drawing, its variables, the buttons to go through it, and what happens in words."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.button_row import ButtonRow
from gui.graph_view.sentences import held_fixed, rule, said
from gui.graph_view.variable_list import VariableList
from gui.graph_view.view import NOTCH, GraphView
from gui.graph_view.walk import Walk
from gui.live_label import LiveLabel
from gui.theme import GRID, Theme, current_theme, theme_switch

FEWEST = 40  # characters that there is room for in a line of numbers, at least


class GraphExplorer(QWidget):
    """Shows one graph, as far as the person has gone through it."""

    edited = Signal(str, float)  # a variable has this value from now on
    used = Signal()  # a value was edited, or a step was taken

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.walk: Walk | None = None
        self._about = ""
        self.view, self.variables = GraphView(), VariableList()
        self.said, self.rule = LiveLabel(wrap_lines=1), LiveLabel(small=True, wrap_lines=2)
        self.said.setAccessibleName(self.tr("What the node at work does"))
        self.rule.setAccessibleName(self.tr("Its rule, or what the graph is"))
        self.steps, self.zooms = ButtonRow(), ButtonRow()
        self._add_steps()
        self._add_zooms()
        self._arrange()
        self.variables.edited.connect(self.set_value)
        self.view.value_typed.connect(self.set_value)
        theme_switch().changed.connect(self._restyle)
        self.refresh()

    def show_walk(self, walk: Walk, about: str = "") -> None:
        """Another graph; `about`: what it is, said where no rule is."""
        self.walk, self._about = walk, about
        self.view.show_walk(walk)
        self.refresh()

    def set_about(self, about: str) -> None:
        """Something else is to be said of the graph that is shown."""
        self._about = about
        self.refresh()

    def set_stale(self) -> None:
        """The graph is that of an older expression: pale, and nothing can be done with it."""
        if not self.view.canvas.stale:  # else nothing changes: a large graph is not painted again at every key
            self.view.canvas.set_stale(True)
            self.refresh()

    @property
    def usable(self) -> bool:
        return self.walk is not None and not self.view.canvas.stale

    def set_value(self, name: str, value: float) -> None:
        """Another value for a variable."""
        if self.walk is not None and self.usable and name in self.walk.graph.variables:
            self.walk.graph.set(name, value)
            self.walk.edited = True
            self.walk.refresh()
            self.edited.emit(name, value)
            self.used.emit()
            self.refresh()

    def refresh(self) -> None:
        """Other numbers, or another position."""
        position = self.walk.position if self.walk is not None else 0
        for name, button in self.steps.buttons.items():
            button.setEnabled(self.usable and (position > 0 or name not in ("start", "back")))
        self.variables.setEnabled(self.usable)
        if self.walk is not None:
            self.view.canvas.refresh()
            self.variables.show_graph(self.walk.graph)
            room = self.said.width() // max(1, self.said.fontMetrics().averageCharWidth())
            self.said.setText(said(self.walk, max(FEWEST, room)))
            hint = self.tr("Point at a node for its rule; step to see one after the other at work.")
            shown = rule(self.walk), held_fixed(self.walk), self._about, hint
            self.rule.setText(next(filter(None, shown)))  # there is room for one of them
            self.rule.setToolTip(f"<p>{self.rule.text()}</p>")
        self._restyle(current_theme())

    def _go(self, way: str) -> None:
        """Go along the walk: "step", "step_back", ..."""
        if self.walk is None or not self.usable:
            return
        getattr(self.walk, way)()
        self.used.emit()
        self.refresh()
        self.view.canvas.tell(f"{self.said.text()}. {self.rule.text()}")
        if self.walk.at_work is not None:
            self.view.show_node(self.walk.at_work)

    def _restyle(self, theme: Theme) -> None:
        color = theme.text if self.usable else theme.muted
        if self.walk is not None and self.usable:
            at_work = self.walk.at_work
            wrong = at_work.problem if at_work is not None else self.walk.position and self.walk.graph.problems
            color = theme.warning if wrong else theme.text
        self.said.set_color(color)
        self.rule.set_color(theme.muted)

    # The parts

    def _arrange(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GRID // 2)
        upper, lower = QHBoxLayout(), QHBoxLayout()
        upper.setSpacing(0)
        upper.addWidget(self.variables)
        upper.addWidget(self.view, 1)
        lower.setSpacing(GRID)
        lower.addWidget(self.steps)
        lower.addStretch(1)
        lower.addWidget(self.zooms)
        rows.addLayout(upper, 1)
        rows.addLayout(lower)
        rows.addWidget(self.said)
        rows.addWidget(self.rule)

    def _add_steps(self) -> None:
        leaves = self.tr("No operation has a value yet (Home in the graph).")
        back = self.tr("One node back (comma in the graph).")
        on = self.tr("One node on: forward, then backward; from the end to the start again (full stop in the graph).")
        values, all_there = (
            self.tr("All values and no gradients (F in the graph)."),
            self.tr("All values and all gradients (B in the graph)."),
        )
        for name, way, key, text, tip in (
            ("start", "go_to_start", Qt.Key.Key_Home, self.tr("Start"), leaves),
            ("back", "step_back", Qt.Key.Key_Comma, self.tr("Back"), back),
            ("step", "step", Qt.Key.Key_Period, self.tr("Step"), on),
            ("forward", "go_forward", Qt.Key.Key_F, self.tr("Forward"), values),
            ("backward", "go_to_end", Qt.Key.Key_B, self.tr("Backward"), all_there),
        ):
            self.steps.add(name, text, tip, partial(self._go, way))
            self.view.canvas.keys[key] = partial(self._go, way)

    def _add_zooms(self) -> None:
        smaller = self.tr("Smaller (- in the graph, or Ctrl and the wheel).")
        larger = self.tr("Larger (+ in the graph, or Ctrl and the wheel).")
        self.zooms.add("smaller", "−", smaller, lambda: self.view.zoom_by(1 / NOTCH), self.tr("Smaller"))
        self.zooms.add("fit", self.tr("Fit"), self.tr("All of the graph (0 in the graph)."), self.view.fit)
        self.zooms.add("larger", "+", larger, lambda: self.view.zoom_by(NOTCH), self.tr("Larger"))
