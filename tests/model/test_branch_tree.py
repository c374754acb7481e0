from types import SimpleNamespace

import pytest

from model.branch_tree import shared_steps


def branch(number, steps, parent=None, parted_at=0):
    return SimpleNamespace(number=number, record=SimpleNamespace(steps=steps), parent=parent, parted_at=parted_at)


# 1 --------2,000--------------- 5,000
#            \- 2 ----- 2,500 -------- 4,000
#                         \- 3 --- 3,000
#   1,000 \- 4 ----- 1,500                       and 5, a run of its own
VIEWS = (
    branch(1, 5000),
    branch(2, 4000, 1, 2000),
    branch(3, 3000, 2, 2500),
    branch(4, 1500, 1, 1000),
    branch(5, 800),
)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [(1, 2, 2000), (2, 3, 2500), (1, 3, 2000), (3, 4, 1000), (2, 4, 1000), (1, 5, 0), (3, 5, 0), (2, 2, 4000)],
)
def test_the_steps_in_common_are_those_up_to_the_first_parting(one, other, expected):
    by_number = {each.number: each for each in VIEWS}
    assert shared_steps(VIEWS, by_number[one], by_number[other]) == expected
    assert shared_steps(VIEWS, by_number[other], by_number[one]) == expected


def test_a_parent_that_is_not_there_any_more_ends_the_way_back():
    left = (VIEWS[1], VIEWS[2])
    assert shared_steps(left, *left) == 2500
    assert shared_steps((VIEWS[2], VIEWS[3]), VIEWS[2], VIEWS[3]) == 0
