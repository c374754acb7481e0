"""A run that diverges: back, there again, set right by hand, and undone."""

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from model.interventions import ChangeOptimizer, SetParameter
from model.optimizers import SGD, Momentum
from model.timeline import Timeline
from tests.model.straight_way import DIVERGING, PLAIN, check, now


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
