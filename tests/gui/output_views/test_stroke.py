import random

import pytest

from gui.output_views.draft import Draft
from gui.output_views.stroke import Stroke, Touch

REACH = 5.0
POINTS = [(0.0, 0.0, 0), (1.0, 0.0, 1), (2.0, 0.0, 0)]


def stroke(tool, points=POINTS, radius=0.5, density=2):
    return Stroke(Draft(points), Touch(tool, 1, radius, density, 0.3, REACH), random.Random(3))


def test_set_sets_one_point_however_far_it_is_dragged():
    made = stroke("set")
    made.begin((3, 3))
    assert made.set_now == [(3.0, 3.0, 1)]
    made.go((4, 4))
    assert made.set_now == [] and made.outcome() == 1


@pytest.mark.parametrize("stops", [[3.0], [1.0, 2.0, 3.0], [0.1 * n for n in range(1, 31)]])
def test_paint_leaves_as_many_points_on_its_way_however_fast_it_goes(stops):
    made = stroke("paint", [])
    made.begin((0, 0))
    for x1 in stops:
        made.go((x1, 0))
    assert made.outcome() == pytest.approx(2 * (1 + 3 / 0.25), abs=2)  # a puff of two each quarter
    assert all(abs(x2) <= 0.5 and -0.5 <= x1 <= 3.5 for x1, x2, _ in made.draft.points)


def test_move_takes_the_nearest_and_nothing_where_none_is_near():
    made = stroke("move")
    made.begin((1.2, 0.1))
    made.go((1.5, 4))
    assert made.carried_at() == (1.5, 4.0) and made.changed and made.outcome() == 0
    assert made.draft.points == [POINTS[0], (1.5, 4.0, 1), POINTS[2]]
    other = stroke("move")
    other.begin((1.5, 0))
    other.go((3, 3))
    assert other.outcome() is None and not other.changed


def test_erase_takes_what_it_passes():
    made = stroke("erase")
    made.begin((0.3, 0))
    assert made.changed
    made.go((4, 4))
    assert not made.changed
    made.go((1, 0.4))
    assert made.draft.points == POINTS[2:] and made.outcome() == -2


def test_delete_takes_the_nearest_one_where_the_tool_has_no_brush():
    made = stroke("set", radius=0.0)
    made.erase((1.1, 0))
    assert made.draft.points == [POINTS[0], POINTS[2]]
    made.erase((4, 4))
    assert made.outcome() == -1


def test_what_is_given_up_never_was():
    made = stroke("paint")
    made.begin((3, 3))
    made.give_up()
    assert made.draft.points == POINTS
