"""What both plots of the lab share: a line for every rule, and one of them chosen."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from numpy.typing import ArrayLike
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from gui.initial_weights.rule_colors import DASHED, rule_color
from gui.plot import Plot
from gui.plot_line import Line
from gui.theme import current_theme
from gui.words import words
from model.initial_weights import Candidate


class RulePlot(Plot):
    """A plot with a line for every rule; that of the chosen one is thick, those of the uniform rules are dashed."""

    def __init__(self, name: str, x_label: str, y_label: str, parent: QWidget | None = None) -> None:
        self._of: dict[str, Line] = {}  # before the plot, which styles them
        self._chosen = ""
        self._named = False  # the legend is for exported pictures: on the screen the list beside it names the lines
        super().__init__(name, x_label, y_label, parent=parent)
        self.set_log(True)

    def show_rules(self, rules: Sequence[Candidate]) -> None:
        """Have a line for each, without points yet."""
        if self.plotItem is None:  # closed
            return
        self._of = {}
        self.clear_lines()
        self._of = {rule.key: self.line(words(rule.label), rule_color(rule.key), width=1) for rule in rules}
        self.restyle()

    def draw_rule(self, key: str, x: ArrayLike, y: ArrayLike) -> None:
        self._of[key].draw(x, y)

    def choose(self, key: str) -> None:
        if key != self._chosen:
            self._chosen = key
            self.restyle()

    def restyle(self) -> None:
        super().restyle()
        if self.plotItem is None:
            return
        if not self._named:
            self._legend.write([], current_theme())
        wide = current_theme().line_width
        for key, line in self._of.items():
            pen = self.pen(line.color, 2 * wide if key == self._chosen else max(1, wide / 1.5))
            pen.setStyle(Qt.PenStyle.DashLine if key in DASHED else Qt.PenStyle.SolidLine)
            line.setPen(pen)
            line.setZValue(1 if key == self._chosen else 0)

    @contextmanager
    def exporting(self, scale: float) -> Iterator[None]:
        self._named = True
        try:
            with super().exporting(scale):
                self.item.layout.activate()  # make room for the legend now, not at the next event
                yield
        finally:
            self._named = False
            self.restyle()
            self.item.layout.activate()
