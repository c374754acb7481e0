"""Data as one network takes it: the training samples as columns for the step, and every part wired to be measured.

A step works on columns (see `signal`), so a batch is quickest gathered from samples that lie as columns already. Of
large data that would be a second copy that fills much of the memory: its batches are gathered as rows, and turned.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Literal

import numpy as np

from model.arrays import Floats, Indices
from model.data import Part, Parts
from model.evaluation import PartEvaluation
from model.experiment import Experiment
from model.fitting import last_activation
from model.network import Network, Wiring
from model.record import Evaluation
from model.targets import Encoding, encoding

LARGE = 2**22  # numbers in the training samples: beyond it they are not copied


class TurnedRows:
    """Samples as rows, (samples, inputs), taken from as if they were columns: the same numbers in the same places."""

    def __init__(self, rows: Floats) -> None:
        self._rows = rows

    def take(self, indices: Indices, axis: Literal[1], out: Floats, mode: Literal["clip"]) -> None:
        """Write the samples `indices` to the columns of `out`, (inputs, len(indices)), as NumPy's `take` does."""
        np.copyto(out, self._rows.take(indices, 0, mode=mode).T, casting="same_kind")


class PreparedData:
    """The parts of the data, in the precision of a network and with the targets that its loss wants."""

    def __init__(self, parts: Parts, network: Network, experiment: Experiment) -> None:
        coded = encoding_of(experiment, network)
        self._parts, self._network, self._loss = parts, network, experiment.loss
        train, dtype = parts.train, network.parameters.dtype
        self.encoding = coded
        self.samples = len(train.inputs)  # to train on
        rows = train.inputs.reshape(self.samples, -1)
        is_large = rows.size > LARGE
        self.inputs = TurnedRows(rows) if is_large else np.ascontiguousarray(rows.T, dtype)  # (inputs, samples)
        self.targets = np.ascontiguousarray(coded.encode(train.targets).T, dtype)  # (outputs, samples)

    @cached_property
    def _wired(self) -> tuple[PartEvaluation, PartEvaluation, PartEvaluation]:
        """Made when they are first measured: on a way back and forth nothing is. They share their wirings."""
        wirings: dict[int, Wiring] = {}

        def wired(part: Part) -> PartEvaluation:
            targets = self.encoding.encode(part.targets)
            return PartEvaluation(self._network, self._loss, part.inputs, targets, self.encoding, wirings)

        return wired(self._parts.train), wired(self._parts.validation), wired(self._parts.test)

    def measure(self, step: int, before_each: Callable[[], object] = bool) -> Evaluation:
        """Mean loss and accuracy of every part with the parameters as they are, after `step` steps.

        `before_each` is called before every piece of it; what it raises ends the evaluation.
        """
        (train, train_right), (validation, validation_right), (test, test_right) = (
            part.measure(before_each) for part in self._wired
        )
        assert train is not None, "there is always a sample to train on"
        return Evaluation(step, train, validation, test, train_right, validation_right, test_right)


def encoding_of(experiment: Experiment, network: Network) -> Encoding:
    """How the targets are written for the loss and the last layer of an experiment."""
    regression = experiment.data.dataset.task == "regression"
    last, outputs = last_activation(experiment.network.layers), network.shapes[-1][0]
    found = encoding(experiment.loss, last, outputs, regression=regression)
    assert found is not None, "an Experiment is checked when it is made"
    return found
