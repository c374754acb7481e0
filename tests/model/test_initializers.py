import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from model.initializers import (
    INITIALIZERS,
    Constant,
    He,
    HeUniform,
    Initializer,
    Normal,
    Uniform,
    Xavier,
    XavierUniform,
    Zero,
)
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


uniform_rules = pytest.mark.parametrize(
    ("spec", "limit", "normal"),
    [(XavierUniform(), math.sqrt(6 / (100 + 400)), Xavier()), (HeUniform(), math.sqrt(6 / 100), He())],
    ids=["xavier", "he"],
)


@uniform_rules
def test_a_uniform_rule_keeps_to_its_bounds_and_has_the_variance_of_the_normal_one(spec, limit, normal):
    weights = draw(spec, 100, 400)
    assert_allclose(spec.limit(100, 400), limit, rtol=1e-15)
    assert_allclose(spec.standard_deviation(100, 400), normal.standard_deviation(100, 400), rtol=1e-15)
    # Of 40,000 numbers the outermost come within a thousandth of the ends, and none beyond them.
    assert -limit <= weights.min() < -0.999 * limit
    assert 0.999 * limit < weights.max() <= limit
    # five standard errors; the fourth moment of a uniform distribution is a^4 / 5
    error = math.sqrt((1 / 5 - 1 / 9) / weights.size) * limit**2
    assert abs(weights.var() - limit**2 / 3) < 5 * error
    assert abs(weights.mean()) < 5 * limit / math.sqrt(3 * weights.size)


@given(st.sampled_from([XavierUniform(), HeUniform()]), st.integers(0, 2**31), st.integers(1, 60), st.integers(1, 60))
def test_goodness_of_fit_of_a_uniform_draw(spec, seed, n_in, n_out):
    """Kolmogorov and Smirnov: the share of weights below any w is nowhere far from (w + a) / 2a.

    Dvoretzky, Kiefer, Wolfowitz, Massart: a larger distance than sqrt(log(2 / p) / 2n) has at most the probability p.
    """
    weights = np.sort(spec.draw(n_in, n_out, stream(seed, "weights")), axis=None)
    limit = math.sqrt(3) * (Xavier() if isinstance(spec, XavierUniform) else He()).standard_deviation(n_in, n_out)
    expected, n = (weights + limit) / (2 * limit), weights.size
    above, below = np.arange(1, n + 1) / n - expected, expected - np.arange(n) / n
    assert max(above.max(), below.max()) < math.sqrt(math.log(2 / 1e-12) / (2 * n))


def test_a_uniform_draw_by_hand():
    random = stream(7, "weights").random(6)  # unit by unit: the first three belong to the first one
    weights = XavierUniform().draw(3, 2, stream(7, "weights"))
    assert_allclose(weights, (2 * random.reshape(2, 3).T - 1) * math.sqrt(6 / 5), rtol=1e-15)


def test_the_draws_of_the_rules_that_were_there_before_stay_as_they_were():
    """Files that were saved with them must go on giving the same run."""
    numbers = stream(1, "weights").standard_normal((4, 5)).T
    for spec, deviation in ((Xavier(), math.sqrt(2 / 9)), (He(), math.sqrt(2 / 5)), (Normal(std=0.3), 0.3)):
        assert_array_equal(draw(spec, 5, 4), numbers * deviation)


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
    if kind in (Xavier, XavierUniform):  # all of them shrink a little, by sqrt(8 / 9), but keep their direction
        assert_allclose(more[:, :3], fewer * math.sqrt(8 / 9), rtol=1e-14)
    else:
        assert_array_equal(more[:, :3], fewer)


@every_initializer
def test_every_initializer_says_what_it_is(kind):
    assert kind.label and kind.meaning


def test_the_contract_has_no_rule_of_its_own():
    with pytest.raises(NotImplementedError):
        Initializer().standard_deviation(1, 1)
    with pytest.raises(NotImplementedError):
        Uniform().draw(1, 1, stream(1, "weights"))
