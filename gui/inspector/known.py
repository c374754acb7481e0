"""What is known of a step when one of its phases is done: the numbers, and where in the diagram they come from."""

from functools import cached_property

from gui.run import Run
from gui.selection import INPUTS, Sources, Unit
from gui.unit_name import unit_name
from gui.words import words
from model.arrays import Vector
from model.column_names import column_name
from model.experiment import Experiment
from model.layers import Affine, LayerSpec
from model.phases import PhasedStep
from model.stages import Stage, stages


class Known:
    """Reads the arrays of a step: a sample's numbers are its row, never computed again alone.

    What is not known yet is None: because its phase has not come, or because there is no step yet.
    """

    def __init__(
        self,
        run: Run,
        experiment: Experiment,
        parameters: Vector,
        step: PhasedStep | None,
        at: int = 0,
        row: int | None = None,
        after: Vector | None = None,
        foretells: bool = False,
    ) -> None:
        """`parameters`: before the step; `after`: after it, where it was done. `row`: of the batch; None: all of it.

        `foretells`: nobody walks through the step; what its update will do may be said before it is done.
        """
        self.run, self.experiment = run, experiment
        self.parameters = step.parameters if step is not None else parameters
        self.step, self.at, self.after, self.foretells = step, at, after, foretells
        self.row = min(row, len(step.batch) - 1) if step is not None and row is not None else row
        self.layers: tuple[LayerSpec, ...] = tuple(run.experiment.network.layers)
        self.stages: tuple[Stage, ...] = stages(self.layers)
        self._values: dict[int, Vector | None] = {}
        self._slopes: dict[int, Vector | None] = {}

    # Numbers

    @property
    def samples(self) -> int:
        """How many the batch has; 0 where there is no step."""
        return len(self.step.batch) if self.step is not None else 0

    def values(self, place: int) -> Vector | None:
        """What goes into layer `place`, (n,): of the sample, or the mean over the batch."""
        if place not in self._values:
            found = self.step is not None and self.step.knows_value(place, self.at)
            self._values[place] = self.step.value(place, self.row) if self.step is not None and found else None
        return self._values[place]

    def slopes(self, place: int) -> Vector | None:
        """Its gradient, (n,): of the sample, or the sum over the batch."""
        if place not in self._slopes:
            found = self.step is not None and self.step.knows_gradient(place, self.at)
            self._slopes[place] = self.step.slope(place, self.row) if self.step is not None and found else None
        return self._slopes[place]

    def value(self, place: int, index: int) -> float | None:
        values = self.values(place)
        return float(values[index]) if values is not None else None

    def slope(self, place: int, index: int) -> float | None:
        slopes = self.slopes(place)
        return float(slopes[index]) if slopes is not None else None

    def row_value(self, row: int, place: int, index: int) -> float | None:
        """The value of one sample of the batch, whichever is shown."""
        step = self.step
        if step is None or not step.knows_value(place, self.at):
            return None
        return float(step.value(place, row)[index])

    def row_slope(self, row: int, place: int, index: int) -> float | None:
        step = self.step
        if step is None or not step.knows_gradient(place, self.at):
            return None
        return float(step.slope(place, row)[index])

    def gradient(self, index: int) -> float | None:
        """The gradient of a parameter, as the batch gives it."""
        layer = self.run.layout.locate(index)[0].layer
        step = self.step
        if step is None or not step.knows_parameter_gradient(layer, self.at):
            return None
        return float(step.gradient[index])

    @property
    def knows_loss(self) -> bool:
        return self.step is not None and any(phase.kind == "loss" for phase in self.step.phases[: self.at + 1])

    @property
    def loss(self) -> float | None:
        return self.step.loss if self.step is not None and self.knows_loss else None

    # Places

    @cached_property
    def outputs(self) -> int:
        """The place of the network's outputs."""
        return len(self.layers)

    def units(self, place: int) -> int:
        """How many numbers a sample has there."""
        size = 1
        for side in self.run.shapes[place]:
            size *= side
        return size

    def parameter(self, layer: int, name: str, *place: int) -> int:
        """Where weights[i, k] or bias[k] of a layer lies in the parameter vector."""
        entry = self.run.layout.entry(layer, name)
        index = 0
        for at, side in zip(place, entry.shape, strict=True):
            index = index * side + at
        return entry.start + index

    def unit(self, place: int, index: int) -> Unit | None:
        """The neuron or input that the number at `place` belongs to."""
        for number, stage in enumerate(self.stages):
            if stage.affine < place <= stage.output + 1:
                return Unit(number, index * stage.units // self.units(place))  # of an image the channel
        later = [number for number, stage in enumerate(self.stages) if place <= stage.affine]
        if later and later[0] == 0:
            return Unit(INPUTS, index)
        before = (later[0] if later else len(self.stages)) - 1
        return Unit(before, index * self.stages[before].units // self.units(place))

    def is_affine(self, stage: int) -> bool:
        """Whether the column begins with an affine layer, whose every neuron has a sum of its own."""
        return isinstance(self.layers[self.stages[stage].affine], Affine)

    def sources(self, place: int, index: int, *parameters: int, loss: bool = False) -> Sources:
        """What the diagram marks for the number at `place`."""
        unit = self.unit(place, index)
        return Sources(frozenset([unit] if unit is not None else []), frozenset(parameters), loss)

    def name(self, unit: Unit) -> str:
        """ "Hidden 2, neuron 5"."""
        return unit_name(unit, len(self.stages), self.run.parts.input_names)

    def column(self, stage: int) -> str:
        """ "Hidden 2"."""
        return words(column_name(stage, len(self.stages)))


def of_parameters(*indices: int) -> Sources:
    """Only weights and biases."""
    return Sources(parameters=frozenset(indices))


def of_units(stage: int, count: int) -> Sources:
    """A whole column."""
    return Sources(units=frozenset(Unit(stage, index) for index in range(count)))
