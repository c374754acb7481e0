"""What can be changed at one column: its neurons, its activation, its initial weights; a layer before it, or none."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, QRect
from PySide6.QtWidgets import QWidget

from gui import network_edits
from gui.network_view.columns import Column, Diagram
from gui.network_view.descriptions import column_title
from gui.network_view.edit_buttons import ChooserButton, SignButton
from gui.network_view.geometry import Geometry
from gui.session import Session
from gui.theme import GRID, current_theme, font
from gui.words import words
from model.experiment import Experiment

translate = QCoreApplication.translate


class ColumnControls:
    """The buttons of one column behind the inputs. An edit that keeps the column keeps them, and the focus."""

    def __init__(
        self, session: Session, stage: int, canvas: QWidget, reveal: Callable[[int], None], choose: Callable[..., Any]
    ) -> None:
        """`reveal(stage)`: the pointer is here. `choose(kind, stage, button)` opens the choice of "activation",
        "weights" or "layers" under a button."""
        self._session, self.stage = session, stage
        entered = partial(reveal, stage)
        self.add = SignButton("+", entered, canvas)
        self.remove = SignButton("x", entered, canvas)
        self.fewer = SignButton("-", entered, canvas)
        self.more = SignButton("+", entered, canvas)
        self.activation = ChooserButton(entered, canvas)
        self.weights = ChooserButton(entered, canvas)
        self.weights.quiet = True
        self.layers = SignButton("...", entered, canvas)
        self.signs = (self.add, self.remove, self.fewer, self.more, self.layers)
        self.all = (*self.signs, self.activation, self.weights)
        self.add.clicked.connect(self._add_layer)
        self.remove.clicked.connect(self._remove_layer)
        self.fewer.clicked.connect(lambda: self._change_units(-1))
        self.more.clicked.connect(lambda: self._change_units(+1))
        self.activation.clicked.connect(lambda: choose("activation", self.stage, self.activation))
        self.weights.clicked.connect(lambda: choose("weights", self.stage, self.weights))
        self.layers.clicked.connect(lambda: choose("layers", self.stage, self.layers))
        for name, button in zip(
            ("add layer", "remove layer", "fewer", "more", "layers", "activation", "weights"), self.all, strict=True
        ):
            button.setObjectName(f"{name} {stage}")
            button.show()

    def show_column(self, diagram: Diagram, geometry: Geometry) -> None:
        """Stand where the column stands and say what it has."""
        column, place = diagram.columns[self.stage + 1], self.stage + 1
        self._stand(geometry, place)
        self._name(diagram, column)
        self._allow(diagram.experiment, column)
        for button, spec in ((self.activation, column.activation), (self.weights, column.weights)):
            button.setVisible(spec is not None)  # a pooling has neither
            button.setText(words(spec.label) if spec is not None else "")
            button.setFont(font(current_theme().small))
            button.update()

    def reveal(self, revealed: bool) -> None:
        """Paint the signs, or leave them out."""
        for button in self.signs:
            button.reveal(revealed)

    def delete(self) -> None:
        """The column is gone."""
        for button in self.all:
            button.hide()
            button.deleteLater()

    def _stand(self, geometry: Geometry, place: int) -> None:
        metrics, x = geometry.metrics, geometry.xs[place]
        size, half = metrics.button, round(min(geometry.pitch - metrics.button - GRID // 2, 1.2 * metrics.chooser)) // 2
        title = GRID // 2
        count = title + metrics.line
        between = (geometry.xs[place - 1] + x) // 2
        self.add.setGeometry(between - size // 2, title, size, size)
        self.remove.setGeometry(x + half - size + 2, title - 1, size, size)
        self.fewer.setGeometry(x - 2 * size - 2, count, size, size)
        self.more.setGeometry(x + size + 2, count, size, size)
        self.layers.setGeometry(x + 2 * size + 4, count, size, size)
        first = count + metrics.line + GRID // 2
        self.activation.setGeometry(QRect(x - half, first, 2 * half, metrics.line + 4))
        self.weights.setGeometry(QRect(x - half, first + metrics.line + 4, 2 * half, metrics.line + 4))

    def _name(self, diagram: Diagram, column: Column) -> None:
        values = {"layer": column_title(diagram, self.stage)}
        named = (
            (self.add, translate("network", "Add a layer before {layer}"), translate("network", "Add a layer here")),
            (self.remove, translate("network", "Remove {layer}"), translate("network", "Remove this layer")),
            (self.fewer, translate("network", "{layer}: one neuron less"), translate("network", "One neuron less")),
            (self.more, translate("network", "{layer}: one neuron more"), translate("network", "One neuron more")),
            (
                self.layers,
                translate("network", "Layers of {layer}"),
                translate(
                    "network",
                    "What this column is made of: the kind of layer, batch normalization, dropout; convolution and "
                    "pooling for images.",
                ),
            ),
            (
                self.activation,
                translate("network", "{layer}: activation {chosen}"),
                translate("network", "Activation function. {meaning}"),
            ),
            (
                self.weights,
                translate("network", "{layer}: initial weights {chosen}"),
                translate("network", "Initial weights. {meaning}"),
            ),
        )
        for button, name, tip in named:
            spec = column.weights if button is self.weights else column.activation
            label, meaning = ("", "") if spec is None else (words(spec.label), words(spec.meaning))
            button.explain(name.format(**values, chosen=label), tip.format(meaning=meaning))

    def _allow(self, experiment: Experiment, column: Column) -> None:
        """Switch off what cannot be, and say why."""
        self.remove.setVisible(column.is_hidden)
        for button, units in ((self.fewer, column.units - 1), (self.more, column.units + 1)):
            button.setVisible(column.may_grow)
            reason = self._reason(experiment, column, units)
            button.setEnabled(not reason)
            if reason:
                button.explain(button.accessibleName(), reason)

    def _reason(self, experiment: Experiment, column: Column, units: int) -> str:
        if not column.may_grow:
            return translate("network", "A pooling has as many channels as the column before it.")
        if units < 1:
            if column.is_hidden:
                return translate("network", "A layer has at least one neuron; the cross removes the whole layer.")
            return translate("network", "A layer has at least one neuron.")
        most = network_edits.most_units(experiment, column.stage)
        if units > most:
            return translate("network", "A layer has at most {most} neurons.").format(most=most)
        if column.is_hidden:
            return ""
        problem = network_edits.obstacle(network_edits.set_units(experiment, column.stage, units))
        return words(problem) if problem is not None else ""

    def _add_layer(self) -> None:
        edited = network_edits.add_layer(self._session.experiment, self.stage)
        self._session.propose(edited, translate("network", "add layer"))

    def _remove_layer(self) -> None:
        if self.stage < self._hidden():  # a second click may come when it is gone
            edited = network_edits.remove_layer(self._session.experiment, self.stage)
            self._session.propose(edited, translate("network", "remove layer {number}").format(number=self.stage + 1))

    def _change_units(self, change: int) -> None:
        experiment = self._session.experiment
        units = network_edits.units(experiment, self.stage) + change
        text = (
            translate("network", "add neuron to {layer}")
            if change > 0
            else translate("network", "remove neuron from {layer}")
        )
        layer = (
            translate("network", "layer {number}").format(number=self.stage + 1)
            if self.stage < self._hidden()
            else translate("network", "the output")
        )
        if 1 <= units <= network_edits.most_units(experiment, self.stage):
            self._session.propose(network_edits.set_units(experiment, self.stage, units), text.format(layer=layer))

    def _hidden(self) -> int:
        return network_edits.hidden_layers(self._session.experiment)
