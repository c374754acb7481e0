"""What a neuron is called, wherever it is spoken of."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from gui.selection import INPUTS, Unit
from gui.words import words
from model.column_names import column_name

translate = QCoreApplication.translate


def unit_name(unit: Unit, columns: int, inputs: Sequence[str]) -> str:
    """ "Hidden 2, neuron 5" in a network of so many `columns`; of an input "Input x1", by its name among `inputs`."""
    if unit.stage == INPUTS:
        return translate("unit", "Input {name}").format(name=words(inputs[unit.index]))
    column = words(column_name(unit.stage, columns))
    return translate("unit", "{column}, neuron {number}").format(column=column, number=unit.index + 1)
