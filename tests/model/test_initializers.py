import math

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from model.initializers import INITIALIZERS, Constant, He, Initializer, Normal, Xavier, Zero
from model.random_streams import stream

every_initializer = pytest.mark.parametrize("kind", INITIALIZERS, ids=lambda kind: kind.__name__)


def draw(spec, n_in, n_out):
    return spec.draw(n_in, n_out, stream(1, "weights"))


@pytest.mark.parametrize(("spec", "variance"), [(Xavier(), 2 / (100 + 400)), (He(), 2 / 100), (Normal(std=0.3), 0.09)])
def test_mean_and_variance(spec, variance):
    weights = draw(spec, 100, 400)
    n = weights.size
    assert_allclose(spec.standard_deviation(100, 400) ** 2, variance, rtol=1e-15)
    # five standard errors: sqrt(variance / n) of a mean, variance sqrt(2 / n) of a normal variance
    assert abs(weights.mean()) < 5 * math.sqrt(variance / n)
    assert abs(weights.var() - variance) < 5 * variance * math.sqrt(2 / n)
    standardised = (weights - weights.mean()) / weights.std()
    assert abs((standardised**4).mean() - 3) < 5 * math.sqrt(24 / n)  # the fourth moment of a normal


@pytest.mark.parametrize("activation", ["identity", "relu"])
def test_a_signal_keeps_its_size_through_many_layers(activation):
    """What Xavier and He were made for, seen from outside."""
    random = np.random.default_rng(1)
    x = random.normal(size=(50, 256))
    before = (x**2).mean()
    for _ in range(10):
        x = x @ (Xavier() if activation == "identity" else He()).draw(256, 256, random)
        x = np.maximum(x, 0) if activation == "relu" else x
    after = (x**2).mean() * (2 if activation == "relu" else 1)  # He speaks of what goes into the ReLU
    assert 0.4 < after / before < 2.5


def test_what_is_not_random():
    zero = draw(Zero(), 3, 2)
    assert_array_equal(zero, np.zeros((3, 2)))
    assert not np.signbit(zero).any()
    assert_array_equal(draw(Constant(value=-0.5), 3, 2), np.full((3, 2), -0.5))
    assert_array_equal(draw(Normal(std=0), 3, 2), 0)


@every_initializer
def test_the_same_stream_gives_the_same_weights(kind):
    assert_array_equal(draw(kind(), 5, 4), draw(kind(), 5, 4))
    assert draw(kind(), 5, 4).shape == (5, 4)


@every_initializer
def test_one_unit_more_leaves_the_others_alone(kind):
    fewer, more = draw(kind(), 5, 3), draw(kind(), 5, 4)
    if kind is Xavier:  # all of them shrink a little, by sqrt(8 / 9), but keep their direction
        assert_allclose(more[:, :3], fewer * math.sqrt(8 / 9), rtol=1e-14)
    else:
        assert_array_equal(more[:, :3], fewer)


@every_initializer
def test_every_initializer_says_what_it_is(kind):
    assert kind.label and kind.meaning


def test_the_contract_has_no_rule_of_its_own():
    with pytest.raises(NotImplementedError):
        Initializer().standard_deviation(1, 1)
