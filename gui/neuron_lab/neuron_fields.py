"""Editors of a neuron's numbers: a symbol and a box each, with a slider where there is room."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.hyperparameter_editor import tool_tip
from gui.neuron_lab.flow import Flow
from gui.neuron_lab.symbol import Symbol
from gui.number_editor import NumberEditor
from gui.slider_editor import SliderEditor
from gui.theme import GRID, current_theme, font, theme_switch
from model.hyperparameter import hyperparameters
from model.perceptron import Neuron, NeuronNumbers

DECLARED = {each.name: each for each in hyperparameters(NeuronNumbers)}
WIDEST = "w₂"  # symbol: they all take this width, so that boxes stand below each other
BOX = 6  # characters that a box has room for, its arrows included


class Field(QWidget):
    """One number under its symbol, such as w₁."""

    edited = Signal(object)  # a float

    def __init__(
        self, symbol: str, kind: str, owner: str = "", slider: bool = False, parent: QWidget | None = None
    ) -> None:
        """`kind`: a field of NeuronNumbers, which says what the number means and how large it may be. `owner`: the
        neuron whose number it is, where there are several."""
        super().__init__(parent)
        name = self.tr("{symbol} of {neuron}").format(symbol=symbol, neuron=owner) if owner else symbol
        parameter = replace(DECLARED[kind], label=name)
        start = 0.0 if parameter.minimum is not None and parameter.minimum < 0 else float(parameter.default)
        self.symbol = Symbol(symbol, WIDEST)
        self.editor = SliderEditor(parameter, start) if slider else NumberEditor(parameter, start)
        self.box = self.editor.box if isinstance(self.editor, SliderEditor) else self.editor
        for each in (self.editor, self.box):
            each.setAccessibleName(name)
            each.setToolTip(tool_tip(parameter))
        self.symbol.setToolTip(tool_tip(parameter))
        self.editor.edited.connect(self.edited)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID // 2)
        row.addWidget(self.symbol)
        row.addWidget(self.editor, 1 if slider else 0)
        if isinstance(self.editor, SliderEditor):
            self.editor.slider.setMinimumWidth(8 * GRID)
        theme_switch().changed.connect(self._restyle)
        self._restyle()

    def value(self) -> float:
        value = self.editor.value()
        assert value is not None
        return float(value)

    def set_value(self, value: float) -> None:
        """Show `value` without a signal."""
        shown = round(value, 6) + 0.0
        if shown != self.value():
            self.editor.set_value(shown)

    def _restyle(self) -> None:
        small = font(current_theme().small)
        self.box.setFont(small)
        self.box.lineEdit().setFont(small)  # under a style sheet it does not always inherit a second one
        self.box.setFixedWidth(BOX * self.box.fontMetrics().horizontalAdvance("0") + 2 * GRID)


class NeuronFields(QWidget):
    """The weights and the bias of a neuron in one row, or in more where there is little room."""

    edited = Signal(object)  # Neuron

    def __init__(self, symbols: tuple[str, str, str], owner: str = "", parent: QWidget | None = None) -> None:
        """`symbols`: of both weights and the bias. `owner`: the neuron's own, where there are several."""
        super().__init__(parent)
        self._neuron = Neuron((0.0, 0.0), 0.0)
        self.fields = tuple(
            Field(symbol, kind, owner) for symbol, kind in zip(symbols, ("weight", "weight", "bias"), strict=True)
        )
        self._row = Flow(self)
        for field in self.fields:
            field.edited.connect(self._take)
            self._row.addWidget(field)

    def add(self, field: Field) -> None:
        """Another field in the same row."""
        self._row.addWidget(field)

    def show_neuron(self, neuron: Neuron) -> None:
        """Show its numbers without a signal."""
        self._neuron = neuron
        for field, value in zip(self.fields, (*neuron.weights, neuron.bias), strict=True):
            field.set_value(value)

    def _take(self, _: float) -> None:
        w1, w2, bias = (field.value() for field in self.fields)
        self.edited.emit(replace(self._neuron, weights=(w1, w2), bias=bias))
