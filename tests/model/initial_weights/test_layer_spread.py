import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_allclose

from model.initial_weights.layer_spread import BINS, axis_of, counts, layer_spread, rows
from model.layers import ELU, Identity, LeakyReLU, ReLU, Sigmoid, Softmax, Tanh
from model.saturation import saturation

ONE = np.ones((1, 1))


def measure(activation, z, dz=None, weights=ONE):
    z = np.asarray(z, float)
    y, slopes = (each.reshape(z.shape) for each in activation.curve(z.ravel()))
    return layer_spread(activation, y, slopes, np.zeros_like(z) if dz is None else np.asarray(dz, float), weights)


def test_by_hand():
    """Two units, two samples, ReLU: outputs 0, 1 and 0, 3."""
    found = measure(ReLU(), [[-1, 0], [1, 3.5]], dz=[[0, 0], [3, 4]], weights=np.array([3.0, -4.0]))
    assert found.mean == 4.5 / 4
    assert_allclose(found.std, np.sqrt((0 + 0 + 1 + 12.25) / 4 - (4.5 / 4) ** 2))
    assert_allclose(found.between_samples, np.sqrt((0.25 + 3.0625) / 2))
    assert (found.at_ends, found.beyond, found.dead, found.units) == (0.5, 0.25, 0, 2)
    assert_allclose(found.gradient, 2.5)
    assert_allclose(found.weights, np.sqrt(12.5))
    assert found.shares[0] == 0.5 and found.shares[-1] == 0.25 and found.shares[10] == 0.25


def test_units_that_say_always_the_same_are_spread_and_carry_nothing():
    found = measure(Sigmoid(), np.tile([-2.0, 0, 2], (5, 1)))
    assert found.std > 0.3 and found.between_samples < 1e-15


def test_numbers_that_are_lost_are_counted_and_the_others_still_shown():
    y, slopes = np.array([[np.inf, 1.0], [np.nan, 2.0]]), np.ones((2, 2))
    found = layer_spread(ReLU(), y, slopes, np.zeros((2, 2)), ONE)
    assert (found.lost, found.mean, found.std) == (0.5, 1.5, 0.5)
    assert found.shares.sum() == 1
    nothing = layer_spread(ReLU(), y[:, :1], slopes[:, :1], np.zeros((2, 1)), ONE)
    assert nothing.lost == 1 and np.isnan(nothing.mean) and nothing.shares.sum() == 0


@given(arrays(float, 50, elements=st.floats(-3, 3)), st.sampled_from([(0.0, 1.0), (-1.0, 1.0), (0.0, 3.0)]))
def test_counts_as_numpy_counts(numbers, ends):
    clipped = np.clip(numbers, *ends)
    edges = np.linspace(*ends, BINS + 1)
    away = np.abs(clipped[:, None] - edges).min(axis=1) > 1e-9  # on an edge, rounding decides
    away |= (numbers <= ends[0]) | (numbers >= ends[1])
    assert_allclose(counts(numbers[away], *ends), np.histogram(clipped[away], bins=BINS, range=ends)[0])


def test_what_is_flat_and_what_is_dead_agrees_with_the_activation_panel():
    z = np.random.default_rng(3).normal(0, 5, (50, 6))
    z[:, 0] = -np.abs(z[:, 0]) - 0.1
    for activation in (Sigmoid(), Tanh(), ReLU(), ELU(), LeakyReLU()):
        found, expected = measure(activation, z), saturation(activation, z)
        assert (found.at_ends, found.dead) == (pytest.approx(expected.share), expected.dead)


@given(arrays(float, (4, 3), elements=st.floats(-40, 40)), st.sampled_from([Sigmoid(), Tanh(), ReLU(), ELU()]))
def test_all_shares_together_are_one_and_between_samples_is_a_part_of_all(z, activation):
    found = measure(activation, z)
    assert found.shares.shape == (BINS,)
    assert_allclose(found.shares.sum(), 1)
    assert found.between_samples <= found.std * (1 + 1e-9) + 1e-12


@pytest.mark.parametrize(
    ("activation", "axis"),
    [
        (Sigmoid(), (0, 1)),
        (Tanh(), (-1, 1)),
        (ReLU(), (0, 3)),
        (ELU(), (-1, 3)),
        (LeakyReLU(), (-2, 3)),
        (Identity(), (-3, 3)),
        (Softmax(), (-3, 3)),
    ],
    ids=lambda each: type(each).__name__,
)
def test_the_axis_has_all_that_can_come_out(activation, axis):
    assert axis_of(activation) == axis


def test_every_pixel_of_an_image_is_a_sample():
    images = np.arange(24.0).reshape(2, 3, 2, 2)
    assert rows(images).shape == (8, 3)
    assert set(rows(images)[:, 1]) == set(images[:, 1].ravel())
