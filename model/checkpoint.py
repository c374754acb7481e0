"""Checkpoints: what must be kept of a moment to go on from there.

The parameters, the network's state (what it learns without a gradient), what the optimizer remembers of the gradients
so far, and where the order of the batches stands. No generator's state: every random number follows from its seed and
the step (see `random_streams`). To come to any step, take the last checkpoint before it and do the steps between once
more; the bits are the same.

How many to keep. One after every step would fill any memory, one at the start would make the way to the last step as
long as the run. What was done just now is asked for most, so checkpoints lie close together there and ever further
apart towards the past: the gap between two grows in proportion to their age,

    gap <= max(CLOSE, age / DENSITY).

A run of n steps then keeps about DENSITY ln(n) of them, and the way to any step is at most its age / DENSITY. Where
they outgrow the memory that they may take, DENSITY is halved until they fit.
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from model.arrays import Vector
from model.experiment import Experiment

CLOSE = 64  # steps
DENSITY = 128.0
BUDGET = 256 * 2**20  # bytes, of all branches together
THIN_EVERY = 64  # checkpoints that come in before the old ones are looked through


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """A run after `step` steps, before any intervention at this boundary."""

    step: int
    experiment: Experiment  # in force here
    parameters: Vector
    state: Vector  # the optimizer's
    count: int  # updates that the optimizer has done
    epoch_begun: int = 0  # the step at which the order of the batches was last begun anew
    epoch_first: int = 0  # the number of the epoch that began there
    network_state: Vector = field(default_factory=lambda: np.zeros(0))

    @property
    def bytes(self) -> int:
        return self.parameters.nbytes + self.state.nbytes + self.network_state.nbytes


class Checkpoints:
    """The checkpoints of one branch, by rising step."""

    def __init__(self, budget: int = BUDGET) -> None:
        """`budget`: bytes that all of them may take; the first and the last stay even where these are more."""
        self.budget = budget
        self.kept: list[Checkpoint] = []
        self._density = DENSITY
        self._new = 0

    def __len__(self) -> int:
        return len(self.kept)

    @property
    def bytes(self) -> int:
        return sum(each.bytes for each in self.kept)

    def add(self, checkpoint: Checkpoint) -> None:
        """Keep a further one, later than all before; an earlier or equal step is there already and left alone."""
        if self.kept and checkpoint.step <= self.kept[-1].step:
            return
        self.kept.append(checkpoint)
        self._new += 1
        if self._new >= THIN_EVERY or checkpoint.bytes * len(self.kept) > self.budget:
            self._thin()

    def before(self, step: int) -> Checkpoint:
        """The last one at `step` or before. Raises LookupError where there is none."""
        place = self._place(step)
        if not place:
            raise LookupError(f"no checkpoint at step {step} or before")
        return self.kept[place - 1]

    def next_step(self, step: int) -> int | None:
        """The step of the first one after `step`; None where there is none."""
        place = self._place(step)
        return self.kept[place].step if place < len(self.kept) else None

    def at(self, step: int) -> Checkpoint | None:
        """The one at this very step."""
        place = self._place(step)
        return self.kept[place - 1] if place and self.kept[place - 1].step == step else None

    def cut(self, step: int) -> None:
        """Forget those after `step`."""
        self.kept = [each for each in self.kept if each.step <= step]

    def up_to(self, step: int) -> "Checkpoints":
        """The same up to `step`, for a branch that parts there; what is kept is shared, not copied."""
        made = Checkpoints(self.budget)
        made.kept = [each for each in self.kept if each.step <= step]
        made._density = self._density
        return made

    def share(self, budget: int) -> None:
        """Make do with so much memory from now on. Where it is more, what comes in lies closer again."""
        self.budget, self._density = budget, DENSITY
        self._thin()

    def forget_all_but_first(self) -> None:
        """Whoever needs the others does the steps from the first one on again."""
        del self.kept[1:]

    def _place(self, step: int) -> int:
        """How many there are at `step` and before."""
        return bisect_right(self.kept, step, key=lambda each: each.step)

    def _thin(self) -> None:
        self._new = 0
        self.kept = thinned(self.kept, self._density)
        while self.bytes > self.budget and len(self.kept) > 2:
            self._density /= 2
            self.kept = thinned(self.kept, self._density)


def share_out(shown: Checkpoints, hidden: list[Checkpoints], budget: int = BUDGET) -> None:
    """One budget for all branches: at most half of it for those that are `hidden`, what they leave for the one `shown`.

    Who needs less than an equal share leaves the rest to the others. Where not even two checkpoints of each have room,
    the oldest (the first of `hidden`) keep only their start: they can always be done again from there.
    """
    left = budget // 2
    for place, each in enumerate(sorted(hidden, key=lambda each: each.bytes)):
        each.share(left // (len(hidden) - place))
        left -= min(left, each.bytes)
    taken = held(hidden)
    for each in hidden:
        if taken <= budget // 2:
            break
        each.forget_all_but_first()
        taken = held(hidden)
    shown.share(max(budget // 2, budget - taken))


def held(branches: list[Checkpoints]) -> int:
    """Bytes that they really take: what branches have in common is there once."""
    return sum({id(each): each.bytes for one in branches for each in one.kept}.values())


def thinned(kept: list[Checkpoint], density: float) -> list[Checkpoint]:
    """As few of `kept` as leave no gap wider than allowed, the first and the last among them.

    A gap that is wider already stays: what was dropped earlier does not come back.
    """
    if len(kept) < 3:
        return kept
    newest = kept[-1].step
    # Below a density of 1 the gap would be wider than the run is long: only the ends stay.
    close = CLOSE * max(1.0, DENSITY / density)
    found = [kept[0]]
    for each, following in pairwise(kept[1:]):
        age = newest - each.step
        if following.step - found[-1].step > max(close, age / density):
            found.append(each)
    return [*found, kept[-1]]
