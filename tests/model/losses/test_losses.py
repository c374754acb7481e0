"""What every loss in the table must hold."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from model.losses import LOSSES, Loss, LossSpec, MeanSquaredError, SoftmaxCrossEntropy
from model.signal import Signal

every_loss = pytest.mark.parametrize("kind", LOSSES, ids=lambda kind: kind.__name__)


def wired(kind, y, t, dtype="float64"):
    signal = Signal.of_size(len(y), np.shape(y)[1:], np.dtype(dtype), learns=True)
    signal.values[...] = y
    return signal, kind().wire(signal, np.asfortranarray(t, dtype))


def some(kind, batch, outputs, seed):
    random = np.random.default_rng(seed)
    y = random.normal(0, 3, (batch, outputs))
    if kind is MeanSquaredError:
        return y, random.normal(0, 3, (batch, outputs))
    if kind is SoftmaxCrossEntropy:
        return y, np.eye(outputs)[random.integers(0, outputs, batch)]
    return y, random.integers(0, 2, (batch, outputs)).astype(float)


@every_loss
@settings(max_examples=25)
@given(batch=st.integers(1, 6), outputs=st.integers(1, 5), seed=st.integers(0, 1000))
def test_backward_is_the_slope_of_forward(kind, batch, outputs, seed):
    signal, loss = wired(kind, *some(kind, batch, outputs, seed))
    loss.forward()
    loss.backward()
    gradient = signal.gradient.copy()
    for place in np.ndindex(signal.values.shape):
        value = signal.values[place]
        signal.values[place] = value + 1e-5
        above = loss.forward()
        signal.values[place] = value - 1e-5
        below = loss.forward()
        signal.values[place] = value
        assert_allclose(gradient[place], (above - below) / 2e-5, rtol=1e-6, atol=1e-8)


@every_loss
@settings(max_examples=25)
@given(batch=st.integers(1, 6), outputs=st.integers(1, 5), seed=st.integers(0, 1000))
def test_a_batch_is_the_mean_of_its_samples(kind, batch, outputs, seed):
    y, t = some(kind, batch, outputs, seed)
    signal, loss = wired(kind, y, t)
    whole = loss.forward()
    loss.backward()
    assert_allclose(kind().of_each(y, t).mean(), whole, rtol=1e-12, atol=1e-14)
    alone, gradients = [], []
    for i in range(batch):
        one_signal, one = wired(kind, y[i : i + 1], t[i : i + 1])
        alone.append(one.forward())
        one.backward()
        gradients.append(one_signal.gradient[0] / batch)
    assert_allclose(whole, np.mean(alone), rtol=1e-12, atol=1e-14)
    assert_allclose(signal.gradient, gradients, rtol=1e-12, atol=1e-15)


@every_loss
def test_single_precision_stays_single(kind):
    y, t = some(kind, 4, 3, seed=1)
    signal, loss = wired(kind, y, t, "float32")
    single = loss.forward()
    loss.backward()
    assert type(single) is float
    assert signal.gradient.dtype == np.float32
    slots = {name for cls in type(loss).__mro__ for name in getattr(cls, "__slots__", ())}
    arrays = [v for v in (getattr(loss, name) for name in slots) if isinstance(v, np.ndarray)]
    assert {array.dtype for array in arrays} == {np.dtype("float32")}
    assert_allclose(single, wired(kind, y, t)[1].forward(), rtol=1e-5)


@every_loss
@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_what_is_not_finite_is_seen(kind, bad):
    y, t = np.array([[bad, bad]]), np.array([[1.0, 0.0]])
    with np.errstate(invalid="ignore"):
        assert not np.isfinite(wired(kind, y, t)[1].forward())


@every_loss
def test_targets_are_left_alone(kind):
    y, t = some(kind, 4, 3, seed=1)
    loss = wired(kind, y, t)[1]
    loss.forward()
    loss.backward()
    assert_array_equal(loss.t, t)


@every_loss
def test_every_loss_says_what_it_is(kind):
    assert kind.label and kind.meaning


def test_the_contract_has_no_loss_of_its_own():
    signal, loss = wired(MeanSquaredError, np.ones((1, 1)), np.ones((1, 1)))
    bare = Loss(signal, loss.t)
    for call in (bare.forward, bare.backward, lambda: LossSpec().wire(signal, loss.t)):
        with pytest.raises(NotImplementedError):
            call()
    assert_array_equal(LossSpec().predict(np.ones((1, 1))), 1)
