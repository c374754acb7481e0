import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from model.initializers import He
from model.layers import Maxout, ShapeError


@pytest.fixture
def worked(bench):
    """x (2, 1), two units of two pieces: z = x W + b with W = [[1, -1], [3, 2]] (pieces, units), b all 0 but one."""
    made = bench(Maxout(units=2), (1,), 2, seed=1)
    made.x.values[...] = [[2.0], [-1.0]]
    made.parameters[:] = [1, -1, 3, 2, 0, 0.5, 0, 0]
    made.weights = np.array([[1.0, 10], [100, 1000]])  # dL/dy
    made.forward()
    made.backward()
    return made


def test_the_largest_of_the_affine_maps(worked):
    # x = 2: pieces (2, -1.5) and (6, 4); x = -1: (-1, 1.5) and (-3, -2)
    assert_array_equal(worked.y.values, [[6, 4], [-1, 1.5]])


def test_the_gradient_goes_to_the_winner(worked):
    # x = 2: piece 1 won twice; x = -1: piece 0 won twice
    assert_array_equal(worked.gradient, [-100, -1000, 2, 20, 100, 1000, 1, 10])
    assert_array_equal(worked.x.gradient, [[1 * 3 + 10 * 2], [100 * 1 + 1000 * -1]])


def test_of_equal_ones_the_first_wins(bench):
    made = bench(Maxout(units=1, pieces=3), (1,), 1, seed=1)
    made.parameters[:] = [1, 2, 2, 0, 0, 0]
    made.x.values[...] = 1
    made.weights = np.ones((1, 1))
    made.forward()
    made.backward()
    assert_array_equal(made.gradient, [0, 1, 0, 0, 1, 0])


def test_it_can_become_an_absolute_value(bench):
    made = bench(Maxout(units=1), (1,), 5, seed=1)
    made.x.values[:, 0] = [-3, -1, 0, 2, 4]
    made.parameters[:] = [1, -1, 0, 0]
    made.forward()
    assert_array_equal(made.y.values[:, 0], [3, 1, 0, 2, 4])


def test_shapes_and_initial_weights():
    spec = Maxout(units=3, pieces=4, weights=He())
    assert spec.output_shape((5,)) == (3,)
    assert spec.parameter_shapes((5,)) == {"weights": (5, 4, 3), "bias": (4, 3)}
    drawn = dict(spec.initial((5,), np.random.default_rng(1)))
    assert drawn["weights"].shape == (5, 4, 3) and not drawn["bias"].any()
    many = dict(Maxout(units=400, pieces=3, weights=He()).initial((50,), np.random.default_rng(1)))["weights"]
    assert_allclose(many.std(), np.sqrt(2 / 50), rtol=0.02)
    with pytest.raises(ShapeError, match="flatten"):
        spec.output_shape((1, 8, 8))
