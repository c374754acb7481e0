"""By hand, and against the data that a drawing is to look like."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from model.datasets import Digits
from model.drawn_digit import (
    BITMAP,
    FEWEST,
    MOST,
    as_digits,
    as_mnist,
    averaged,
    bounds,
    preparation,
)

drawings = arrays.arrays(np.float64, (24, 30), elements=st.sampled_from([0.0, 0.0, 0.0, 0.3, 1.0])).filter(
    lambda ink: bool((ink > 0.5).any())
)


def sheet(*rectangles):
    """Black rectangles (top, bottom, left, right) on a sheet of 256 x 256."""
    ink = np.zeros((256, 256))
    for top, bottom, left, right in rectangles:
        ink[top:bottom, left:right] = 1
    return ink


def test_averages_by_hand():
    ink = np.array([[0.0, 1, 0, 1], [1, 1, 0, 0]])
    assert averaged(ink, np.array([0.0, 2]), np.array([0.0, 2, 4])).tolist() == [[0.75, 0.25]]
    # Pixels half outside are half paper; edges in the middle of a pixel take their share.
    assert averaged(ink, np.array([1.0, 3]), np.array([0.5, 1.5])).tolist() == [[0.5]]


@given(drawings, st.integers(1, 9), st.integers(1, 9))
def test_averaging_keeps_all_ink(ink, rows, columns):
    made = averaged(ink, np.linspace(0, 24, rows + 1), np.linspace(0, 30, columns + 1))
    assert made.sum() * (24 / rows) * (30 / columns) == pytest.approx(ink.sum())


def test_the_edges_of_what_is_drawn():
    assert bounds(sheet((10, 20, 30, 50), (40, 41, 5, 6))) == (10, 41, 5, 50)
    with pytest.raises(ValueError, match="nothing is drawn"):
        bounds(np.zeros((4, 4)))


class TestDigits:
    @given(drawings)
    def test_counts_of_sixteen_with_as_much_ink_as_the_data(self, ink):
        made = as_digits(ink)
        assert made.shape == (1, 8, 8)
        assert np.array_equal(made * 16, np.rint(made * 16)) and made.min() >= 0 and made.max() <= 1
        assert made.sum() * 16 >= FEWEST

    def test_where_and_how_large_it_is_drawn_does_not_matter(self):
        small = sheet((20, 120, 30, 50), (20, 40, 30, 90))
        large = sheet((40, 240, 100, 140), (40, 80, 100, 220))
        assert np.array_equal(as_digits(small), as_digits(large))

    def test_a_stroke_is_a_one_of_full_height_and_no_wider_than_the_ones_of_the_data(self):
        made = as_digits(sheet((30, 220, 120, 145)))
        columns = np.flatnonzero(made[0].max(axis=0))
        assert made[0, :, 3:5].min() == 1
        assert (columns.min(), columns.max()) == (2, 5)

    def test_a_hairline_becomes_a_stroke(self):
        made = as_digits(sheet((0, 256, 128, 129)))
        assert FEWEST <= made.sum() * 16 <= MOST + 2 * BITMAP

    def test_the_limits_of_ink_and_the_box_are_those_of_the_data(self):
        images = Digits().draw(1).inputs[:, 0]
        ink = images.sum(axis=(1, 2)) * 16
        assert [float(each) for each in np.percentile(ink, [5, 95])] == pytest.approx([FEWEST, MOST], abs=1)
        full = (images[:, 0].max(axis=1) > 0) & (images[:, 7].max(axis=1) > 0)
        assert full.mean() > 0.95
        inside = images[:, :, 1:7].sum(axis=(1, 2)) / images.sum(axis=(1, 2))
        assert np.percentile(inside, 5) > 0.95

    def test_an_image_of_the_data_drawn_large_comes_back_nearly_as_it_was(self):
        samples = Digits().draw(1)
        some = np.arange(0, 1797, 17)
        drawn = np.array([as_digits(np.kron(each[0], np.ones((32, 32)))) for each in samples.inputs[some]])
        others = np.setdiff1d(np.arange(1797), some)
        apart = ((drawn[:, None] - samples.inputs[others][None]) ** 2).sum(axis=(2, 3, 4))
        nearest = samples.targets[others][apart.argmin(axis=1)]
        assert (nearest == samples.targets[some]).mean() > 0.9


class TestMnist:
    @given(drawings)
    def test_grey_levels_in_a_box_of_twenty_around_the_centre_of_mass(self, ink):
        made = as_mnist(ink)[0]
        assert made.shape == (28, 28) and made.min() >= 0 and made.max() <= 1 + 1e-12
        rows, columns = np.flatnonzero(made.any(axis=1)), np.flatnonzero(made.any(axis=0))
        assert max(np.ptp(rows), np.ptp(columns)) < 20
        for axis, seen in ((1, rows), (0, columns)):
            centre = (made.sum(axis=axis) * (np.arange(28) + 0.5)).sum() / made.sum()
            assert abs(centre - 14) <= 0.5 + 1e-9 or seen[0] == 0 or seen[-1] == 27

    def test_proportions_are_kept_by_hand(self):
        made = as_mnist(sheet((50, 150, 100, 150)))[0]  # 100 high, 50 wide: 20 x 10 in the middle
        assert made.sum() == pytest.approx(200)
        assert np.array_equal(np.argwhere(made > 0.5)[[0, -1]], [[4, 9], [23, 18]])


def test_who_knows_how_to_prepare():
    assert preparation((1, 8, 8)) is as_digits
    assert preparation((1, 28, 28)) is as_mnist
    assert preparation((3, 28, 28)) is None and preparation((4,)) is None
