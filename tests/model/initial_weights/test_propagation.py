"""The spreads against a plain forward and backward pass written here, and against the laws derived on the page."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs
from numpy.testing import assert_allclose

from model.data import load
from model.initial_weights import DeepNetwork, spreads_of_deep_network, spreads_of_experiment, weighted_columns
from model.initial_weights.propagation import INPUTS, SAMPLES
from model.initializers import He, HeUniform, Normal, Xavier, XavierUniform
from model.layers import Affine, BatchNorm, Convolution, Flatten, MaxPooling, ReLU, Sigmoid, Tanh
from model.random_streams import stream
from model.starters import starter

FUNCTIONS = {
    "sigmoid": (Sigmoid(), lambda z: 1 / (1 + np.exp(-z)), lambda z: np.exp(-z) / (1 + np.exp(-z)) ** 2),
    "tanh": (Tanh(), np.tanh, lambda z: 1 / np.cosh(z) ** 2),
    "relu": (ReLU(), lambda z: np.where(z > 0, z, 0), lambda z: (z > 0) * 1.0),
}
every_function = pytest.mark.parametrize("name", FUNCTIONS)


def plain(network, weights, f, slope):
    """(outputs, dL/dz) of every layer, as the book writes it: x = f(x W) in a loop, and back."""
    x = stream(network.seed, "inputs of the initial weights lab").standard_normal((SAMPLES, INPUTS))
    steps = []
    for number in range(1, network.layers + 1):
        units = network.units
        w = weights.draw(x.shape[1], units, stream(network.seed, f"weights of layer {number}"))
        sums = x @ w
        deviation = np.sqrt(sums.var(axis=0) + 1e-5) if network.batch_norm else None
        z = (sums - sums.mean(axis=0)) / deviation if network.batch_norm else sums
        x = f(z)
        steps.append((w, z, x, deviation))
    dy = stream(network.seed, "gradient of the initial weights lab").standard_normal(x.shape)
    gradients = []
    for w, z, _, deviation in reversed(steps):
        dz = dy * slope(z)
        gradients.append(dz)
        sums = dz if deviation is None else (dz - dz.mean(axis=0) - z * (dz * z).mean(axis=0)) / deviation
        dy = sums @ w.T
    return [(y, dz) for (_, _, y, _), dz in zip(steps, reversed(gradients), strict=True)]


@every_function
@pytest.mark.parametrize("batch_norm", [False, True])
@pytest.mark.parametrize("weights", [Normal(std=1), Normal(std=0.01), Xavier(), HeUniform()], ids=lambda w: w.label)
def test_outputs_and_gradients_against_a_plain_pass(name, batch_norm, weights):
    activation, f, slope = FUNCTIONS[name]
    network = DeepNetwork(layers=3, units=40, seed=7, activation=activation, batch_norm=batch_norm)
    found = spreads_of_deep_network(network, weights)
    for spread, (y, dz) in zip(found, plain(network, weights, f, slope), strict=True):
        assert_allclose([spread.mean, spread.std], [y.mean(), y.std()], rtol=1e-9, atol=1e-12)
        assert_allclose(spread.between_samples, math.sqrt(y.var(axis=0).mean()), rtol=1e-7, atol=1e-15)
        assert_allclose(spread.gradient, math.sqrt((dz**2).mean()), rtol=1e-7)
        assert_allclose(spread.shares.sum(), 1)
        assert spread.units == 40


def test_as_in_the_textbook():
    """K. Saito, section 6.2, for sigmoid: at the ends with std 1, all at a half with 0.01; ReLU needs He."""
    ends = spreads_of_deep_network(DeepNetwork(activation=Sigmoid()), Normal(std=1))
    assert all(spread.shares[0] + spread.shares[-1] > 0.4 for spread in ends)
    half = spreads_of_deep_network(DeepNetwork(activation=Sigmoid()), Normal(std=0.01))
    assert all(spread.shares[14:16].sum() > 0.7 and abs(spread.mean - 0.5) < 0.01 for spread in half)
    relu = DeepNetwork(activation=ReLU())
    small, xavier, he = (spreads_of_deep_network(relu, rule)[-1].std for rule in (Normal(std=0.01), Xavier(), He()))
    assert small < 1e-5 and 0.05 < xavier < 0.3 and 0.5 < he < 1.5


@settings(max_examples=8)
@given(st.integers(0, 1000), st.sampled_from([0.002, 0.01]), st.integers(60, 200))
def test_a_small_signal_in_tanh_layers_is_multiplied_by_the_root_of_n_times_s(seed, s, units):
    network = DeepNetwork(layers=3, units=units, seed=seed, activation=Tanh())
    first, second, third = (spread.std for spread in spreads_of_deep_network(network, Normal(std=s)))
    assert_allclose([second / first, third / second], math.sqrt(units) * s, rtol=0.12)
    assert_allclose(first, math.sqrt(INPUTS) * s, rtol=0.12)


@settings(max_examples=6)
@given(st.integers(0, 1000), st.sampled_from([Xavier(), XavierUniform()]))
def test_the_news_in_sigmoid_layers_falls_to_a_quarter_a_layer_under_xavier(seed, rule):
    found = spreads_of_deep_network(DeepNetwork(seed=seed, activation=Sigmoid()), rule)
    ratios = [b.between_samples / a.between_samples for a, b in pairwise(found[1:])]
    assert all(0.18 < ratio < 0.29 for ratio in ratios)
    assert all(spread.std > 0.08 for spread in found)  # and yet all of them look well spread


@settings(max_examples=6)
@given(st.integers(0, 1000), st.sampled_from([He(), HeUniform()]))
def test_under_he_outputs_and_gradients_of_relu_layers_keep_their_size(seed, rule):
    found = spreads_of_deep_network(DeepNetwork(layers=8, units=200, seed=seed, activation=ReLU()), rule)
    sizes = [math.hypot(spread.mean, spread.std) for spread in found]
    assert max(sizes) / min(sizes) < 2
    assert max(s.gradient for s in found) / min(s.gradient for s in found) < 2


@every_function
def test_behind_batch_norm_the_size_of_the_weights_hardly_matters(name):
    network = DeepNetwork(activation=FUNCTIONS[name][0], batch_norm=True)
    small, large = (spreads_of_deep_network(network, Normal(std=s)) for s in (0.01, 1))
    for a, b in zip(small, large, strict=True):
        assert_allclose([a.mean, a.std], [b.mean, b.std], atol=0.01)


def test_a_rule_has_the_same_draws_with_and_without_batch_norm():
    with_it, without = (spreads_of_deep_network(DeepNetwork(batch_norm=each), He()) for each in (True, False))
    assert [spread.weights for spread in with_it] == [spread.weights for spread in without]
    assert_allclose(without[0].weights, math.sqrt(2 / 100), rtol=0.03)


def test_an_experiment_is_looked_at_with_its_own_data_and_loss():
    """By hand: softmax cross entropy of the first 1,000 digits, one hidden ReLU layer."""
    experiment = starter("digits")
    parts = load(experiment.data)
    hidden, output = spreads_of_experiment(experiment, parts, He(), seed=5)
    x = parts.train.inputs[:1000].reshape(1000, -1)
    w1 = He().draw(64, 50, stream(5, "weights of layers[1]"))
    w2 = He().draw(50, 10, stream(5, "weights of layers[3]"))
    y = np.maximum(x @ w1, 0)
    scores = y @ w2
    shares = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    dz = shares - np.eye(10)[parts.train.targets[:1000]]
    assert_allclose([hidden.mean, hidden.std], [y.mean(), y.std()], rtol=1e-10)
    assert_allclose([output.mean, output.std], [scores.mean(), scores.std()], rtol=1e-9)
    assert_allclose(output.gradient, math.sqrt((dz**2).mean()), rtol=1e-9)
    assert_allclose(hidden.gradient, math.sqrt((((dz @ w2.T) * (y > 0)) ** 2).mean()), rtol=1e-9)


def test_a_network_of_images_has_a_spread_for_every_layer_with_weights():
    plain_digits = starter("digits")
    layers = (Convolution(filters=3), BatchNorm(), ReLU(), MaxPooling(), Flatten(), Affine(units=10))
    experiment = structs.replace(plain_digits, network=structs.replace(plain_digits.network, layers=layers))
    found = spreads_of_experiment(experiment, load(experiment.data), He(), 1)
    assert len(found) == len(weighted_columns(layers)) == 2
    assert (found[0].units, found[1].units) == (3, 10)
    assert (found[0].low, found[0].high, found[1].low, found[1].high) == (0, 3, -3, 3)
