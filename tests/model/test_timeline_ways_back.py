"""Ways back that are interrupted, that lead to what was removed, and to a branch that lost its checkpoints."""

from model.interventions import ChangeBatchSize
from model.timeline import Timeline
from tests.model.straight_way import PLAIN, SMALL, check, check_others


def test_undo_of_what_was_removed_is_told():
    timeline = Timeline(PLAIN)
    timeline.advance(5)
    deed = timeline.intervene(ChangeBatchSize(step=0, size=3))
    assert timeline.withdraw(deed) and timeline.repeat(deed)
    timeline.begin(SMALL)
    assert timeline.remove(1)
    assert not timeline.withdraw(deed) and not timeline.repeat(deed)
    check(timeline)


def test_undo_redo_and_a_switch_that_are_interrupted_stand_before_and_can_be_finished():
    timeline = Timeline(PLAIN)
    timeline.advance(50)
    deed = timeline.intervene(ChangeBatchSize(step=0, size=3))
    timeline.advance(30)

    def soon():
        answers = iter([False] * 9)
        return lambda: next(answers, True)

    for act in (timeline.withdraw, timeline.repeat, timeline.withdraw):
        assert act(deed, soon())
        assert timeline.steps == 9
        check(timeline)
        act(deed)
        assert timeline.steps == 50
        check(timeline)
    other = next(each for each in timeline.branches if each is not timeline.branch)
    assert timeline.switch(other.number, 40, soon())
    assert timeline.steps == 9
    check(timeline)
    timeline.part_from(other.number, 60, soon())
    check(timeline)
    assert timeline.go_to(60)
    check(timeline)
    check_others(timeline)


def test_a_hidden_branch_without_its_last_checkpoints_is_done_again():
    timeline = Timeline(PLAIN)
    timeline.advance(200)
    timeline.intervene(ChangeBatchSize(step=0, size=3))
    first = timeline.branch
    timeline.begin(SMALL)
    first.checkpoints.forget_all_but_first()
    timeline.switch(first.number)
    check(timeline)
    assert [each.step for each in first.checkpoints.kept] == [0, 64, 128, 192, 200]
    timeline.advance(10)
    check(timeline)
