import math
from dataclasses import replace

import numpy as np
import pytest

from model.initial_weights import (
    CANDIDATES,
    DeepNetwork,
    Kind,
    LayerSpread,
    finding,
    gradient_finding,
    own,
    spreads_of_deep_network,
)
from model.initial_weights.layer_spread import BINS
from model.initializers import He, Normal, Xavier
from model.layers import Identity, ReLU, Sigmoid, Tanh

GOOD = LayerSpread(
    activation=Tanh(),
    low=-1,
    high=1,
    shares=np.full(BINS, 1 / BINS),
    mean=0.2,
    std=0.5,
    between_samples=0.4,
    at_ends=0.02,
    beyond=0,
    dead=0,
    units=10,
    lost=0,
    gradient=1,
    weights=0.1,
)


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({}, Kind.SPREAD),
        ({"lost": 0.01}, Kind.LOST),
        ({"at_ends": 0.25}, Kind.SATURATED),
        ({"at_ends": 0.24}, Kind.SPREAD),
        ({"activation": ReLU(), "at_ends": 0.5}, Kind.SPREAD),  # half of the outputs of a ReLU are 0
        ({"activation": ReLU(), "dead": 5}, Kind.DEAD),
        ({"activation": ReLU(), "dead": 4}, Kind.SPREAD),
        ({"activation": ReLU(), "std": 12.0, "between_samples": 9}, Kind.GROWN),
        ({"activation": Identity(), "mean": -12.0}, Kind.GROWN),
        ({"std": 0.04, "between_samples": 0.04}, Kind.VANISHED),
        ({"between_samples": 0.04}, Kind.ALIKE),
    ],
    ids=str,
)
def test_what_is_seen(changed, kind):
    found = finding(replace(GOOD, **changed))
    assert found.kind is kind
    assert found.alarming is (kind is not Kind.SPREAD)
    assert str(found.word) and str(found.sentence)


def test_the_sentences_hold_the_numbers():
    assert "76 %" in str(finding(replace(GOOD, at_ends=0.76)).sentence)
    assert "6 of 10 units" in str(finding(replace(GOOD, activation=ReLU(), dead=6)).sentence)
    vanished = str(finding(replace(GOOD, mean=-3e-8, std=1e-5)).sentence)
    assert vanished.startswith("Vanished: the outputs spread by 1e-05 around 0.")  # the mean is chance
    assert "around 0.5." in str(finding(replace(GOOD, mean=0.5, std=0.012)).sentence)


@pytest.mark.parametrize(
    ("activation", "rule", "kind"),
    [
        (Tanh(), Normal(std=1), Kind.SATURATED),
        (Tanh(), Normal(std=0.01), Kind.VANISHED),
        (Tanh(), Xavier(), Kind.SPREAD),
        (Sigmoid(), Normal(std=1), Kind.SATURATED),
        (Sigmoid(), Normal(std=0.01), Kind.VANISHED),
        (Sigmoid(), Xavier(), Kind.ALIKE),
        (ReLU(), Normal(std=1), Kind.GROWN),
        (ReLU(), Normal(std=0.01), Kind.VANISHED),
        (ReLU(), He(), Kind.SPREAD),
    ],
    ids=str,
)
@pytest.mark.parametrize("seed", [1, 2])
def test_the_last_of_five_layers(activation, rule, kind, seed):
    network = DeepNetwork(activation=activation, seed=seed)
    assert finding(spreads_of_deep_network(network, rule)[-1]).kind is kind
    normalized = DeepNetwork(activation=activation, seed=seed, batch_norm=True)
    assert {finding(spread).kind for spread in spreads_of_deep_network(normalized, rule)} == {Kind.SPREAD}


def gradients(*sizes):
    return [replace(GOOD, gradient=size) for size in sizes]


@pytest.mark.parametrize(
    ("sizes", "said"),
    [
        ((1e-4, 0.01, 1.0), "Vanishing: the gradient is 1 at the last layer and 0.0001 at the first, 10,000 times"),
        ((500.0, 2.0), "Exploding: the gradient is 2 at the last layer and 5e+02 at the first, 250 times larger"),
        ((0.5, 1.0), "The gradient gets through: it is 1 at the last layer and 0.5 at the first, a factor of 2."),
        ((0.0, 1.0), "Vanished: nothing at all"),
        ((0.3,), "The gradient at the only layer is 0.3."),
        ((math.inf, 1.0), "no finite number"),
    ],
    ids=str,
)
def test_the_gradient_in_words(sizes, said):
    assert said in str(gradient_finding(gradients(*sizes)))


def test_the_candidates_have_keys_and_names_of_their_own():
    assert len({each.key for each in CANDIDATES}) == len({str(each.label) for each in CANDIDATES}) == 7
    assert [str(each.label) for each in CANDIDATES[:3]] == ["std 1", "std 0.01", "own std 0.3"]
    assert own(0.05).weights == Normal(std=0.05) and str(own(0.05).label) == "own std 0.05"
