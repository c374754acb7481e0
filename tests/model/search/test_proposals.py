import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.search.proposals import grid_points, grid_sizes, grid_values, random_values
from model.search.space import Choice, Range

RATE = Range(path="rate", low=1e-4, high=1.0, scale="log")
DECAY = Range(path="decay", low=1e-8, high=1e-4, scale="log")
UNITS = Range(path="units", low=1, high=3, whole=True)
RULE = Choice(path="rule", options=("he", "xavier"))


def test_a_trial_follows_from_the_seed_and_its_place_alone():
    first = [random_values((RATE, DECAY), 1, place) for place in range(5)]
    assert [random_values((RATE, DECAY), 1, place) for place in (4, 0)] == [first[4], first[0]]
    assert random_values((RATE, DECAY), 2, 0) != first[0]
    assert len({each["rate"] for each in first}) == 5


def test_random_draws_are_even_in_the_exponent():
    exponents = [math.log10(random_values((RATE,), 3, place)["rate"]) for place in range(2000)]
    counts = [sum(-4 + i <= each < -3 + i for each in exponents) for i in range(4)]
    assert all(420 < count < 580 for count in counts)  # 500 expected, 4 standard deviations are 77


def test_random_tries_more_values_of_each_than_a_grid():
    nine = [random_values((RATE, DECAY), 1, place) for place in range(9)]
    grid = grid_points((RATE, DECAY), 9)
    assert len({each["rate"] for each in nine}) == 9 and len({each["rate"] for each in grid}) == 3


def test_a_grid_by_hand():
    assert grid_sizes((RATE, DECAY), 9) == (3, 3)
    assert {each["rate"] for each in grid_points((RATE, DECAY), 9)} == {1e-4, 1e-2, 1.0}
    assert grid_sizes((RATE,), 1) == (1,) and grid_points((RATE,), 1) == [{"rate": 1e-2}]


def test_a_grid_has_no_more_points_than_there_are():
    assert grid_sizes((UNITS, RULE), 6) == (3, 2)
    assert {each["units"] for each in grid_points((UNITS, RULE), 6)} == {1, 2, 3}
    with pytest.raises(ValueError, match="6"):
        grid_sizes((UNITS, RULE), 7)


@given(trials=st.integers(1, 60), seed=st.integers(0, 99))
def test_the_trials_of_a_grid_are_different_points_of_it(trials, seed):
    axes = RATE, UNITS, RULE
    points = grid_points(axes, trials)
    tried = [grid_values(axes, trials, seed, place) for place in range(trials)]
    assert all(each in points for each in tried)
    assert len({tuple(each.values()) for each in tried}) == trials <= len(points)
