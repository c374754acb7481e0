import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.initial_weights.spread_cell import WIDEST_NUMBERS, numbers, short
from model.data import load
from model.initial_weights import CANDIDATES, DeepNetwork, spreads_of_deep_network, spreads_of_experiment
from model.layers import ReLU, Sigmoid, Tanh
from model.starters import starter


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0"), (0.5, "0.50"), (-0.012, "−0.012"), (1e-5, "1e−5"), (283.4, "280"), (12345, "1e4"), (5.857, "5.86")],
)
def test_a_number_in_two_digits(number, text):
    assert short(number) == text


@given(st.floats(-1e12, 1e12))
def test_a_number_is_short_and_about_right(number):
    text = short(number)
    assert len(text) <= 7
    assert float(text.replace("−", "-")) == pytest.approx(number, rel=0.51, abs=1e-300)


@pytest.mark.parametrize("activation", [Sigmoid(), Tanh(), ReLU()], ids=lambda each: each.label)
def test_the_numbers_of_the_textbook_fit_into_their_cells(activation):
    for rule in CANDIDATES:
        for spread in spreads_of_deep_network(DeepNetwork(activation=activation), rule.weights):
            assert len(numbers(spread)) <= len(WIDEST_NUMBERS) + 1


def test_the_numbers_of_an_experiment_fit_into_their_cells():
    experiment = starter("init")
    parts = load(experiment.data)  # its inputs have no mean of 0, and so the outputs have none
    for rule in CANDIDATES:
        for spread in spreads_of_experiment(experiment, parts, rule.weights, 1)[:-1]:
            assert len(numbers(spread)) <= len(WIDEST_NUMBERS), numbers(spread)
