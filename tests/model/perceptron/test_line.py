import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from model.perceptron import Neuron
from model.perceptron.line import has_line, nearest, through, turned, visible_part, visible_point

numbers = st.floats(-4, 4).map(lambda x: round(x, 3) + 0.0)
points = st.tuples(numbers, numbers)
neurons = st.builds(lambda w1, w2, b: Neuron((w1, w2), b), numbers, numbers, numbers)


def test_by_hand():
    neuron = Neuron((1.0, 1.0), -1.0)  # x1 + x2 = 1
    assert nearest(neuron, (0.0, 0.0)) == (0.5, 0.5)
    assert sorted(visible_part(neuron, -1, 2)) == [(-1, 2), (2, -1)]
    assert visible_part(neuron, 2, 3) is None
    assert through(neuron, (2.0, 3.0)).bias == -5
    assert turned(neuron, (1.0, 0.0), (1.0, 2.0)) == Neuron((0.0, 2.0), 0.0)


@pytest.mark.parametrize("weights", [(1.0, 0.0), (0.0, 1.0)])
def test_lines_along_the_axes(weights):
    ends = visible_part(Neuron(weights, -0.5), 0, 1)
    assert sorted(ends) == ([(0.5, 0), (0.5, 1)] if weights[0] else [(0, 0.5), (1, 0.5)])
    assert visible_part(Neuron(weights, -1.5), 0, 1) is None


@given(neurons, points)
def test_shifting_puts_the_line_through_the_point_and_keeps_its_direction(neuron, point):
    shifted = through(neuron, point)
    assert shifted.weights == neuron.weights
    assert abs(shifted.sum(point)) < 1e-12


@given(neurons, points, points)
def test_turning_keeps_the_pivot_on_the_line_and_points_to_the_tip(neuron, pivot, tip):
    found = turned(neuron, pivot, tip)
    assert abs(found.sum(pivot)) < 1e-12
    assert found.sum(tip) >= -1e-12  # w . w > 0: the tip is on the positive side


@given(neurons, points)
def test_the_nearest_point_is_on_the_line_at_a_right_angle(neuron, point):
    w1, w2 = neuron.weights
    assume(math.hypot(w1, w2) > 0.01)
    x1, x2 = nearest(neuron, point)
    assert abs(neuron.sum((x1, x2))) < 1e-9
    away = point[0] - x1, point[1] - x2
    assert abs(away[0] * -w2 + away[1] * w1) < 1e-7
    assert math.isclose(math.hypot(*away), abs(neuron.sum(point)) / math.hypot(w1, w2), abs_tol=1e-9)


@given(neurons)
def test_what_a_square_shows_lies_on_the_line_and_ends_on_its_edges(neuron):
    assume(math.hypot(*neuron.weights) > 0.01)
    part = visible_part(neuron, -1, 1)
    corners = [neuron.sum((x, y)) for x in (-1, 1) for y in (-1, 1)]
    if min(corners) > 1e-9 or max(corners) < -1e-9:
        assert part is None
    elif min(corners) < -1e-9 and max(corners) > 1e-9:
        for end in part:
            assert abs(neuron.sum(end)) < 1e-9
            assert math.isclose(max(map(abs, end)), 1, abs_tol=1e-9)


@given(neurons, points)
def test_the_visible_point_is_in_the_square_where_the_line_is(neuron, near):
    assume(math.hypot(*neuron.weights) > 0.01)
    found = visible_point(neuron, near, -1, 1)
    assert abs(neuron.sum(found)) < 1e-9
    if visible_part(neuron, -1, 1) is not None:
        assert max(map(abs, found)) <= 1 + 1e-9


def test_without_weights_there_is_no_line():
    nothing = Neuron((0.0, 0.0), 1.0)
    assert not has_line(nothing) and has_line(Neuron((0.0, 0.1), 1.0))
    assert visible_part(nothing, -1, 1) is None
    assert visible_point(nothing, (0.3, 0.4), -1, 1) == (0.3, 0.4)
