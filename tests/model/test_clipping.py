import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from msgspec.structs import replace
from numpy.testing import assert_allclose, assert_array_equal

from model.clipping import Clipping, clip, norm
from model.optimizers import SGD
from model.regularization import Regularization, weights_of
from model.trainer import Trainer
from tests.model.straight_way import PLAIN


def test_by_hand():
    gradient = np.array([3.0, -4.0])
    clip(gradient, 10.0)
    assert gradient.tolist() == [3.0, -4.0]
    clip(gradient, 2.5)
    assert gradient.tolist() == [1.5, -2.0]


@given(
    gradient=arrays(np.float64, st.integers(1, 6), elements=st.floats(-1e3, 1e3)),
    longest=st.floats(1e-3, 1e4),
)
def test_no_longer_than_allowed_and_in_the_same_direction(gradient, longest):
    clipped = gradient.copy()
    clip(clipped, longest)
    length = float(np.sqrt(np.square(gradient).sum()))
    assert norm(clipped) <= longest * (1 + 1e-12)
    if length <= longest:
        assert_array_equal(clipped, gradient)
    else:
        assert_allclose(clipped * length, gradient * longest, rtol=1e-12, atol=1e-300)


@pytest.mark.parametrize(("size", "precision"), [(1e200, "float64"), (1e30, "float32")])
def test_numbers_too_large_to_be_squared(size, precision):
    gradient = np.array([3 * size, -4 * size], precision)
    with np.errstate(over="ignore"):
        assert norm(gradient) == pytest.approx(5 * size, rel=1e-6)
        clip(gradient, 10.0)
    assert_allclose(gradient, [6, -8], rtol=1e-6)
    assert gradient.dtype == precision


@pytest.mark.parametrize("bad", [np.inf, -np.inf, np.nan])
def test_what_is_not_finite_stays(bad):
    gradient = np.array([1.0, bad])
    with np.errstate(invalid="ignore"):
        clip(gradient, 0.5)
    assert_array_equal(gradient, [1.0, bad])


def test_an_update_goes_by_the_clipped_sum_of_the_gradient_and_the_penaltys():
    experiment = replace(
        PLAIN,
        optimizer=SGD(learning_rate=0.1),
        regularization=Regularization(l2=3.0),
        clipping=Clipping(norm=0.25),
    )
    trainer = Trainer(experiment)
    before = trainer.network.parameters.copy()
    trainer.step()
    whole = trainer.network.gradient + 3.0 * weights_of(trainer.network.layout) * before
    assert np.linalg.norm(whole) > 0.25 < np.linalg.norm(trainer.network.gradient)
    assert_allclose(trainer.network.parameters, before - 0.1 * 0.25 * whole / np.linalg.norm(whole), rtol=1e-13)


def test_a_limit_that_is_never_reached_changes_no_bit():
    free, limited = Trainer(PLAIN), Trainer(replace(PLAIN, clipping=Clipping(norm=1e9)))
    for trainer in (free, limited):
        trainer.advance(50)
    assert_array_equal(free.network.parameters, limited.network.parameters)
    assert_array_equal(free.record.losses(), limited.record.losses())


def test_a_run_that_would_diverge_is_held():
    wild = replace(PLAIN, optimizer=SGD(learning_rate=30.0))
    free, limited = Trainer(wild), Trainer(replace(wild, clipping=Clipping(norm=0.001)))
    for trainer in (free, limited):
        trainer.advance(400)
    assert limited.diverged is None
    assert limited.record.losses()[-20:].mean() < free.record.losses()[-20:].mean() / 10
