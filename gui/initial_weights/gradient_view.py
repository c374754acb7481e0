"""The gradient's size at every layer, and beside it in numbers how it changes on its way back."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.initial_weights.gradient_sizes import GradientSizes
from gui.initial_weights.rule_list import RuleList
from gui.theme import GRID
from model.initial_weights import Candidate, LayerSpread


class GradientView(QWidget):
    """The plot, and the list of the rules."""

    chosen = Signal(str)  # the key of a rule

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plot = GradientSizes()
        self.list = RuleList(
            self.tr("first / last layer"),
            self.tr("The gradient at the first layer, as a share of the gradient at the last: 1 is best"),
        )
        self.plot.setMinimumSize(24 * GRID, 16 * GRID)
        self.list.chosen.connect(self.chosen)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self.plot, 1)
        row.addWidget(self.list)

    def show_spreads(
        self, rules: Sequence[Candidate], columns: Sequence[str], spreads: Mapping[str, Sequence[LayerSpread]]
    ) -> None:
        """What was measured, of the rules that are ready."""
        self.plot.show_spreads(rules, columns, spreads)
        self.list.show_rules(rules)
        for rule in rules:
            self.list.show_number(rule.key, ratio_text(spreads.get(rule.key, ())))

    def choose(self, key: str) -> None:
        self.plot.choose(key)
        self.list.choose(key)


def ratio_text(spreads: Sequence[LayerSpread]) -> str:
    """The first layer's gradient by the last's, in two digits."""
    if not spreads or not spreads[-1].gradient:
        return ""
    return f"{spreads[0].gradient / spreads[-1].gradient:.2g}".replace("e-0", "e−").replace("e+0", "e")
