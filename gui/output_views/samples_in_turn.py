"""What the network says about a part of the data: of a large part a piece anew at each picture, while it learns."""

import numpy as np

from model.arrays import Floats, Vector
from model.data import Part
from model.pictures import Pictures

MOST = 10_000  # samples, the first of the part


class SamplesInTurn:
    """The outputs for all samples; used in the picture thread.

    A picture of a thousand images costs forty milliseconds, too much for fifteen a second. While the network learns
    the pieces take turns, so that no output is older than a few pictures; at rest all are of the same moment.
    """

    def __init__(self, pictures: Pictures, part: Part) -> None:
        self.part = part
        self._pictures, self._inputs = pictures, part.inputs[:MOST]
        self._outputs: Floats | None = None
        self._next = 0  # the first sample of the piece whose turn it is

    def outputs(self, numbers: Vector, *, whole: bool) -> Floats:
        """(n, outputs) of the first n samples of the part; `whole`: all of the network with these `numbers`."""
        inputs, piece = self._inputs, self._pictures.samples
        if whole or self._outputs is None or len(inputs) <= piece:
            self._outputs, self._next = self._pictures.outputs(numbers, inputs), 0
        else:
            rows = slice(self._next, min(len(inputs), self._next + piece))
            self._outputs[rows] = self._pictures.outputs(numbers, inputs[rows])
            self._next = rows.stop % len(inputs)
        return np.array(self._outputs)  # the next picture writes into this one's
