"""What the marks of a branch say."""

import pytest
from msgspec import structs

from gui.timeline_marks import marks_of
from model.experiment_file import from_plain
from model.interventions import ChangeBatchSize, ChangeOptimizer, SetParameter
from model.optimizers import Adam
from model.timeline import Timeline

EXPERIMENT = from_plain(
    {
        "format": "downhill-experiment",
        "data": {"dataset": {"type": "xor", "samples": 40}},
        "network": {"layers": [{"type": "affine", "units": 1}, {"type": "tanh"}]},
        "optimizer": {"type": "sgd", "learning_rate": 0.03},
    }
)
FASTER = structs.replace(EXPERIMENT.optimizer, learning_rate=0.1)


@pytest.fixture
def timeline(qapp):
    return Timeline(EXPERIMENT)


def marks(timeline):
    return marks_of(timeline.views(), timeline.branch.number)


def test_a_branch_that_is_not_there_has_no_mark(timeline):
    assert marks_of(timeline.views(), 7) == ()


def test_a_run_without_a_change_has_no_mark(timeline):
    timeline.advance(3)
    assert marks(timeline) == ()


def test_every_change_is_told_from_what_was_in_force_before_it(timeline):
    timeline.advance(2000)
    timeline.intervene(ChangeOptimizer(step=0, optimizer=FASTER))
    timeline.advance(10)
    timeline.intervene(ChangeOptimizer(step=0, optimizer=structs.replace(FASTER, learning_rate=0.5)))
    assert [(each.step, each.lines) for each in marks(timeline)] == [
        (2000, ("step 2,000: learning rate: 0.03 → 0.1",)),
        (2010, ("step 2,010: learning rate: 0.1 → 0.5",)),
    ]


def test_changes_at_one_step_are_one_mark(timeline):
    timeline.advance(4)
    timeline.intervene(ChangeOptimizer(step=0, optimizer=Adam()))
    timeline.intervene(ChangeBatchSize(step=0, size=7))
    timeline.intervene(SetParameter(step=0, layer=0, name="weights", at=(1, 0), value=0.25))
    (mark,) = marks(timeline)
    assert (mark.step, mark.left) == (4, "")
    assert [line.split(": ", 1)[1] for line in mark.lines][1:] == [
        "batch size: 10 → 7",
        "layers[0].weights[1, 0] = 0.25",
    ]
    assert mark.tool_tip.count("<br>") == 2


def test_a_branch_says_where_it_left_its_parent_by_name(timeline):
    timeline.advance(6)
    timeline.rename(timeline.branch.number, "a <b>")
    timeline.go_to(4)
    timeline.intervene(ChangeOptimizer(step=0, optimizer=FASTER))
    (mark,) = marks(timeline)
    assert (mark.step, len(mark.changes), mark.left) == (4, 1, "1: a <b>")
    assert mark.lines[1] == "step 4: here this branch left “1: a <b>”"
    assert "“1: a &lt;b&gt;”" in mark.tool_tip  # a name is no markup


def test_a_branch_without_a_change_as_yet_has_a_mark_where_it_begins(timeline):
    timeline.advance(6)
    timeline.part_from(timeline.branch.number, 3)
    (mark,) = marks(timeline)
    assert (mark.step, mark.changes) == (3, ())
    assert mark.lines == ("step 3: here this branch left “1: first run”",)
