import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from model.layers import BatchNorm
from model.network import Network


def test_by_hand(bench):
    made = bench(BatchNorm(epsilon=1e-12), (1,), 2, seed=1)
    made.x.values[:, 0] = [3, 7]  # mean 5, variance 4: -1 and 1
    made.parameters[:] = [10, 0.5]
    made.forward()
    assert_allclose(made.y.values[:, 0], [-9.5, 10.5])
    made.weights = np.array([[1.0], [4.0]])  # dL/dy
    made.backward()
    assert_allclose(made.gradient, [-1 + 4, 1 + 4])  # sum dL/dy xn, sum dL/dy
    # Two numbers are always at -1 and 1, wherever they lie.
    assert_allclose(made.x.gradient[:, 0], [0, 0], atol=1e-10)


def test_every_feature_has_mean_0_and_variance_1(bench):
    made = bench(BatchNorm(), (3,), 200, seed=1)
    made.x.values[...] = made.x.values * [1, 100, 0.1] + [5, -7, 0]
    made.parameters[:] = [1, 1, 1, 0, 0, 0]
    made.forward()
    assert_allclose(made.y.values.mean(axis=0), 0, atol=1e-12)
    assert_allclose(made.y.values.std(axis=0), 1, rtol=1e-3)


def test_of_an_image_a_feature_is_a_channel(bench):
    made = bench(BatchNorm(), (2, 3, 4), 5, seed=1)
    made.parameters[:] = [2, 3, 1, -1]
    made.forward()
    x = made.x.values
    for channel, (scale, shift) in enumerate([(2, 1), (3, -1)]):
        one = x[:, channel]
        expected = scale * (one - one.mean()) / np.sqrt(one.var() + 1e-5) + shift
        assert_allclose(made.y.values[:, channel], expected, rtol=1e-12)


@pytest.mark.parametrize("shape", [(3,), (2, 3, 2)])
def test_backward_is_the_slope_of_forward(shape, backward_agrees):
    for seed in range(5):
        backward_agrees(BatchNorm(), shape, 4, seed)


def test_only_remember_moves_the_running_statistics(bench):
    made = bench(BatchNorm(momentum=0.75), (2,), 4, seed=1)
    assert_array_equal(made.state, [0, 0, 1, 1])
    made.forward()
    made.backward()
    assert_array_equal(made.state, [0, 0, 1, 1])
    made.layer.remember()
    x = made.x.values
    assert_allclose(made.state[:2], 0.25 * x.mean(axis=0))
    assert_allclose(made.state[2:], 0.75 + 0.25 * x.var(axis=0, ddof=1))


def test_of_one_number_nothing_is_remembered(bench):
    made = bench(BatchNorm(), (2,), 1, seed=1)
    made.parameters[:] = [3, 3, 0.5, 0.25]
    made.forward()
    made.backward()
    made.layer.remember()
    assert_array_equal(made.y.values, [[0.5, 0.25]])
    assert_array_equal(made.x.gradient, [[0, 0]])
    assert_array_equal(made.state, [0, 0, 1, 1])


def test_an_evaluation_uses_the_running_statistics_and_leaves_them():
    network = Network([BatchNorm(epsilon=1e-12)], (2,))
    network.parameters[:] = [2, 3, 1, -1]
    network.state[:] = [5, -1, 4, 9]
    x = np.array([[7.0, 2.0], [5.0, 5.0], [1.0, -1.0]])
    assert_allclose(network.outputs(x), [[3, 2], [1, 5], [-3, -1]])
    assert_allclose(network.outputs(x[:1]), [[3, 2]])  # whoever else is there
    assert_array_equal(network.state, [5, -1, 4, 9])


def test_it_starts_with_nothing_scaled_or_shifted():
    network = Network([BatchNorm()], (2,))
    network.initialize(1)
    assert_array_equal(network.parameters, [1, 1, 0, 0])
    assert_array_equal(network.state, [0, 0, 1, 1])
    assert [entry.full_name for entry in network.state_layout.entries] == [
        "layers[0].running_mean",
        "layers[0].running_variance",
    ]
