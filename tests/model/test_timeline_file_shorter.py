"""A timeline in a file after an error, after an interruption, and where another machine came further."""

from dataclasses import replace as changed

import pytest

from model.interventions import ChangeBatchSize
from model.run_recipe import from_recipe_json, recipe_json
from model.timeline import Timeline
from model.timeline_file import opened, saved
from tests.model.straight_way import DIVERGING, PLAIN, check, now

with_and_without_arrays = pytest.mark.parametrize("arrays", [True, False])


@with_and_without_arrays
def test_after_an_error_in_a_step_the_run_can_be_saved(monkeypatch, arrays):
    timeline = Timeline(PLAIN)
    do = type(timeline.trainer).step

    def step():
        if timeline.steps == 100:
            raise MemoryError
        return do(timeline.trainer)

    monkeypatch.setattr(timeline.trainer, "step", step)
    with pytest.raises(MemoryError):
        timeline.advance(1000)
    run = from_recipe_json(recipe_json(saved(timeline, arrays=arrays)))
    assert (run.position, run.branches[0].steps) == (100, 100)
    monkeypatch.undo()
    again, notes = opened(saved(timeline, arrays=arrays))
    assert notes == []
    timeline.go_to(100)
    assert now(again.trainer) == now(timeline.trainer)


def test_a_run_that_diverges_sooner_than_it_was_saved_is_not_complete():
    timeline = Timeline(DIVERGING)
    timeline.advance(1000)
    run = saved(timeline, arrays=False)
    longer = changed(run, branches=(changed(run.branches[0], steps=5000),), position=5000)
    again, notes = opened(longer)
    assert not again.complete and again.steps == timeline.steps
    diverged, short = map(str, notes)
    assert diverged.startswith("on this machine the run diverges at step")
    assert short == f"branch 1 came to step {timeline.steps} of 5,000"


@with_and_without_arrays
def test_opened_without_any_step_it_is_consistent(arrays):
    """Interrupted from the first question on, whatever lies in the file."""
    timeline = Timeline(PLAIN)
    timeline.advance(70)
    timeline.intervene(ChangeBatchSize(step=0, size=3))
    timeline.advance(30)
    timeline.go_to(80)
    timeline.intervene(ChangeBatchSize(step=0, size=4))
    timeline.advance(60)
    again, _ = opened(saved(timeline, arrays=arrays), interrupted=lambda: True)
    assert again.complete == arrays
    for branch in again.branches:
        again.switch(branch.number)
        again.go_to(branch.steps)
        assert again.steps == branch.steps
        check(again)
    opened(saved(again, arrays=False))
