"""Any step of any branch again, to the last bit: compared with a trainer that follows the recipe from step 0."""

from typing import ClassVar

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from model.data import Data
from model.datasets import Gaussians, Plane
from model.experiment import BatchesSpec, Experiment, NetworkSpec, Weights
from model.initializers import He
from model.interventions import ChangeBatchSize, ChangeData, ChangeOptimizer, SetParameter
from model.layers import Affine, Layer, ReLU, Tanh
from model.layers.activation import Activation
from model.optimizers import OPTIMIZERS, Adam, Momentum
from model.timeline import Timeline
from model.trainer import Trainer

every_optimizer = pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=lambda kind: kind.__name__)


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
            case ChangeOptimizer():
                trainer.retune(change.optimizer)
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
    vectors = seen.parameters, seen.gradient, seen.update, seen.batch, trainer.rule.state
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


# Random walks


changes = st.one_of(
    st.sampled_from(OPTIMIZERS).map(lambda kind: ChangeOptimizer(step=0, optimizer=kind())),
    st.sampled_from([0.003, 0.2]).map(lambda rate: ChangeOptimizer(step=0, optimizer=Adam(learning_rate=rate))),
    st.tuples(st.integers(0, 1), st.integers(0, 2), st.sampled_from([-1.5, 0.25])).map(
        lambda it: SetParameter(step=0, layer=0, name="weights", at=it[:2], value=it[2])
    ),
    st.integers(1, 30).map(lambda size: ChangeBatchSize(step=0, size=size)),
    st.sampled_from([0.3, 0.7]).map(
        lambda noise: ChangeData(step=0, data=replace(DATA, dataset=Gaussians(samples=25, noise=noise)))
    ),
)
deeds = st.one_of(
    st.tuples(st.just("advance"), st.integers(0, 40)),
    st.tuples(st.just("advance"), st.integers(60, 140)),
    st.tuples(st.just("go_to"), st.integers(0, 200)),
    st.tuples(st.just("intervene"), changes),
    st.tuples(st.just("withdraw"), st.none()),
    st.tuples(st.just("repeat"), st.none()),
    st.tuples(st.just("switch"), st.integers(0, 5)),
    st.tuples(st.just("part"), st.tuples(st.integers(0, 5), st.integers(0, 150))),
    st.tuples(st.just("begin"), st.integers(1, 2)),
    st.tuples(st.just("remove"), st.integers(0, 5)),
    st.tuples(st.just("interrupted"), st.integers(0, 100)),
)


def act(timeline, what, value, done, undone):
    number = timeline.branches[value % len(timeline.branches)].number if isinstance(value, int) else 0
    match what:
        case "advance":
            timeline.advance(value)
        case "go_to":
            assert timeline.go_to(value)
            assert timeline.steps == min(value, timeline.branch.steps)
        case "intervene":
            done.append(timeline.intervene(value))
            undone.clear()
        case "withdraw" if done:
            undone.append(done.pop())
            timeline.withdraw(undone[-1])
        case "repeat" if undone:
            done.append(undone.pop())
            timeline.repeat(done[-1])
        case "switch":
            assert timeline.switch(number)
        case "part":
            timeline.part_from(timeline.branches[value[0] % len(timeline.branches)].number, value[1])
        case "begin":
            timeline.begin(replace(timeline.branch.experiment, weights=Weights(seed=value)))
        case "remove":
            shown = timeline.branch.number
            assert timeline.remove(number) == (number != shown)
        case "interrupted":
            answers = iter([False] * 7)
            timeline.go_to(value, lambda: next(answers, True))


@every_optimizer
@settings(max_examples=5, deadline=None)
@given(walk=st.lists(deeds, min_size=3, max_size=12))
def test_a_walk_comes_to_the_bits_of_the_straight_way(optimizer, walk):
    timeline = Timeline(replace(SMALL, optimizer=optimizer()))
    done, undone = [], []
    for what, value in [("advance", 90), *walk]:
        act(timeline, what, value, done, undone)
        check(timeline)
    check_others(timeline)


def gone_wild(what, value):
    """Learning rates at which a run may diverge."""
    if isinstance(value, ChangeOptimizer):
        return what, ChangeOptimizer(step=0, optimizer=Momentum(learning_rate=300 * value.optimizer.learning_rate))
    return what, value


@settings(max_examples=25, deadline=None)
@given(walk=st.lists(deeds.filter(lambda deed: not isinstance(deed[1], ChangeData)), min_size=3, max_size=12))
def test_a_walk_where_runs_diverge(walk):
    timeline = Timeline(DIVERGING)
    done, undone = [], []
    for what, value in [("advance", 90), *(gone_wild(*deed) for deed in walk)]:
        act(timeline, what, value, done, undone)
        branch, trainer, there = timeline.branch, timeline.trainer, straight(timeline.branch)
        alone = there.to(timeline.steps)
        if trainer.diverged:
            assert timeline.steps == branch.steps
            alone.advance(1000)
            assert alone.diverged == trainer.diverged
        assert now(trainer) == now(alone)
        assert all(each.step <= branch.steps for each in branch.interventions)
        if branch.record.steps > branch.steps:  # it diverged, and went back
            there.to(branch.steps).advance(1000)
        assert written(branch.record) == written(there.to(branch.steps).record)
