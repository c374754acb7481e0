"""Data as one network takes it: the training samples as columns for the step, and every part wired to be measured."""

from collections.abc import Callable
from functools import cached_property

import numpy as np

from model.data import Part, Parts
from model.evaluation import PartEvaluation
from model.experiment import Experiment
from model.fitting import last_activation
from model.network import Network, Wiring
from model.record import Evaluation
from model.targets import Encoding, encoding


class PreparedData:
    """The parts of the data, in the precision of a network and with the targets that its loss wants."""

    def __init__(self, parts: Parts, network: Network, experiment: Experiment) -> None:
        coded = encoding_of(experiment, network)
        self._parts, self._network, self._loss = parts, network, experiment.loss
        train, dtype = parts.train, network.parameters.dtype
        self.encoding = coded
        self.samples = len(train.inputs)  # to train on
        self.inputs = np.ascontiguousarray(train.inputs.reshape(self.samples, -1).T, dtype)  # (inputs, samples)
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
