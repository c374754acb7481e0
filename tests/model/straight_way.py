"""What the tests of timelines share: runs that are small, and a trainer that does a recipe from step 0 on."""

from typing import ClassVar

import numpy as np
from msgspec.structs import replace

from model.data import Data
from model.datasets import Gaussians, Plane
from model.experiment import BatchesSpec, Experiment, NetworkSpec
from model.initializers import He
from model.interventions import ChangeBatchSize, ChangeData, ChangeUpdate, SetParameter
from model.layers import Affine, BatchNorm, Dropout, Layer, Maxout, ReLU, Tanh
from model.layers.activation import Activation
from model.optimizers import Momentum
from model.trainer import Trainer


class NoisyLayer(Layer):
    """Adds noise in training and nothing in an evaluation."""

    __slots__ = ("noise",)

    draws = True

    def __init__(self, x, y):
        super().__init__(x, y)
        self.noise = 0.0

    def draw(self, random):
        self.noise = random.normal(0, 0.1, self.x.values.shape)

    def forward(self):
        np.add(self.x.values, self.noise, out=self.y.values)

    def backward(self):
        if self.x.learns:
            np.copyto(self.x.gradient, self.y.gradient)


class Noisy(Activation, tag="noisy", frozen=True):
    layer: ClassVar[type[Layer]] = NoisyLayer


DATA = Data(dataset=Gaussians(samples=29), test=0.2, validation=0.1)  # 21 to train on: batches of 8, 8, 5
SMALL = Experiment(
    data=DATA,
    network=NetworkSpec(layers=(Affine(units=3), Noisy(), Tanh(), Affine(units=1))),
    batches=BatchesSpec(size=8),
)
PLAIN = replace(SMALL, network=NetworkSpec(layers=(Affine(units=3), Tanh(), Affine(units=1))))
# With running statistics and dice.
NORMED = replace(
    SMALL,
    network=NetworkSpec(
        layers=(Affine(units=3), BatchNorm(), Tanh(), Dropout(rate=0.3), Maxout(units=2), BatchNorm(), Affine(units=1))
    ),
)
DIVERGING = replace(
    PLAIN,
    data=Data(dataset=Plane(samples=29)),
    network=NetworkSpec(layers=(Affine(units=4, weights=He()), ReLU(), Affine(units=1, weights=He()))),
    optimizer=Momentum(learning_rate=100.0),
)


class Straight:
    """A trainer that does a recipe from step 0; at a step, the interventions there are made."""

    def __init__(self, experiment, interventions):
        self.trainer = Trainer(experiment)
        self.ahead = list(interventions)

    def to(self, steps):
        while self.ahead and self.ahead[0].step <= steps:
            self._advance_to(self.ahead[0].step)
            self._apply(self.ahead.pop(0))
        self._advance_to(steps)
        return self.trainer

    def _advance_to(self, step):
        while self.trainer.steps < step:
            before = self.trainer.steps
            self.trainer.advance(step - before)
            assert self.trainer.steps > before

    def _apply(self, change):
        trainer = self.trainer
        match change:
            case ChangeUpdate():
                trainer.change_update(**{change.field: change.value})
            case SetParameter():
                entry = trainer.network.layout.entry(change.layer, change.name)
                numbers = np.arange(entry.start, entry.stop).reshape(entry.shape)
                trainer.set_parameter(int(numbers[change.at]), change.value)
            case ChangeBatchSize():
                trainer.resize_batches(change.size)
            case ChangeData():
                trainer.take_data(change.data)


def straight(branch):
    return Straight(branch.experiment, branch.interventions)


def now(trainer):
    """All that a step depends on and all that it leaves, to the last bit."""
    seen = trainer.snapshot()
    vectors = seen.numbers, seen.gradient, seen.update, seen.batch, trainer.rule.state
    batches = trainer.batches.size, trainer.batches.begun, trainer.batches.first
    numbers = seen.step, seen.epoch, seen.batch_loss, trainer.rule.count, batches, trainer.experiment
    return [vector.tobytes() for vector in vectors], numbers


def written(record, steps=None):
    """Losses, squared norms and evaluations, up to `steps`."""
    evaluations = [each for each in record.evaluations if steps is None or each.step <= steps]
    return record.losses(0, steps).tobytes(), record.squares()[:steps].tobytes(), evaluations


def check(timeline):
    """The timeline stands where its recipe leads, and its record is that of the recipe."""
    branch, there = timeline.branch, straight(timeline.branch)
    assert now(timeline.trainer) == now(there.to(timeline.steps))
    assert timeline.trainer.record is branch.record
    assert written(branch.record) == written(there.to(branch.steps).record)
    assert all(each.step <= branch.steps for each in branch.interventions)
    assert all(each.step <= branch.steps for each in branch.checkpoints.kept)


def check_others(timeline):
    for branch in timeline.branches:
        if branch is not timeline.branch:
            assert written(branch.record) == written(straight(branch).to(branch.steps).record)
