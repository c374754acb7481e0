"""The perceptron learning rule: learn from mistakes alone.

Show the neuron one sample x after the other, round and round. Its answer y is 0 or 1, the target t as well:

    w <- w + lr (t - y) x
    b <- b + lr (t - y)

Where the answer is right, t - y = 0 and nothing changes. Where it should have been 1, the sum was too small, and x is
added to the weights: the sum of this very sample grows by lr (x . x + 1). Where it should have been 0, x is taken away.
The bias learns like the weight of an input that is always 1.

If a line parts the two classes, the rule finds one after finitely many mistakes (see novikoff). If there is none it
never ends: the weights stay bounded and can take only finitely many values here, so that one day the same weights meet
the same sample again, and from there on everything repeats (H. D. Block, S. A. Levin, "On the boundedness of an
iterative procedure for solving a system of linear inequalities", 1970).

Source. F. Rosenblatt, "The perceptron", Psychological Review 65 (1958); "Principles of Neurodynamics" (1962).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from model.perceptron.neuron import Neuron, Point

Moved = tuple[float, float, float]  # sum of (t - y) (x1, x2, 1) over all samples shown so far

MOST_STEPS = 5000  # of one run to the end


@dataclass(frozen=True)
class Sample:
    """A point of the plane and the answer wanted there, 0 or 1."""

    x: Point
    target: int


@dataclass(frozen=True)
class Step:
    """One sample shown: what the neuron said, and what it learnt."""

    index: int  # of the sample
    sample: Sample
    sum: float
    output: int
    before: Neuron
    after: Neuron

    @property
    def error(self) -> int:
        """t - y: 0 where the answer was right, else 1 or -1."""
        return self.sample.target - self.output


class PerceptronRule:
    """The rule at work on samples, with every step kept, so that it can go back."""

    def __init__(self, samples: Sequence[Sample], learning_rate: float, start: Neuron | None = None) -> None:
        """`start`: the neuron before the first step, all zeros where nothing is given."""
        self.samples = tuple(samples)
        self.learning_rate = learning_rate
        self.start = start if start is not None else Neuron((0.0, 0.0), 0.0)
        self.steps: list[Step] = []
        # What was learnt is kept as a sum of samples, exact where their coordinates are: weights put together from it
        # do not drift, and two equal states are found equal.
        self._moved: list[Moved] = [(0.0, 0.0, 0.0)]
        self._first = {self._state(): 0}  # the number of steps after which each state was met first

    @property
    def neuron(self) -> Neuron:
        """As it is now."""
        return self.steps[-1].after if self.steps else self.start

    @property
    def mistakes(self) -> int:
        return sum(step.error != 0 for step in self.steps)

    @property
    def passes(self) -> int:
        """How many times all samples have been shown."""
        return len(self.steps) // len(self.samples)

    @property
    def next_index(self) -> int:
        """Of the sample that the next step shows."""
        return len(self.steps) % len(self.samples)

    def separates(self) -> bool:
        """Whether the last answers, one to each sample, were all right: nothing will change any more."""
        last = self.steps[-len(self.samples) :]
        return len(last) == len(self.samples) and not any(step.error for step in last)

    def repeats(self) -> int | None:
        """The earlier number of steps at which the same sample was due with the same weights; None: there was none.

        None too while all is right, for then everything repeats and nothing is wrong.
        """
        if self.separates():
            return None
        first = self._first[self._state()]
        return first if first < len(self.steps) else None

    def step(self) -> Step:
        """Show the next sample and learn from it."""
        sample = self.samples[self.next_index]
        before = self.neuron
        u = before.sum(sample.x)
        output = int(u > 0)
        error = sample.target - output
        d1, d2, d0 = self._moved[-1]
        x1, x2 = sample.x
        moved = (d1 + error * x1, d2 + error * x2, d0 + error)
        step = Step(self.next_index, sample, u, output, before, self._neuron(moved))
        self.steps.append(step)
        self._moved.append(moved)
        self._first.setdefault(self._state(), len(self.steps))
        return step

    def back(self) -> None:
        """Take the last step back; nothing at the start."""
        if self.steps:
            if self._first[self._state()] == len(self.steps):
                del self._first[self._state()]
            self.steps.pop()
            self._moved.pop()

    def run(self) -> None:
        """Step until all samples are right, or the weights go round in circles; at most MOST_STEPS."""
        for _ in range(MOST_STEPS):
            if self.separates() or self.repeats() is not None:
                return
            self.step()

    def _state(self) -> tuple[int, Moved]:
        """Which sample is due, and what was learnt: all that follows depends on it alone."""
        return self.next_index, self._moved[-1]

    def _neuron(self, moved: Moved) -> Neuron:
        rate, (w1, w2) = self.learning_rate, self.start.weights
        return Neuron((w1 + rate * moved[0], w2 + rate * moved[1]), self.start.bias + rate * moved[2])


def right_answers(neuron: Neuron, samples: Sequence[Sample]) -> int:
    """How many of `samples` the neuron, with the step function, answers right."""
    outputs = neuron.sums(np.array([sample.x for sample in samples], float)) > 0
    return sum(int(said) == sample.target for said, sample in zip(outputs.tolist(), samples, strict=True))
