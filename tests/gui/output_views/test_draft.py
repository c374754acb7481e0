import math
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.output_views.draft import Draft, copied
from model.data import Data, load
from model.datasets.gaussians import Gaussians
from model.datasets.points import MOST_CLASSES, MOST_POINTS, Points
from model.datasets.spiral import Spiral

REACH = 5.0
inside = st.floats(-REACH, REACH)
labels = st.integers(0, 1)
drafts = st.lists(st.tuples(inside, inside, labels), max_size=30).map(Draft)


def test_a_point_is_kept_to_three_digits_and_none_beyond_the_reach():
    draft = Draft()
    assert draft.add(1.23456, -0.00049, 1, REACH) == (1.235, -0.0, 1)
    assert draft.add(5.001, 0, 0, REACH) is None
    assert draft.points == [(1.235, -0.0, 1)]


def test_a_full_draft_takes_no_more_and_takes_some_again_when_some_are_gone():
    draft = Draft([(0.0, 0.0, 0)] * (MOST_POINTS - 1))
    assert len(draft.spray(random.Random(1), (1, 1), 0.5, 10, 0, REACH)) == 1
    assert draft.full
    assert draft.add(0, 0, 0, REACH) is None
    assert draft.erase((1, 1), 0.5) == 1
    assert draft.add(0, 0, 0, REACH) is not None


def test_a_spray_is_even_over_its_disc():
    draft = Draft()
    found = draft.spray(random.Random(7), (1.0, -1.0), 2.0, 4000, 0, REACH)
    distances = np.hypot(*(np.array(found)[:, :2] - (1.0, -1.0)).T)
    assert distances.max() <= 2.0 + 1e-3
    # Half of the area lies within 1 / sqrt(2) of the radius; three standard deviations of 4,000 draws are 0.024.
    assert np.mean(distances < 2.0 / math.sqrt(2)) == pytest.approx(0.5, abs=0.024)


def test_what_is_sprayed_over_the_edge_is_left_out():
    found = Draft().spray(random.Random(7), (REACH, 0.0), 1.0, 400, 0, REACH)
    assert 150 < len(found) < 250
    assert all(abs(x1) <= REACH for x1, _, _ in found)


@given(drafts, inside, inside, st.floats(0.01, 4))
def test_erase_takes_what_lies_in_the_disc_and_nothing_else(draft, x1, x2, radius):
    before = list(draft.points)
    count = draft.erase((x1, x2), radius)
    assert count == len(before) - len(draft.points)
    assert draft.points == [p for p in before if np.hypot(p[0] - x1, p[1] - x2) > radius]


@given(drafts, inside, inside, st.floats(0.01, 4))
def test_the_nearest_point_is_the_nearest(draft, x1, x2, within):
    found = draft.nearest((x1, x2), within)
    distances = [float(np.hypot(p[0] - x1, p[1] - x2)) for p in draft.points]
    if not distances or min(distances) > within:
        assert found is None
    else:
        assert distances[found] == min(distances)


@given(drafts.filter(lambda draft: draft.points), st.floats(-99, 99), st.floats(-99, 99))
def test_a_moved_point_stays_in_the_plane_and_keeps_its_class(draft, x1, x2):
    label, others = draft.points[0][2], draft.points[1:]
    draft.move(0, x1, x2, REACH)
    assert draft.points[1:] == others
    assert draft.points[0][2] == label
    assert draft.points[0][:2] == (round(min(max(x1, -5), 5), 3), round(min(max(x2, -5), 5), 3))


def test_a_class_that_was_added_counts_when_it_has_a_point():
    draft = Draft.of(Points(points=((0.0, 0.0, 0), (1.0, 0.0, 1)), classes=2))
    assert draft.add_class()
    assert (draft.classes, draft.made().classes) == (3, 2)
    draft.add(2, 0, 2, REACH)
    assert draft.made().classes == 3
    draft.erase((2, 0), 0.1)
    assert draft.made().classes == 3  # the network has its output


def test_there_are_eight_classes_at_most():
    draft = Draft()
    assert [draft.add_class() for _ in range(MOST_CLASSES - 1)] == [True] * (MOST_CLASSES - 2) + [False]
    assert draft.classes == MOST_CLASSES


def test_a_copy_has_the_points_of_the_data_set_in_the_same_parts():
    original = load(Data(dataset=Spiral(samples=50)))
    copy = load(Data(dataset=copied(Spiral(samples=50), 1)))
    for part in ("train", "test"):
        assert np.abs(getattr(copy, part).points - getattr(original, part).points).max() <= 0.0005 + 1e-12
        assert (getattr(copy, part).targets == getattr(original, part).targets).all()


def test_a_copy_of_more_than_there_may_be_has_the_first_ones():
    assert len(copied(Gaussians(samples=MOST_POINTS + 50), 1).points) == MOST_POINTS
