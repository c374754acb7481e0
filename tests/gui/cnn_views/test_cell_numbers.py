import math

import pytest

from gui.cnn_views.cell_numbers import short


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.4321, ".43"),
        (-0.2, "−.2"),
        (0.5, ".5"),
        (0.001, "0"),
        (-1.25, "−1.2"),
        (2.0, "2"),
        (10.04, "10"),
        (0.996, "1"),
        (123.4, "123"),
        (123456.0, "1e+05"),
        (math.nan, "?"),
        (math.inf, "?"),
    ],
)
def test_so_short_that_it_fits_into_a_pixel(value, text):
    assert short(value) == text
