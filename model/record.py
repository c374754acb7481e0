"""The record of a run: what happened at every step. It only grows, and nothing in it is thinned out.

Numbers are written into blocks of fixed size. A finished block never moves, so whoever draws the curves may read up to
`steps` while training goes on writing behind it.
"""

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np

from model.arrays import Floats, Vector
from model.parameters import Layout

BLOCK = 4096  # steps


@dataclass(frozen=True)
class Evaluation:
    """Mean losses (and, for classes, accuracies) of whole parts after `step` steps; None for an empty part."""

    step: int
    train_loss: float
    validation_loss: float | None
    test_loss: float | None
    train_accuracy: float | None = None
    validation_accuracy: float | None = None
    test_accuracy: float | None = None


class Record:
    """The mini-batch loss and the layers' gradient norms of every step, and the evaluations."""

    def __init__(self, layout: Layout, gradient: Vector) -> None:
        """`gradient` is the vector that every step leaves its gradient in."""
        self.layers = layout.learning_layers
        self.steps = 0  # written last: everything before it can be read
        self.evaluations: list[Evaluation] = []
        self._gradient = gradient
        self._squares = np.empty_like(gradient)
        self._starts = np.array([layout.blocks[i].start for i in self.layers])
        self._losses: list[Vector] = []
        self._norms: list[Floats] = []

    def add(self, loss: float) -> None:
        """Write down the step just done: its loss, and the squared norm of each layer's gradient.

        ||g||^2 of a layer is the sum of the squares of its piece of the gradient vector: `add.reduceat` adds up the
        pieces between the layers' starts in one go.
        """
        place = self.steps % BLOCK
        if place == 0:
            self._losses.append(np.empty(BLOCK))
            self._norms.append(np.empty((BLOCK, len(self.layers)), self._gradient.dtype))
        self._losses[-1][place] = loss
        np.multiply(self._gradient, self._gradient, out=self._squares)
        np.add.reduceat(self._squares, self._starts, out=self._norms[-1][place])
        self.steps += 1

    def losses(self, start: int = 0, stop: int | None = None) -> Vector:
        """The mini-batch losses of steps start + 1, start + 2, ... up to `stop`, else to the last: (stop - start,)."""
        return _joined(self._losses, start, self._end(stop))

    def gradient_norms(self, start: int = 0, stop: int | None = None) -> Floats:
        """The norm of each learning layer's gradient at the same steps, (stop - start, layers)."""
        return np.sqrt(_joined(self._norms, start, self._end(stop))).reshape(-1, len(self.layers))

    @property
    def bytes(self) -> int:
        """What the curves take in memory."""
        return sum(block.nbytes for block in (*self._losses, *self._norms))

    def branched(self, steps: int) -> "Record":
        """A record of the same first steps, for a run that goes another way from there. Full blocks are shared."""
        made = Record.__new__(Record)
        made.layers, made.steps = self.layers, min(steps, self.steps)
        made.evaluations = [e for e in self.evaluations if e.step <= steps]
        made._gradient, made._squares, made._starts = self._gradient, self._squares, self._starts
        kept, full = -(-made.steps // BLOCK), made.steps // BLOCK
        made._losses = self._losses[:full] + [block.copy() for block in self._losses[full:kept]]
        made._norms = self._norms[:full] + [block.copy() for block in self._norms[full:kept]]
        return made

    def bind(self, gradient: Vector) -> None:
        """From now on the steps of another network of the same layout are written down."""
        self._gradient = gradient

    def fill(self, losses: Vector, squares: Floats, evaluations: list[Evaluation]) -> None:
        """Take over what was written down before: losses (n,), squared norms (n, layers)."""
        for start in range(0, len(losses), BLOCK):
            part = losses[start : start + BLOCK]
            self._losses.append(np.empty(BLOCK))
            self._norms.append(np.empty((BLOCK, len(self.layers)), self._gradient.dtype))
            self._losses[-1][: len(part)] = part
            self._norms[-1][: len(part)] = squares[start : start + BLOCK]
        self.evaluations = list(evaluations)
        self.steps = len(losses)

    def squares(self) -> Floats:
        """The squared norm of each learning layer's gradient at every step, (steps, layers)."""
        return _joined(self._norms, 0, self.steps).reshape(-1, len(self.layers))

    def evaluation_at(self, step: int) -> int | None:
        """The place of the evaluation at `step` in `evaluations`; None where none was made."""
        place = bisect_left(self.evaluations, step, key=lambda each: each.step)
        found = place < len(self.evaluations) and self.evaluations[place].step == step
        return place if found else None

    def cut(self, steps: int) -> None:
        """Forget what came after `steps`."""
        self.steps = min(steps, self.steps)
        kept = -(-self.steps // BLOCK)
        del self._losses[kept:], self._norms[kept:]
        if kept:  # it may be shared with a branch, and is going to be written to
            self._losses[-1], self._norms[-1] = self._losses[-1].copy(), self._norms[-1].copy()
        self.evaluations = [e for e in self.evaluations if e.step <= steps]

    def _end(self, stop: int | None) -> int:
        return self.steps if stop is None else min(stop, self.steps)


def _joined(blocks: list[Floats], start: int, stop: int) -> Floats:
    first, last = start // BLOCK, -(-stop // BLOCK)
    if first >= last:
        return np.empty((0, *blocks[0].shape[1:])) if blocks else np.empty((0,))
    return np.concatenate(blocks[first:last])[start - first * BLOCK : stop - first * BLOCK]
