from types import SimpleNamespace

import pytest
from msgspec import structs
from PySide6.QtCore import QObject, Signal

from gui.branch_colors import BRANCHES
from gui.comparison import MOST, are_on_one_scale, comparison_of
from model.data import Data
from model.datasets import Moons, Spiral
from model.losses import SoftmaxCrossEntropy
from model.optimizers import Adam
from model.starters import starter


class FakeSession(QObject):
    progressed = Signal(object)
    progress = None


class Thing(SimpleNamespace):
    """Like views and records: another one is another, whatever is in it."""

    __eq__ = object.__eq__
    __hash__ = object.__hash__


def view(number, parent=None, parted_at=0, steps=100, experiment=None):
    experiment = experiment or starter("spiral")
    return Thing(number=number, parent=parent, parted_at=parted_at, record=Thing(steps=steps), experiment=experiment)


@pytest.fixture
def session(qapp):
    return FakeSession()


def tell(session, branches, shown):
    session.progressed.emit(SimpleNamespace(branches=tuple(branches), branch=shown))


def color(comparison, number):
    found = comparison.color(number)
    return found.name() if found is not None else None


def test_all_panels_get_the_same_one(session):
    assert comparison_of(session) is comparison_of(session)
    assert comparison_of(session) is not comparison_of(FakeSession())


def test_new_branches_are_compared_by_themselves_and_keep_their_colours(session, qtbot):
    comparison, views = comparison_of(session), [view(1), view(2, 1, 20), view(3, 2, 40)]
    with qtbot.waitSignal(comparison.changed):
        tell(session, views[:1], 1)
    tell(session, views, 3)
    assert [color(comparison, each) for each in (1, 2, 3)] == list(BRANCHES[:3])
    assert comparison.others() == views[:2]
    tell(session, views, 1)
    assert [color(comparison, each) for each in (1, 2, 3)] == list(BRANCHES[:3])
    assert comparison.others() == views[1:]
    with qtbot.assertNotEmitted(comparison.changed):
        tell(session, views, 1)


def test_a_hidden_branch_gives_its_colour_away_only_to_one_that_comes(session):
    comparison, views = comparison_of(session), [view(number) for number in (1, 2, 3, 4)]
    tell(session, views[:3], 1)
    assert comparison.tick(2, False) and color(comparison, 2) is None
    assert comparison.tick(2, True) and color(comparison, 2) == BRANCHES[1]
    comparison.tick(2, False)
    tell(session, views, 1)
    assert color(comparison, 4) == BRANCHES[1]
    comparison.tick(2, True)
    assert color(comparison, 2) == BRANCHES[3] and color(comparison, 4) == BRANCHES[1]


def test_the_shown_branch_cannot_be_hidden_and_there_are_eight_at_most(session):
    comparison, views = comparison_of(session), [view(number) for number in range(1, 11)]
    tell(session, views[:8], 1)
    assert not comparison.tick(1, False) and comparison.is_ticked(1)
    assert len(comparison.others()) == MOST - 1
    tell(session, views, 1)  # two more: the two oldest others make room
    assert [number for number in range(1, 11) if comparison.is_ticked(number)] == [1, 4, 5, 6, 7, 8, 9, 10]
    assert not comparison.tick(2, True)
    assert len({color(comparison, each) for each in (1, 4, 5, 6, 7, 8, 9, 10)}) == 8
    tell(session, views, 2)  # a hidden one is shown
    assert comparison.is_ticked(2) and len(comparison.others()) == MOST - 1


def test_another_file_has_other_branches_of_the_same_numbers(session):
    comparison = comparison_of(session)
    tell(session, [view(1), view(2)], 1)
    comparison.tick(2, False)
    tell(session, [view(1), view(2)], 1)
    assert comparison.is_ticked(2)


def test_a_branch_leaves_the_shown_one_and_those_before_it(session):
    # 3 left 2 at 40, which left 1 at 20. With 1 shown, 2 leaves it at 20, and 3 leaves 2 at 40.
    comparison, views = comparison_of(session), [view(1), view(2, 1, 20), view(3, 2, 40)]
    tell(session, views, 1)
    assert [comparison.parted(each) for each in views[1:]] == [20, 40]
    comparison.tick(2, False)
    assert comparison.parted(views[2]) == 20
    tell(session, views, 3)
    assert comparison.parted(views[0]) == 20


@pytest.mark.parametrize(
    ("other", "alike"),
    [
        ({"optimizer": Adam()}, True),
        ({"data": Data(dataset=Spiral(noise=0.5))}, True),
        ({"data": Data(dataset=Moons())}, False),
        ({"loss": SoftmaxCrossEntropy()}, False),
    ],
)
def test_losses_are_compared_on_one_kind_of_data_and_of_one_kind(other, alike):
    one = starter("spiral")
    assert are_on_one_scale(one, structs.replace(one, **other)) is alike


def test_a_run_on_other_data_hides_those_before_it_until_they_are_ticked(session):
    comparison = comparison_of(session)
    spiral = view(1)
    tell(session, [spiral], shown=1)
    xor = view(2, experiment=starter("xor"))
    tell(session, [spiral, xor], shown=2)
    assert not comparison.is_ticked(1) and comparison.is_ticked(2)
    assert comparison.tick(1, True)
    tell(session, [spiral, xor, view(3, experiment=starter("xor"))], shown=2)
    assert comparison.is_ticked(1)
