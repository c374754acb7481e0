import mpmath
import msgspec
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from model.landscape import SURFACES, Bowl

coordinates = st.floats(-100, 100)


def test_values_by_hand():
    bowl = Bowl()
    assert bowl.value(0.0, 0.0) == 0
    assert bowl.value(10.0, 3.0) == 14
    np.testing.assert_allclose(bowl.value(-7.0, 2.0), 6.45, rtol=1e-15)
    np.testing.assert_allclose(bowl.gradient(-7.0, 2.0), [-0.7, 4.0], rtol=1e-15)


@given(coordinates, coordinates)
def test_gradient_is_the_numerical_derivative_of_the_formula(x, y):
    with mpmath.workdps(40):
        expected = [mpmath.diff(lambda a, b: a**2 / 20 + b**2, (x, y), order) for order in ((1, 0), (0, 1))]
    np.testing.assert_allclose(Bowl().gradient(x, y), [float(e) for e in expected], rtol=1e-12, atol=1e-12)


def test_takes_a_grid_of_points():
    x, y = np.linspace(-10, 10, 5), np.linspace(-5, 5, 3)[:, None]
    bowl = Bowl()
    assert bowl.value(x, y).shape == (3, 5)
    slopes = bowl.gradient(x, y)
    assert [slope.shape for slope in slopes] == [(3, 5), (3, 5)]
    assert bowl.value(x, y)[2, 0] == bowl.value(-10.0, 5.0) == 30
    assert (slopes[0][2, 0], slopes[1][2, 0]) == (-1.0, 10.0)


def test_every_surface_is_described_and_lowest_at_its_minimum():
    for surface in SURFACES:
        assert surface.label and surface.formula and surface.meaning.endswith(".")
        (x_low, x_high), (y_low, y_high) = surface.domain
        assert x_low <= surface.minimum[0] <= x_high and y_low <= surface.minimum[1] <= y_high
        grid = surface.value(np.linspace(x_low, x_high, 50), np.linspace(y_low, y_high, 50)[:, None])
        assert surface.value(*surface.minimum) <= grid.min()
        assert not np.any(surface.gradient(*surface.minimum))


def test_is_compared_and_written_by_name():
    assert Bowl() == Bowl()
    assert msgspec.json.encode(Bowl()) == b'{"type":"bowl"}'
