import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from model.trajectory import MOST_BYTES, Directions, History, principal_directions

clouds = st.tuples(st.integers(2, 12), st.integers(2, 9)).flatmap(
    lambda shape: arrays(np.float64, shape, elements=st.integers(-50, 50).map(float))
)


def filled(steps, size=3):
    history = History(size)
    for step in range(steps):
        history.offer(step, np.full(size, float(step)))
    return history


def test_keeps_every_step_until_it_is_full_and_then_every_second():
    history = filled(400)
    assert history.steps == list(range(400)) and history.interval == 1
    history.offer(400, np.zeros(3))
    assert history.interval == 2 and history.steps == list(range(0, 401, 2))


@pytest.mark.parametrize("steps", [1, 399, 400, 401, 12_345])
def test_covers_the_whole_run_evenly_in_bounded_memory(steps):
    history = filled(steps)
    assert len(history.points) == len(history.steps) <= history.most
    assert history.steps[0] == 0 and set(np.diff(history.steps)) <= {history.interval}
    assert steps - 1 - history.steps[-1] < history.interval
    assert [point[0] for point in history.points] == history.steps  # each point is the one of its step


def test_a_large_network_keeps_fewer_points_but_never_less_than_sixteen():
    assert History(10).most == 400
    size = 200_000
    assert History(size).most * size * 8 <= MOST_BYTES
    assert History(10**9).most == 16


def test_keeps_copies():
    parameters = np.zeros(3)
    history = History(3)
    history.offer(0, parameters)
    parameters += 1
    assert history.points[0].tolist() == [0, 0, 0]


def test_the_same_step_twice_is_kept_once():
    history = filled(5)
    history.offer(4, np.zeros(3))
    assert history.steps == [0, 1, 2, 3, 4] and history.points[4][0] == 4


def test_going_back_forgets_what_came_after():
    history = filled(10)
    reading = history.kept
    history.cut(6)
    assert history.steps == list(range(7))
    history.offer(7, np.full(3, -1.0))
    assert history.points[7][0] == -1
    assert [step for step, _ in reading] == list(range(10))  # whoever reads the old list is not disturbed


def test_two_directions_of_a_flat_cloud_by_hand():
    # Four points on the cross (3, 0), (-3, 0), (0, 1), (0, -1): spread 18 along the first axis, 2 along the second.
    found = principal_directions(np.array([[8, 5, 1], [2, 5, 1], [5, 6, 1], [5, 4, 1]], dtype=float))
    assert found is not None
    assert found.mean.tolist() == [5, 5, 1]
    np.testing.assert_allclose(np.abs(found.axes), [[1, 0, 0], [0, 1, 0]], atol=1e-12)
    assert found.shares == pytest.approx((0.9, 0.1))


@given(clouds)
def test_no_two_directions_keep_more_of_the_movement(points):
    found = principal_directions(points)
    centred = points - points.mean(axis=0)
    singular = np.linalg.svd(centred, compute_uv=False)  # an oracle that never forms the covariance
    if singular[0] == 0:
        assert found is None
        return
    assert found is not None
    total = float((singular**2).sum())
    best = [float(s**2) / total for s in np.append(singular, 0)[:2]]
    assert found.shares == pytest.approx(best, abs=1e-9)
    kept = (found.project(points) ** 2).sum(axis=0) / total
    np.testing.assert_allclose(kept, best, atol=1e-9)


@given(clouds)
def test_directions_are_of_length_one_and_at_right_angles(points):
    found = principal_directions(points)
    if found is not None:
        gram = found.axes @ found.axes.T
        assert gram[0, 0] == pytest.approx(1)
        assert gram[0, 1] == pytest.approx(0, abs=1e-6)
        assert gram[1, 1] == pytest.approx(1) or not found.axes[1].any()  # all on one line: there is no second


@given(clouds, st.sampled_from([(1, -1), (-1, 1), (-1, -1)]))
def test_each_direction_keeps_the_sign_that_agrees_with_the_one_before(points, signs):
    first = principal_directions(points)
    if first is not None:
        flipped = Directions(first.mean, first.axes * np.array(signs)[:, None], first.shares)
        again = principal_directions(points, flipped)
        assert again is not None
        np.testing.assert_array_equal(again.axes, flipped.axes)


@given(clouds)
def test_at_first_the_path_ends_on_the_positive_side_of_where_it_began(points):
    found = principal_directions(points)
    if found is not None:
        assert np.all(found.axes @ (points[-1] - points[0]) >= 0)


def test_a_growing_path_does_not_flip():
    generator = np.random.default_rng(5)
    path = generator.standard_normal((300, 20)).cumsum(axis=0)
    before = None
    for end in range(40, 300, 10):
        found = principal_directions(path[:end], before)
        assert found is not None
        if before is not None:
            assert np.all((found.axes * before.axes).sum(axis=1) >= 0)
        before = found


@pytest.mark.parametrize(
    "points",
    [
        np.ones((5, 4)),
        np.ones((1, 4)),
        np.array([[0.0, 1.0], [np.nan, 1.0]]),
        np.array([[0.0, np.inf], [1.0, 1.0]]),
        np.array([[0.0, 1e200], [0.0, -1e200]]),
    ],
    ids=["at rest", "one point", "not a number", "infinite", "too far"],
)
def test_without_a_movement_there_are_no_directions(points):
    assert principal_directions(points) is None


def test_points_on_a_line_have_one_direction():
    found = principal_directions(np.outer(np.arange(4.0), [3.0, 4.0, 0.0]))
    assert found is not None
    np.testing.assert_allclose(np.abs(found.axes), [[0.6, 0.8, 0], [0, 0, 0]], atol=1e-12)
    assert found.shares == pytest.approx((1, 0))
