"""What every layer in the table must hold."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from model.hyperparameter import hyperparameters
from model.layers import (
    ACTIVATIONS,
    LAYERS,
    Affine,
    AveragePooling,
    Block,
    Convolution,
    Flatten,
    Maxout,
    MaxPooling,
    Softmax,
)
from model.layers.layer import Layer, LayerSpec
from model.network import Network
from model.signal import Signal

every_layer = pytest.mark.parametrize("kind", LAYERS, ids=lambda kind: kind.__name__)
every_activation = pytest.mark.parametrize("kind", ACTIVATIONS, ids=lambda kind: kind.__name__)


OF_IMAGES = Convolution, MaxPooling, AveragePooling


def specs(kind):
    """Descriptions of one kind, with any hyperparameters of its domain (few units)."""
    fields = {}
    for p in hyperparameters(kind):
        if p.kind is int:
            fields[p.name] = st.integers(p.minimum, 0 if p.name == "padding" else 3 if p.name == "size" else 5)
        elif p.kind is float:
            fields[p.name] = st.floats(
                p.minimum, min(p.maximum, 5), exclude_min=p.minimum_excluded, exclude_max=p.maximum_excluded
            )
    return st.builds(kind, **fields)


def shapes(kind):
    if kind in OF_IMAGES:
        return st.tuples(st.integers(1, 2), st.integers(3, 5), st.integers(3, 5))
    if kind is Flatten:
        return st.lists(st.integers(1, 3), min_size=1, max_size=3).map(tuple)
    return st.tuples(st.integers(2 if kind is Softmax else 1, 6))


def example(kind):
    """A layer and the shape of a sample of 4 numbers that it takes."""
    if kind in OF_IMAGES:
        return (kind(filters=3, size=2) if kind is Convolution else kind()), (1, 2, 2)
    return (kind(units=3) if kind in (Affine, Maxout) else kind()), (4,)


@every_layer
@settings(max_examples=25)
@given(data=st.data(), batch=st.integers(1, 5), seed=st.integers(0, 1000))
def test_backward_is_the_slope_of_forward(kind, data, batch, seed, backward_agrees):
    backward_agrees(data.draw(specs(kind)), data.draw(shapes(kind)), batch, seed)


@every_layer
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_numbers_keep_their_precision(kind, dtype, bench):
    made = bench(*example(kind), 3, seed=1, dtype=dtype)
    with np.errstate(all="raise"):
        made.forward()
        made.backward()
    assert made.y.values.dtype == made.y.gradient.dtype == made.y.with_one.dtype == np.dtype(dtype)
    if made.layer:
        slots = {name for cls in type(made.layer).__mro__ for name in getattr(cls, "__slots__", ())}
        names = [name for name in slots if isinstance(getattr(made.layer, name), np.ndarray)]
        arrays = [getattr(made.layer, name) for name in names]
        # Dice are float32 always (see `dropout`); what says which one it was is no number to compute with.
        numbers = {name: array for name, array in zip(names, arrays, strict=True) if array.dtype.kind == "f"}
        assert all(array.dtype == np.dtype(dtype) for name, array in numbers.items() if name not in ("dice", "keep"))


@every_layer
def test_the_column_of_ones_is_left_alone(kind, bench):
    made = bench(*example(kind), 3, seed=1)
    made.forward()
    made.backward()
    assert_array_equal(made.x.with_one[:, -1], 1)
    assert_array_equal(made.y.with_one[:, -1], 1)


INPUTS = np.random.default_rng(2).normal(size=(3, 4))


def evaluated(kind, batch):
    """Outputs of a layer in evaluation mode as a function of its inputs (batch, 4)."""
    spec, shape = example(kind)
    network = Network([spec], shape)
    network.numbers[:] = np.random.default_rng(1).uniform(0.5, 2, network.numbers.shape)
    wiring = network.wire(batch, learns=False)

    def outputs(inputs):
        wiring.input.values[...] = inputs.reshape(batch, *shape)
        wiring.forward()
        return wiring.output.values.copy()

    return outputs


@every_layer
def test_samples_of_a_batch_do_not_mix(kind, bench):
    """One sample by itself gives what it gives among others (but for the last bits: other sums in the product)."""
    many, ones = (evaluated(kind, batch) for batch in (3, 1))
    for i in range(3):
        np.testing.assert_allclose(ones(INPUTS[i : i + 1])[0], many(INPUTS)[i], rtol=1e-14)


@every_layer
def test_without_learning_there_is_no_gradient(kind):
    spec, shape = example(kind)
    x = Signal.of_size(3, shape, np.dtype("float64"), learns=False)
    size = sum(int(np.prod(s)) for s in spec.parameter_shapes(shape).values())
    state = np.concatenate([np.zeros(0), *(values for _, values in spec.initial_state(shape))])
    layer, y = spec.wire(x, spec.output_shape(shape), Block(np.ones(size), np.ones(0), state, learns=False))
    if layer:
        layer.forward()
    assert not y.learns
    assert y.gradient.size == 0


@every_layer
def test_every_layer_says_what_it_is(kind):
    assert kind.label and kind.meaning


@every_activation
def test_a_curve_is_the_layer_at_work(kind, bench):
    x = np.linspace(-5, 5, 31)  # has a 0 in the middle
    y, slope = kind().curve(x)
    made = bench(kind(), (31,), 1, seed=1)
    made.x.values[0] = x
    made.forward()
    assert_array_equal(y, made.y.values[0])
    apart = x != 0
    differences = (kind().curve(x + 1e-6)[0] - kind().curve(x - 1e-6)[0]) / 2e-6
    np.testing.assert_allclose(slope[apart], differences[apart], rtol=1e-8, atol=1e-8)


@every_activation
def test_a_curve_far_out_is_quiet_and_finite(kind):
    x = np.array([-1e4, -1000.0, 0.0, 1000.0, 1e4])
    y, slope = kind().curve(x)
    assert np.isfinite(y).all() and np.isfinite(slope).all()
    assert kind().curve(x.astype(np.float32))[0].dtype == np.float32


@every_activation
def test_a_curve_is_a_copy(kind):
    x = np.array([1.0, 2.0])
    y, slope = kind().curve(x)
    y[:] = slope[:] = 9
    assert_array_equal(x, [1, 2])


@every_activation
def test_what_is_said_of_an_activation_holds(kind):
    far_left, left, far_right = kind().curve(np.array([-40.0, -3.0, 40.0]))[1]
    assert kind.saturates == (abs(far_left) < 1e-10 and abs(far_right) < 1e-10)
    assert kind.can_die == (left == 0)
    largest = np.abs(kind().curve(np.array([-1000.0, -1.0, 1.0, 1000.0]))[0]).max()
    assert largest == kind.output_limit if kind.output_limit is not None else largest > 999
    assert kind.formula


def test_the_contract_has_no_layer_of_its_own():
    x = Signal.of_size(1, (1,), np.dtype("float64"), learns=True)
    for call in (Layer(x, x).forward, Layer(x, x).backward):
        with pytest.raises(NotImplementedError):
            call()
    with pytest.raises(NotImplementedError):
        LayerSpec().wire(x, (1,), Block(np.ones(0), np.ones(0), np.ones(0), learns=True))
