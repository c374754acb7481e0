"""Evaluation: loss and accuracy of a whole part of the data, without learning from it and without randomness."""

from collections.abc import Callable

import numpy as np

from model.arrays import Floats
from model.losses import LossSpec
from model.network import Network, Wiring
from model.targets import Encoding

MOST_SAMPLES = 10_000  # of a part; beyond that the first ones are taken, always the same


class PartEvaluation:
    """One part of the data (train, validation or test), wired for evaluation."""

    def __init__(
        self,
        network: Network,
        loss: LossSpec,
        inputs: Floats,
        targets: Floats,
        encoding: Encoding,
        wirings: dict[int, Wiring] | None = None,
    ) -> None:
        """`inputs` (n, *shape) and `targets` (n, outputs) as the network and the loss take them.

        `wirings`: those of this network for evaluations, by batch size; what is missing is added.
        """
        self.size = min(len(inputs), MOST_SAMPLES)
        self._loss, self._network, self._encoding = loss, network, encoding
        dtype = network.parameters.dtype
        self._pieces: list[tuple[Wiring, Floats, Floats]] = []
        wirings = {} if wirings is None else wirings
        for start in range(0, self.size, network.rows):
            rows = slice(start, min(start + network.rows, self.size))
            n = rows.stop - rows.start
            if n not in wirings:
                wirings[n] = network.wire(n, learns=False)
            self._pieces.append((wirings[n], inputs[rows], np.asfortranarray(targets[rows], dtype)))

    def measure(self, before_each: Callable[[], object] = bool) -> tuple[float | None, float | None]:
        """Mean loss and, for classes, the share of right answers; None for an empty part.

        `before_each` is called before every piece of it; what it raises ends the evaluation.
        """
        if not self.size:
            return None, None
        with np.errstate(over="ignore", invalid="ignore"):  # a run that diverges may be measured on its way out
            return self._measured(before_each)

    def _measured(self, before_each: Callable[[], object]) -> tuple[float, float | None]:
        loss, right = 0.0, 0
        for wiring, inputs, targets in self._pieces:
            before_each()
            wiring.input.values[...] = inputs
            wiring.forward()
            loss += self._loss.wire(wiring.output, targets).forward() * len(inputs)
            if self._encoding.kind != "values":
                predicted = self._encoding.classes(wiring.output.values)
                right += int((predicted == self._encoding.classes(targets)).sum())
        return loss / self.size, None if self._encoding.kind == "values" else right / self.size
