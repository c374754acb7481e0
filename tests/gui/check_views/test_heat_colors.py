"""Colours of relative errors, and the picture of a layer that has more parameters than pixels."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_array_equal
from PySide6.QtGui import QColor

from gui.check_views.heat_colors import reduced, shade, skipped_color
from gui.theme import DARK, LIGHT

every_theme = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)


def test_of_several_in_one_place_the_largest_stays() -> None:
    errors = np.array([[1.0, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12], [13, 14, 15, 16]])
    assert_array_equal(reduced(errors, 2, 2), [[6, 8], [14, 16]])
    assert_array_equal(reduced(errors, 4, 1), [[4], [8], [12], [16]])
    assert reduced(errors, 10, 10) is errors


def test_what_was_skipped_yields_to_any_number() -> None:
    errors = np.array([[np.nan, 1e-9], [np.nan, np.nan]])
    assert_array_equal(reduced(errors, 1, 2), [[np.nan, 1e-9]])
    assert_array_equal(reduced(errors, 1, 1), [[1e-9]])


@given(
    st.data(),
    st.integers(1, 150),
    st.integers(1, 150),
    st.integers(1, 40),
    st.integers(1, 40),
)
def test_a_single_bad_cell_is_never_lost(data, rows, columns, most_rows, most_columns) -> None:
    errors = np.full((rows, columns), 1e-9)
    row, column = data.draw(st.integers(0, rows - 1)), data.draw(st.integers(0, columns - 1))
    errors[row, column] = 1.0
    seen = reduced(errors, most_rows, most_columns)
    assert seen.shape == (min(rows, most_rows), min(columns, most_columns))
    assert (seen == 1.0).sum() == 1
    at = np.argwhere(seen == 1.0)[0]
    # It is where it belongs, to a place.
    assert abs(at[0] / seen.shape[0] - row / rows) <= 1 / seen.shape[0]
    assert abs(at[1] / seen.shape[1] - column / columns) <= 1 / seen.shape[1]


@given(arrays(float, (7, 9), elements=st.floats(0, 10)))
def test_the_largest_of_all_is_among_them(errors) -> None:
    assert reduced(errors, 3, 2).max() == errors.max()


def contrast(one, other) -> float:
    """WCAG 2.2."""

    def luminance(rgb) -> float:
        parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in np.array(rgb[:3]) / 255]
        return float(np.dot(parts, (0.2126, 0.7152, 0.0722)))

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@every_theme
def test_across_the_tolerance_the_colour_jumps_in_lightness_too(theme) -> None:
    below, above = shade([0.99e-4, 1.01e-4], 1e-4, theme)
    assert contrast(below, above) > 1.8
    assert contrast(above, QColor(theme.panel).getRgb()) > 3


@every_theme
def test_skipped_and_infinite_have_colours_of_their_own(theme) -> None:
    skipped, infinite, none = shade([np.nan, np.inf, 0.0], 1e-4, theme)
    assert tuple(skipped[:3]) == skipped_color(theme).getRgb()[:3]
    assert tuple(infinite[:3]) == QColor(theme.warning).getRgb()[:3]
    assert_array_equal(none, shade([1e-12], 1e-4, theme)[0])


@every_theme
@pytest.mark.parametrize("tolerance", [1e-14, 1e-12, 1e-4, 0.999])
def test_the_shades_grow_with_the_error(theme, tolerance) -> None:
    ground = np.array(QColor(theme.panel).getRgb()[:3], float)
    errors = np.logspace(-13, 1, 60)
    colours = shade(errors, tolerance, theme)[:, :3]
    assert colours.shape == (60, 3)
    for part in (colours[errors <= tolerance], colours[errors > tolerance]):
        distance = np.linalg.norm(part - ground, axis=1)
        assert (np.diff(distance) > -2.5).all()  # up to the rounding of the channels
