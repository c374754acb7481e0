import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.layers import ACTIVATIONS, ELU, Identity, LeakyReLU, ReLU, Sigmoid, Softmax, Tanh
from model.message import Message
from model.saturation import in_words, saturation, steepest

HIDDEN = Message("Hidden {number}", {"number": 2})

# Where the slope is 1 % of the steepest, solved by hand.
# sigmoid: y (1 - y) = 1/400, so z = ln(y / (1 - y)) with y = (1 + sqrt(1 - 1/100)) / 2
SIGMOID = math.log((1 + math.sqrt(0.99)) / (1 - math.sqrt(0.99)))
TANH = math.atanh(math.sqrt(0.99))  # 1 - tanh^2 = 1/100
ELU_LEFT = math.log(0.01)  # e^z = 1/100


def row(*z):
    return np.array(z)[:, None]


def test_steepest_slopes():
    assert steepest(Sigmoid()) == 0.25
    assert steepest(Tanh()) == steepest(ReLU()) == steepest(Identity()) == 1
    assert steepest(ELU(alpha=3.0)) == pytest.approx(3)


@pytest.mark.parametrize(("activation", "edge"), [(Sigmoid(), SIGMOID), (Tanh(), TANH), (ELU(), -ELU_LEFT)])
def test_the_edge_of_saturation(activation, edge):
    found = saturation(activation, row(-edge * 1.001, -edge * 0.999, 0.0, 0.5))
    assert found.share == 0.25
    assert found.dead == 0


def test_sigmoid_and_tanh_saturate_on_both_sides():
    assert saturation(Sigmoid(), row(-7.0, 7.0, 1.0, -1.0)).share == 0.5
    assert saturation(Tanh(), row(-4.0, 4.0, 1.0, 2.9)).share == 0.5


def test_a_relu_is_dead_where_it_never_fires():
    z = np.array([[-1.0, 1.0, -2.0], [-3.0, -1.0, 0.0]])  # only the second unit ever fires
    found = saturation(ReLU(), z)
    assert (found.samples, found.units, found.dead) == (2, 3, 2)
    assert found.share == pytest.approx(5 / 6)
    assert str(in_words(found, ReLU(), HIDDEN)) == "Hidden 2: 2 of 3 units are dead (0 for all 2 samples)."


def test_the_words_for_one_dead_unit_and_for_none():
    one = saturation(ReLU(), np.array([[-1.0, 1.0]]))
    assert "1 of 2 units is dead" in str(in_words(one, ReLU(), HIDDEN))
    only = saturation(ReLU(), np.array([[-1.0]]))
    assert "the only unit is dead" in str(in_words(only, ReLU(), HIDDEN))
    none = saturation(ReLU(), np.array([[-1.0, 1.0], [1.0, 1.0]]))
    assert str(in_words(none, ReLU(), HIDDEN)) == "Hidden 2: no unit is dead. 25 % of the outputs are 0."


def test_a_leak_keeps_units_alive_unless_there_is_none():
    z = row(-1.0, -5.0)
    assert saturation(LeakyReLU(), z).dead == 0 and saturation(LeakyReLU(), z).share == 0
    assert saturation(LeakyReLU(slope=0.0), z).dead == 1


def test_words_name_the_share():
    found = saturation(Sigmoid(), row(7.0, 0.0, 1.0, 2.0, -9.0, 0.0, 1.0, 2.0))
    assert str(in_words(found, Sigmoid(), HIDDEN)) == "Hidden 2: 25 % of the outputs are saturated."


def test_identity_and_softmax_are_explained():
    found = saturation(Identity(), row(1e9, -1e9))
    assert found.share == 0 and found.dead == 0
    assert "cannot saturate" in str(in_words(found, Identity(), HIDDEN))
    assert "no curve of one variable" in str(in_words(found, Softmax(), HIDDEN))


@pytest.mark.parametrize("kind", ACTIVATIONS)
def test_what_is_not_finite_is_said_and_not_counted(kind):
    found = saturation(kind(), np.array([[math.inf, 0.1], [math.nan, 0.2]]))
    assert found.lost == 0.5 and found.share == 0 and found.dead == 0
    assert "50 % of the pre-activations are not finite" in str(in_words(found, kind(), HIDDEN))


def test_of_a_softmax_only_what_is_lost_is_counted():
    found = saturation(Softmax(), np.array([[math.nan, -100.0], [0.0, 100.0]]))
    assert (found.lost, found.share, found.dead) == (0.25, 0, 0)


def test_no_samples_or_nothing_finite():
    assert saturation(Tanh(), np.empty((0, 3))).share == 0
    assert saturation(Tanh(), np.full((2, 1), np.nan)).lost == 1


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20), st.sampled_from(ACTIVATIONS))
def test_shares_are_shares(z, kind):
    found = saturation(kind(), row(*z))
    assert 0 <= found.share <= 1 and 0 <= found.dead <= 1 and found.lost == 0
