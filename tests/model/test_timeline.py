"""Any step of any branch again, to the last bit: compared with a trainer that follows the recipe from step 0."""

from typing import ClassVar

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from model.data import Data
from model.datasets import Gaussians, Plane
from model.experiment import BatchesSpec, EvaluationSpec, Experiment, NetworkSpec, Stop, Weights
from model.initializers import He
from model.interventions import ChangeBatchSize, ChangeData, ChangeOptimizer, SetParameter
from model.layers import Affine, Layer, ReLU, Tanh
from model.layers.activation import Activation
from model.optimizers import OPTIMIZERS, SGD, Adam, Momentum
from model.record import BLOCK
from model.timeline import MOST_BRANCHES, Timeline
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


# By hand


def test_the_session_of_five_thousand_steps():
    """A learning rate changed at 2,000, a weight set at 3,000; back to four steps, then Adam from 2,500 on."""
    timeline = Timeline(PLAIN)
    timeline.advance(2000)
    timeline.intervene(ChangeOptimizer(step=0, optimizer=SGD(learning_rate=0.02)))
    timeline.advance(1000)
    timeline.intervene(SetParameter(step=0, layer=0, name="weights", at=(1, 2), value=0.75))
    timeline.advance(2000)
    first = timeline.branch
    assert [each.step for each in first.interventions] == [2000, 3000]
    curve = written(first.record)
    for step in (1999, 2001, 0, 5000):
        assert timeline.go_to(step)
        assert now(timeline.trainer) == now(straight(first).to(step))
    assert written(first.record) == curve == written(straight(first).to(5000).record)

    timeline.go_to(2500)
    timeline.intervene(ChangeOptimizer(step=0, optimizer=Adam()))
    timeline.advance(300)
    check(timeline)
    branch = timeline.branch
    assert (branch.parent, branch.parted_at, branch.steps) == (first.number, 2500, 2800)
    assert str(branch.view().parted_by) == "optimizer: SGD → Adam"
    assert branch.record.losses(0, 2500).tobytes() == first.record.losses(0, 2500).tobytes()
    assert written(first.record) == curve
    assert timeline.switch(first.number, 5000)
    check(timeline)
    assert timeline.switch(branch.number)
    assert timeline.steps == 2800
    check(timeline)


def test_a_branch_parts_at_the_block_size_of_the_record():
    timeline = Timeline(PLAIN)
    timeline.advance(BLOCK + 5)
    first = timeline.branch
    curve = written(first.record)
    timeline.go_to(BLOCK)
    timeline.intervene(ChangeBatchSize(step=0, size=3))
    timeline.advance(4)
    assert written(first.record) == curve
    check(timeline)
    timeline.switch(first.number, BLOCK + 5)
    timeline.advance(3)
    check(timeline)
    check_others(timeline)


@settings(max_examples=30, deadline=None)
@given(rate=st.floats(1, 1e4), back=st.integers(0, 60))
def test_a_diverged_run_diverges_again_at_the_same_step(rate, back):
    timeline = Timeline(replace(DIVERGING, optimizer=Momentum(learning_rate=rate)))
    if timeline.advance(2000):
        return
    diverged, steps, there = timeline.trainer.diverged, timeline.steps, now(timeline.trainer)
    assert timeline.branch.steps == steps == diverged.step - 2
    timeline.go_to(steps)
    assert timeline.trainer.diverged is None
    timeline.go_to(steps - back)
    assert not timeline.advance(2000)
    assert timeline.trainer.diverged == diverged
    assert now(timeline.trainer) == there
    assert timeline.branch.record.steps == steps + 1


def test_a_diverged_run_goes_on_after_a_change_and_undo_leads_back():
    timeline = Timeline(DIVERGING)
    timeline.advance(1000)
    diverged, steps = timeline.trainer.diverged, timeline.steps
    deed = timeline.intervene(ChangeOptimizer(step=0, optimizer=Momentum(learning_rate=1e-30, momentum=0.0)))
    assert timeline.trainer.diverged is None and len(timeline.branches) == 1
    check(timeline)
    assert timeline.advance(1)
    timeline.withdraw(deed)
    assert timeline.steps == steps and len(timeline.branches) == 2  # the future is kept
    assert timeline.branch.interventions == ()
    assert not timeline.advance(10)
    assert timeline.trainer.diverged == diverged
    timeline.repeat(deed)
    check(timeline)
    assert timeline.branch.steps == steps + 1


def test_undo_right_after_a_change_that_diverged_leaves_no_step_of_it():
    timeline = Timeline(replace(DIVERGING, optimizer=SGD(learning_rate=1e-6)))
    timeline.advance(20)
    deed = timeline.intervene(ChangeOptimizer(step=0, optimizer=SGD(learning_rate=1e300)))
    assert not timeline.advance(5)
    assert (timeline.trainer.diverged.step, timeline.steps, timeline.branch.record.steps) == (22, 20, 21)
    timeline.go_to(20)
    timeline.withdraw(deed)
    assert timeline.branch.record.steps == 20
    assert timeline.advance(30)
    check(timeline)


def test_a_number_set_by_hand_that_leads_nowhere_stays_where_it_was_set():
    timeline = Timeline(PLAIN)
    timeline.advance(70)
    deeds = [
        timeline.intervene(SetParameter(step=0, layer=layer, name=name, at=at, value=1e200))
        for layer, name, at in ((2, "weights", (0, 0)), (0, "bias", (0,)))
    ]
    assert not timeline.advance(5)
    assert timeline.steps == timeline.branch.steps == 70
    assert timeline.trainer.diverged.by_hand
    assert timeline.trainer.snapshot().parameters.max() == 1e200
    for deed in reversed(deeds):
        timeline.withdraw(deed)
    assert len(timeline.branches) == 1
    assert timeline.advance(5)
    check(timeline)


# Undo, redo, branches


def test_undo_and_redo_of_changes_on_the_way():
    timeline = Timeline(PLAIN)
    deeds = []
    for size in (3, 4, 5):
        timeline.advance(50)
        deeds.append(timeline.intervene(ChangeBatchSize(step=0, size=size)))
    timeline.advance(50)
    whole = timeline.branch
    for kept, deed in zip((2, 1, 0), reversed(deeds), strict=True):
        timeline.withdraw(deed)
        assert timeline.steps == 50 * (kept + 1)
        assert timeline.branch.interventions == whole.interventions[:kept]
        check(timeline)
    assert len(timeline.branches) == 2  # what nothing was trained on is gone
    for done, deed in enumerate(deeds, start=1):
        timeline.repeat(deed)
        assert timeline.steps == 50 * done
        check(timeline)
    assert timeline.branch is whole and whole.steps == 200
    assert timeline.branches == [whole]


def test_a_dragged_slider_is_one_deed():
    timeline = Timeline(PLAIN)
    timeline.advance(80)
    timeline.go_to(60)
    old = timeline.branch
    deed = None
    for rate in (0.2, 0.3, 0.4):
        later = timeline.intervene(ChangeOptimizer(step=0, optimizer=SGD(learning_rate=rate)))
        deed = deed.joined(later) if deed else later
    assert timeline.branch.interventions == (ChangeOptimizer(step=60, optimizer=SGD(learning_rate=0.4)),)
    timeline.advance(10)
    timeline.withdraw(deed)
    assert timeline.branch is old and timeline.steps == 60
    timeline.repeat(deed)
    assert timeline.trainer.experiment.optimizer.learning_rate == 0.4
    check(timeline)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (SetParameter(step=0, layer=1, name="weights", at=(0, 0), value=1.0), KeyError),
        (SetParameter(step=0, layer=0, name="weights", at=(2, 0), value=1.0), ValueError),
        (SetParameter(step=0, layer=0, name="weights", at=(0,), value=1.0), ValueError),
        (ChangeData(step=0, data=Data(dataset=Plane())), ValueError),
        (ChangeData(step=0, data=replace(DATA, features=("x1",))), ValueError),
    ],
)
def test_a_change_that_the_network_cannot_live_with_changes_nothing(change, error):
    timeline = Timeline(PLAIN)
    timeline.advance(10)
    timeline.go_to(5)
    with pytest.raises(error):
        timeline.intervene(change)
    assert len(timeline.branches) == 1 and timeline.branch.interventions == ()
    assert timeline.branch.steps == 10
    check(timeline)


def test_another_run_and_what_stays_of_the_one_before():
    timeline = Timeline(PLAIN)
    timeline.begin(SMALL)  # nothing was trained
    assert len(timeline.branches) == 1
    timeline.advance(5)
    timeline.begin(SMALL)  # the same again
    assert len(timeline.branches) == 1 and timeline.steps == 0
    timeline.intervene(ChangeBatchSize(step=0, size=2))
    timeline.begin(PLAIN)  # it would not come back by itself
    assert len(timeline.branches) == 2
    timeline.advance(5)
    timeline.begin(PLAIN, keep=True)
    assert [each.number for each in timeline.branches] == [3, 4, 5]
    assert not timeline.switch(1)
    for branch in list(timeline.branches):
        timeline.switch(branch.number)
        check(timeline)


def test_only_so_many_branches_are_kept_and_never_the_one_that_is_shown():
    timeline = Timeline(PLAIN)
    timeline.advance(2)
    for _ in range(MOST_BRANCHES):
        timeline.begin(PLAIN, keep=True)
    assert [each.number for each in timeline.branches] == list(range(2, MOST_BRANCHES + 2))
    timeline.switch(2)
    timeline.begin(SMALL)  # the oldest is the one that is left
    assert len(timeline.branches) == MOST_BRANCHES
    check(timeline)


def test_a_grandchild_of_a_forgotten_branch():
    timeline = Timeline(PLAIN)
    timeline.advance(50)
    for step, size in ((40, 3), (30, 4), (35, 5)):
        timeline.go_to(step)
        timeline.intervene(ChangeBatchSize(step=0, size=size))
        timeline.advance(20)
    assert [(each.parent, each.parted_at) for each in timeline.branches] == [(None, 0), (1, 40), (2, 30), (3, 35)]
    assert timeline.remove(3)
    assert [(each.parent, each.parted_at) for each in timeline.branches] == [(None, 0), (1, 40), (2, 30)]
    assert timeline.remove(1)
    assert [(each.parent, each.parted_at) for each in timeline.branches] == [(None, 0), (2, 30)]
    assert not timeline.remove(4) and not timeline.remove(1)
    check(timeline)


def test_views_are_the_same_objects_until_something_is_another():
    timeline = Timeline(PLAIN)
    timeline.advance(10)
    before = timeline.views()
    timeline.advance(10)
    assert timeline.views()[0] is before[0]
    timeline.rename(1, "first")
    assert timeline.views()[0].name == "first"
    timeline.go_to(5)
    timeline.intervene(ChangeBatchSize(step=0, size=3))
    first, second = timeline.views()
    assert first is timeline.views()[0]
    assert (second.parent, second.parted_at, str(second.parted_by)) == (1, 5, "batch size: 8 → 3")


def test_another_optimizer_before_anything_was_trained_is_no_change_on_the_way():
    timeline = Timeline(PLAIN)
    timeline.amend(replace(PLAIN, optimizer=Adam()))
    assert timeline.branch.interventions == () and timeline.branch.experiment.optimizer == Adam()
    timeline.advance(70)
    check(timeline)
    timeline.go_to(0)
    check(timeline)
    timeline.amend(replace(PLAIN, optimizer=SGD()))
    assert len(timeline.branches) == 2
    check(timeline)


def test_when_to_measure_and_to_stop_is_the_branchs_own():
    timeline = Timeline(PLAIN)
    timeline.advance(9)
    other = replace(PLAIN, evaluation=EvaluationSpec(every=2, unit="step"), stop=Stop(step=14))
    timeline.follow(other)
    assert not timeline.advance(100)
    assert timeline.steps == 14
    assert [each.step for each in timeline.branch.record.evaluations] == [0, 3, 6, 9, 10, 12, 14]
    timeline.go_to(4)
    assert not timeline.advance(100)
    assert timeline.steps == 14
    assert [each.step for each in timeline.branch.record.evaluations] == [0, 3, 6, 9, 10, 12, 14]
    assert timeline.branch.experiment == other
