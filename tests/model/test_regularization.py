"""The price of the weights: by hand, against differences of the penalty, and in training."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from msgspec.structs import replace
from numpy.testing import assert_allclose, assert_array_equal

from model.data import Data
from model.datasets import Digits
from model.experiment import Experiment, NetworkSpec
from model.layers import LAYERS, Affine, BatchNorm, Convolution, Flatten, Maxout, MaxPooling, ReLU, Tanh
from model.losses import SoftmaxCrossEntropy
from model.optimizers import SGD, Adam, AdamW
from model.parameters import Layout
from model.regularization import PenaltyGradient, Regularization, penalty, weights_of
from model.trainer import Trainer
from tests.model.straight_way import PLAIN

LAYOUT = Layout([{"weights": (2, 1), "bias": (1,)}, {}, {"scale": (2,), "shift": (1,)}, {"weights": (1,)}])


def test_weights_alone_have_a_price():
    assert weights_of(LAYOUT).tolist() == [True, True, False, False, False, False, True]


def test_the_penalty_by_hand():
    parameters = np.array([3.0, -4.0, 100.0, 100.0, 100.0, 100.0, 2.0])
    assert penalty(Regularization(), LAYOUT, parameters) == 0
    assert penalty(Regularization(l1=0.5), LAYOUT, parameters) == pytest.approx(0.5 * 9)
    assert penalty(Regularization(l2=0.5), LAYOUT, parameters) == pytest.approx(0.25 * (9 + 16 + 4))
    assert penalty(Regularization(l1=0.5, l2=0.5), LAYOUT, parameters) == pytest.approx(4.5 + 7.25)


def test_its_gradient_by_hand():
    parameters = np.array([3.0, -4.0, 100.0, 0.0, 0.0, 0.0, 0.0])
    gradient = np.ones(7)
    PenaltyGradient(Regularization(l1=0.5, l2=0.25), weights_of(LAYOUT), parameters).add_to(gradient)
    assert gradient.tolist() == [1 + 0.5 + 0.75, 1 - 0.5 - 1.0, 1, 1, 1, 1, 1]  # a weight at 0 is not pushed


@given(
    parameters=arrays(np.float64, 7, elements=st.floats(0.1, 5) | st.floats(-5, -0.1)),
    l1=st.floats(0, 2),
    l2=st.floats(0, 2),
)
def test_its_gradient_is_the_slope_of_the_penalty(parameters, l1, l2):
    spec, h = Regularization(l1=l1, l2=l2), 1e-6
    gradient = np.zeros(7)
    PenaltyGradient(spec, weights_of(LAYOUT), parameters).add_to(gradient)
    for i in range(7):
        step = h * np.eye(7)[i]
        rise = penalty(spec, LAYOUT, parameters + step) - penalty(spec, LAYOUT, parameters - step)
        assert gradient[i] == pytest.approx(rise / (2 * h), abs=1e-7)


# In training


@pytest.mark.parametrize("precision", ["float64", "float32"])
def test_an_update_goes_by_the_gradient_of_both_and_the_loss_stays_that_of_the_data(precision):
    plain = replace(PLAIN, precision=precision, optimizer=SGD(learning_rate=0.1))
    priced = Trainer(replace(plain, regularization=Regularization(l1=0.02, l2=0.3)))
    free = Trainer(plain)
    before = priced.network.parameters.copy()
    for trainer in (priced, free):
        assert trainer.step()
    assert_array_equal(priced.record.losses(), free.record.losses())
    assert_array_equal(priced.record.gradient_norms(), free.record.gradient_norms())
    assert_array_equal(priced.snapshot().gradient, free.snapshot().gradient)  # dL/dW, without the price
    weights = weights_of(priced.network.layout)
    used = free.network.gradient + weights * (0.02 * np.sign(before) + 0.3 * before)
    assert_allclose(priced.network.parameters, before - 0.1 * used, rtol=1e-5 if precision == "float32" else 1e-13)
    assert priced.network.parameters.dtype == precision


def test_l2_in_sgd_is_weight_decay():
    """W <- (1 - lr l2) W - lr dL/dW, from a network whose loss has no slope at all."""
    trainer = Trainer(replace(PLAIN, optimizer=SGD(learning_rate=0.1), regularization=Regularization(l2=0.5)))
    layout = trainer.network.layout
    layout.view(trainer.network.parameters, 2, "weights")[...] = 0
    before = layout.view(trainer.network.parameters, 0, "weights").copy()
    trainer.step()  # with the output's weights at 0 no gradient arrives at the first layer
    assert_allclose(layout.view(trainer.network.parameters, 0, "weights"), 0.95 * before, rtol=1e-14)


def test_a_strong_penalty_leaves_the_biases_alone_and_the_answer_is_their_mean():
    trainer = Trainer(replace(PLAIN, optimizer=SGD(learning_rate=0.2), regularization=Regularization(l2=3.0)))
    trainer.advance(600)
    layout, parameters = trainer.network.layout, trainer.network.parameters
    for layer in (0, 2):
        assert np.abs(layout.view(parameters, layer, "weights")).max() < 0.01
    mean = float(trainer.encoding.encode(trainer.parts.train.targets).mean())
    assert abs(float(layout.view(parameters, 2, "bias")[0]) - mean) < 0.35  # it goes from batch to batch


def test_l1_switches_weights_off():
    plain = replace(PLAIN, network=NetworkSpec(layers=(Affine(units=8), Tanh(), Affine(units=1))))
    small = {}
    for l1 in (0.0, 0.05):
        trainer = Trainer(replace(plain, optimizer=SGD(learning_rate=0.05), regularization=Regularization(l1=l1)))
        trainer.advance(3000)
        weights = trainer.network.parameters[weights_of(trainer.network.layout)]
        small[l1] = int((np.abs(weights) < 0.05).sum())
    assert small[0.05] > small[0.0] + 8


def test_adamw_spares_the_biases_of_a_network():
    trainer = Trainer(replace(PLAIN, optimizer=AdamW(learning_rate=0.5, weight_decay=1.0)))
    same = Trainer(replace(PLAIN, optimizer=Adam(learning_rate=0.5)))
    for each in (trainer, same):
        each.network.parameters[:] = 1.0
        each.step()
    lost = same.network.parameters - trainer.network.parameters
    assert_allclose(lost, 0.5 * weights_of(trainer.network.layout), rtol=1e-12)


@pytest.mark.parametrize("kind", LAYERS, ids=lambda kind: kind.__name__)
def test_of_every_layer_the_arrays_called_weights_have_a_price_and_no_other(kind):
    images = (2, 4, 4)
    spec = kind(units=3) if kind in (Affine, Maxout) else kind(filters=2, size=3) if kind is Convolution else kind()
    before = (5,) if kind in (Affine, Maxout) else images
    shapes = spec.parameter_shapes(before)
    layout = Layout([shapes])
    priced = {entry.name for entry in layout.entries if weights_of(layout)[entry.start : entry.stop].all()}
    spared = {entry.name for entry in layout.entries if not weights_of(layout)[entry.start : entry.stop].any()}
    assert priced == ({"weights"} if spec.weighted else set())
    assert priced | spared == set(shapes)
    assert spared == ({"bias"} if spec.weighted else {"scale", "shift"} if kind is BatchNorm else set())


def test_a_penalty_pulls_at_filters_and_maxout_pieces_and_spares_biases_and_normalization():
    layers = (
        Convolution(filters=2), BatchNorm(), ReLU(), MaxPooling(), Flatten(), Maxout(units=4), Affine(units=10)
    )  # fmt: skip
    plain = Experiment(
        data=Data(dataset=Digits()), network=NetworkSpec(layers=layers), loss=SoftmaxCrossEntropy(),
        optimizer=SGD(learning_rate=0.1),
    )  # fmt: skip
    priced, free = Trainer(replace(plain, regularization=Regularization(l2=0.5))), Trainer(plain)
    before = free.network.parameters.copy()
    for trainer in (priced, free):
        trainer.step()
    pulled = priced.network.parameters - free.network.parameters
    layout = free.network.layout
    for entry in layout.entries:
        part = slice(entry.start, entry.stop)
        expected = -0.1 * 0.5 * before[part] if entry.name == "weights" else 0 * before[part]
        assert_allclose(pulled[part], expected, atol=1e-14, err_msg=entry.full_name)
    assert {entry.layer for entry in layout.entries if entry.name == "weights"} == {0, 5, 6}
