"""A race of optimizers: from one point of a surface, each goes its own way, in step.

The runners move by the very rules that train a network; only the vector is short, W = (x, y), and the gradient comes
from a formula and not from a batch.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from model.landscape.bowl import Bowl
from model.landscape.surface import Surface
from model.optimizers import SGD, AdaGrad, Adam, Momentum, Optimizer, RMSProp

BOWL = Bowl()
DEFAULT_START = (-7.0, 2.0)
DEFAULT_STEPS = 30

# Learning rates at which each optimizer shows its character on the bowl within 30 steps.
DEFAULT_RACE: tuple[Optimizer, ...] = (
    SGD(learning_rate=0.95),
    Momentum(learning_rate=0.1, momentum=0.9),
    AdaGrad(learning_rate=1.5),
    RMSProp(learning_rate=0.3, decay=0.9),
    Adam(learning_rate=0.3, beta1=0.9, beta2=0.999),
)


class Runner:
    """One optimizer on a surface, and the path that it left.

    A step to a point whose coordinates or height are not finite is not taken: the runner stays at its last finite point
    and has `diverged`.
    """

    def __init__(
        self, optimizer: Optimizer, surface: Surface = BOWL, start: tuple[float, float] = DEFAULT_START
    ) -> None:
        """Raises ValueError where the start or the surface's height there is not finite."""
        self.optimizer = optimizer
        self.surface = surface
        self.diverged = False
        self._point = np.array(start, dtype=np.float64)  # W = (x, y)
        self._gradient = np.zeros(2)
        self._rule = optimizer.rule(self._point, self._gradient)
        height = self._height()
        if not np.isfinite(self._point).all() or not np.isfinite(height):
            raise ValueError(f"a race must start at a point of finite height, not at {start}")
        self._path = [(float(self._point[0]), float(self._point[1]))]
        self._losses = [height]

    @property
    def path(self) -> NDArray[np.float64]:
        """The points so far, the start first: shape (steps taken + 1, 2)."""
        return np.array(self._path)

    @property
    def losses(self) -> NDArray[np.float64]:
        """The height at each point of the path: shape (steps taken + 1,)."""
        return np.array(self._losses)

    def step(self) -> None:
        """One update; nothing once the runner has diverged."""
        if self.diverged:
            return
        with np.errstate(over="ignore", invalid="ignore"):  # a value too large is an answer here, told by `diverged`
            self._gradient[:] = self.surface.gradient(self._point[0], self._point[1])
            self._rule.update()
            height = self._height()
        if np.isfinite(self._point).all() and np.isfinite(height):
            self._path.append((float(self._point[0]), float(self._point[1])))
            self._losses.append(height)
        else:
            self._point[:] = self._path[-1]
            self.diverged = True

    def _height(self) -> float:
        with np.errstate(over="ignore", invalid="ignore"):
            return float(self.surface.value(self._point[0], self._point[1]))


class Race:
    """Optimizers on one surface from one start, moved together."""

    def __init__(
        self,
        optimizers: Sequence[Optimizer] = DEFAULT_RACE,
        surface: Surface = BOWL,
        start: tuple[float, float] = DEFAULT_START,
    ) -> None:
        """Raises ValueError where the start or the surface's height there is not finite."""
        self.optimizers = tuple(optimizers)
        self.surface = surface
        self.reset(start)

    def reset(self, start: tuple[float, float] | None = None) -> None:
        """Back to the start, or to a new one; what the rules remember is forgotten. Raises ValueError as above."""
        start = self.start if start is None else start
        self.runners = tuple(Runner(optimizer, self.surface, start) for optimizer in self.optimizers)
        self.start = start
        self.steps = 0  # of the race; a runner that diverged has taken fewer

    def step(self) -> None:
        """Every runner that has not diverged takes one step."""
        for runner in self.runners:
            runner.step()
        self.steps += 1

    @property
    def paths(self) -> list[NDArray[np.float64]]:
        """For each optimizer the points of its path: shape (steps taken + 1, 2)."""
        return [runner.path for runner in self.runners]

    @property
    def losses(self) -> list[NDArray[np.float64]]:
        """For each optimizer the heights along its path: shape (steps taken + 1,)."""
        return [runner.losses for runner in self.runners]
