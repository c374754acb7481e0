import numpy as np
import pytest
from numpy.testing import assert_allclose

from model.evaluation import MOST_SAMPLES, PartEvaluation
from model.layers import Affine
from model.losses import MeanSquaredError
from model.network import MOST_ROWS, Network
from model.targets import Encoding

VALUES, SIDES = Encoding("values", 1), Encoding("minus_plus", 1)


def doubling():
    """y = 2 x"""
    network = Network([Affine(units=1)], (1,))
    network.parameters[:] = 2, 0
    return network


def evaluation(network, x, t, encoding=VALUES):
    inputs, targets = np.reshape(np.asarray(x, float), (-1, 1)), np.reshape(np.asarray(t, float), (-1, 1))
    return PartEvaluation(network, MeanSquaredError(), inputs, targets, encoding)


def test_by_hand():
    # outputs 2, 4, -6 for targets 1, 1, -1: losses 1/2, 9/2, 25/2
    assert evaluation(doubling(), [1, 2, -3], [1, 1, -1]).measure() == ((0.5 + 4.5 + 12.5) / 3, None)
    assert evaluation(doubling(), [1, 2, -3, 1], [1, 1, -1, -1], SIDES).measure()[1] == 3 / 4


def test_an_empty_part_has_no_loss():
    empty = evaluation(doubling(), [], [])
    assert empty.size == 0
    assert empty.measure() == (None, None)


@pytest.mark.parametrize("n", [1, MOST_ROWS, MOST_ROWS + 1, 2 * MOST_ROWS + 500])
def test_the_mean_is_over_samples_and_not_over_pieces(n):
    x = np.linspace(-1, 1, n)
    part = evaluation(doubling(), x, np.zeros(n), SIDES)
    loss, right = part.measure()
    assert_allclose(loss, (2 * x**2).mean(), rtol=1e-12)
    assert right == (x <= 0).mean()


def test_only_the_first_samples_of_a_large_part():
    assert MOST_SAMPLES == 10_000  # as people are told
    n = MOST_SAMPLES + 500
    x = np.where(np.arange(n) < MOST_SAMPLES, 1.0, 1000.0)
    part = evaluation(doubling(), x, np.zeros(n))
    assert part.size == MOST_SAMPLES
    assert part.measure() == (2.0, None)


def test_it_follows_the_parameters_and_changes_nothing():
    network = doubling()
    network.gradient[:] = 7
    part = evaluation(network, [1.0], [0.0])
    assert part.measure() == part.measure() == (2, None)
    network.parameters[:] = 0, 4
    assert part.measure() == (8, None)
    assert (network.gradient == 7).all() and (network.parameters == [0, 4]).all()


def test_a_run_on_its_way_out_is_measured_quietly():
    network = doubling()
    network.parameters[:] = 1e300, 0
    assert evaluation(network, [1.0, 2.0], [0.0, 0.0]).measure() == (np.inf, None)  # no warning: they are errors here
