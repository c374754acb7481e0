"""What a number of the parameter vector is called: in words, as in the diagram, and as in files."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from gui.selection import INPUTS, Unit
from gui.unit_name import unit_name
from gui.words import words
from model.column_names import column_name
from model.experiment import Experiment
from model.parameters import Entry
from model.stages import stages

translate = QCoreApplication.translate


class ParameterNames:
    """The names in one network."""

    def __init__(self, experiment: Experiment) -> None:
        self._layers = experiment.network.layers
        self._inputs = experiment.data.input_names
        found = stages(self._layers)
        self._columns = len(found)
        self._column_of = {stage.affine: column for column, stage in enumerate(found)}

    def layer(self, layer: int) -> str:
        """ "Hidden 2"; a layer that is no column of the diagram goes by its kind: "Batch normalization"."""
        if layer in self._column_of:
            return words(column_name(self._column_of[layer], self._columns))
        return words(self._layers[layer].label)

    def array(self, entry: Entry) -> str:
        """ "weights of Hidden 2"."""
        known = {"weights": translate("parameter", "weights"), "bias": translate("parameter", "biases")}
        name = known.get(entry.name, entry.name)
        return translate("parameter", "{array} of {layer}").format(array=name, layer=self.layer(entry.layer))

    def parameter(self, entry: Entry, place: Sequence[int]) -> str:
        """ "weight x1→2 of Hidden 1", "bias of Hidden 1, neuron 2"."""
        column = self._column_of.get(entry.layer)
        if column is not None and entry.name == "bias" and len(place) == 1:
            neuron = unit_name(Unit(column, place[0]), self._columns, self._inputs)
            return translate("parameter", "bias of {neuron}").format(neuron=neuron)
        if column is not None and entry.name == "weights" and len(place) == 2:
            ends = f"{self._source(column, place[0])}→{place[1] + 1}"
            return translate("parameter", "weight {ends} of {layer}").format(ends=ends, layer=self.layer(entry.layer))
        number = ", ".join(str(each + 1) for each in place)
        return translate("parameter", "{array}, number {number}").format(array=self.array(entry), number=number)

    def _source(self, column: int, index: int) -> str:
        if column - 1 == INPUTS and index < len(self._inputs):
            return words(self._inputs[index])
        return str(index + 1)


def name_in_files(entry: Entry, place: Sequence[int]) -> str:
    """`layers[0].weights[1, 2]`."""
    return f"{entry.full_name}[{', '.join(map(str, place))}]"
