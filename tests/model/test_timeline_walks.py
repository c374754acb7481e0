"""Random walks over a timeline come to the bits of a trainer that follows the recipe from step 0."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from model.clipping import Clipping
from model.datasets import Gaussians
from model.experiment import Weights
from model.interventions import (
    ChangeBatchSize,
    ChangeClipping,
    ChangeData,
    ChangeOptimizer,
    ChangeRegularization,
    ChangeSchedule,
    SetParameter,
)
from model.optimizers import OPTIMIZERS, Adam, AdamW, Momentum
from model.regularization import Regularization
from model.schedules import SCHEDULES, Cosine, InverseTime, StepDecay, WarmUp
from model.timeline import Timeline
from tests.model.straight_way import DATA, DIVERGING, NORMED, SMALL, check, check_others, now, straight, written

every_optimizer = pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=lambda kind: kind.__name__)

# Schedules that change within the steps that are walked here.
schedules = st.sampled_from(
    [*(kind() for kind in SCHEDULES), StepDecay(every=20), Cosine(horizon=120, warm_up=30), InverseTime(half=15)]
)
prices = st.sampled_from([Regularization(), Regularization(l2=0.1), Regularization(l1=0.02, l2=0.3)])
limits = st.sampled_from([Clipping(), Clipping(norm=0.05), Clipping(norm=1.0)])
changes = st.one_of(
    schedules.map(lambda schedule: ChangeSchedule(step=0, schedule=schedule)),
    prices.map(lambda price: ChangeRegularization(step=0, regularization=price)),
    limits.map(lambda limit: ChangeClipping(step=0, clipping=limit)),
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


@settings(max_examples=25, deadline=None)
@given(
    optimizer=st.sampled_from(OPTIMIZERS),
    schedule=schedules,
    regularization=prices,
    clipping=limits,
    walk=st.lists(deeds, min_size=3, max_size=12),
)
def test_a_walk_with_a_schedule_a_penalty_and_clipping_from_the_start(optimizer, walk, **update):
    timeline = Timeline(replace(SMALL, optimizer=optimizer(), **update))
    done, undone = [], []
    for what, value in [("advance", 90), *walk]:
        act(timeline, what, value, done, undone)
        check(timeline)
    check_others(timeline)


@settings(max_examples=10, deadline=None)
@given(
    regularization=prices,
    clipping=limits,
    schedule=schedules,
    walk=st.lists(deeds, min_size=3, max_size=12),
    precision=st.sampled_from(["float64", "float32"]),
)
def test_a_walk_with_running_statistics_and_dropout(walk, **fields):
    timeline = Timeline(replace(NORMED, optimizer=AdamW(), **fields))
    done, undone = [], []
    for what, value in [("advance", 90), *walk]:
        act(timeline, what, value, done, undone)
        check(timeline)
    check_others(timeline)
    state = timeline.trainer.network.state
    assert timeline.steps == 0 or (state != timeline.branch.checkpoints.kept[0].network_state).all()


def test_a_schedule_knows_the_step_and_not_the_way_to_it():
    """Rewound, branched and switched back and forth: at each step the learning rate is that of the step."""
    timeline = Timeline(replace(SMALL, schedule=WarmUp(warm_up=100)))
    timeline.advance(80)
    timeline.go_to(40)
    timeline.intervene(ChangeSchedule(step=0, schedule=Cosine(horizon=100)))
    timeline.advance(30)
    assert timeline.trainer.rule.learning_rate == timeline.trainer.experiment.learning_rate_at(69)
    timeline.switch(1)
    timeline.advance(1)
    assert timeline.trainer.rule.learning_rate == 0.1 * (41 / 100)
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
