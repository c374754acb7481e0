"""The gradient's size at every layer, a line for every rule: on its way back it fades, grows, or gets through."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from gui.export import Table
from gui.initial_weights.rule_plot import RulePlot
from gui.words import words
from model.initial_weights import Candidate, LayerSpread

translate = QCoreApplication.translate


class GradientSizes(RulePlot):
    """Layer by layer, on a logarithmic axis."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            translate("GradientSizes", "Gradient at every layer"),
            translate("GradientSizes", "layer"),
            translate("GradientSizes", "size of dL/dz"),
            parent=parent,
        )
        self.setToolTip(
            "<p>"
            + translate(
                "GradientSizes",
                "The root mean square of dL/dz over all units and samples: what the weights of a layer learn from. It "
                "comes in at the last layer, on the right, and goes back to the first.",
            )
            + "</p>"
        )
        self._rules: Sequence[Candidate] = ()
        self._columns: Sequence[str] = ()
        self._spreads: Mapping[str, Sequence[LayerSpread]] = {}
        self.export_rows = self.rows

    def show_spreads(
        self, rules: Sequence[Candidate], columns: Sequence[str], spreads: Mapping[str, Sequence[LayerSpread]]
    ) -> None:
        """A line for every rule that was measured. What is 0 has no place on a logarithmic axis, and leaves a gap."""
        if self.plotItem is None:  # closed
            return
        if [words(each.label) for each in rules] != [line.label for line in self.lines]:
            self.show_rules(rules)
        self._rules, self._columns, self._spreads = rules, columns, dict(spreads)
        self.item.getAxis("bottom").setTicks([[(place, str(place)) for place in range(1, len(columns) + 1)]])
        lowest, highest = math.inf, 0.0
        for rule in rules:
            sizes = np.array([each.gradient for each in spreads.get(rule.key, ())])
            self.draw_rule(rule.key, range(1, len(sizes) + 1), sizes)
            seen = sizes[np.isfinite(sizes) & (sizes > 0)]
            if len(seen):
                lowest, highest = min(lowest, seen.min()), max(highest, seen.max())
        if highest:
            self.show_extent(0.8, len(columns) + 0.2, lowest, highest)

    def readout(self, x: float, y: float) -> str:
        """All sizes at the layer nearest to the pointer."""
        layer = min(max(round(x), 1), max(1, len(self._columns)))
        rows = [
            f"{words(rule.label)} {self._spreads[rule.key][layer - 1].gradient:.3g}"
            for rule in self._rules
            if layer <= len(self._spreads.get(rule.key, ()))
        ]
        return "\n".join([self._columns[layer - 1], *rows]) if rows else ""

    def rows(self) -> Table:
        """A row for every rule and layer."""
        rows = [
            (words(rule.label), name, each.gradient)
            for rule in self._rules
            for name, each in zip(self._columns, self._spreads.get(rule.key, ()), strict=False)
        ]
        return ("rule", "layer", "gradient"), rows
