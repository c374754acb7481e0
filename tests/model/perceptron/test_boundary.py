"""What is said of a boundary, against what the network answers all over the plane."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from model.perceptron import TWO_LINEAR_LAYERS, Neuron, TwoLayers, boundary

quarters = st.integers(-8, 8).map(lambda count: count / 4)
FUNCTIONS = st.sampled_from(["tanh", "relu", "step"])


def layers(function, first, second, v, c=0.0):
    hidden = Neuron(first[:2], first[2], function), Neuron(second[:2], second[2], function)
    return TwoLayers(hidden, Neuron(v, c, "identity"))


ACROSS, UP = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0)  # a1 = x1, a2 = x2


@pytest.mark.parametrize(
    ("network", "expected"),
    [
        (TWO_LINEAR_LAYERS, "composite"),
        (layers("identity", ACROSS, ACROSS, (0.1, -0.1), 1.0), "none"),
        (TWO_LINEAR_LAYERS.with_activation("tanh"), "bent"),
        (TWO_LINEAR_LAYERS.with_activation("relu"), "bent"),
        (TWO_LINEAR_LAYERS.with_activation("step"), "second"),  # 0.5 and 1.5 above its line, -1 and 0 below it
        (layers("tanh", ACROSS, UP, (1.0, 0.0)), "first"),
        (layers("tanh", ACROSS, UP, (0.0, 1.0)), "second"),
        (layers("tanh", ACROSS, UP, (0.0, 0.0), 1.0), "none"),
        (layers("tanh", ACROSS, (0.0, 0.0, 2.0), (1.0, 1.0)), "first"),
        (layers("tanh", ACROSS, (0.0, 0.0, 9.0), (1.0, 1.0), 0.5), "none"),  # tanh x1 + 1.5
        (layers("tanh", ACROSS, (-2.0, 0.0, 1.0), (1.0, 1.5)), "parallel"),
        (layers("tanh", (0.1, 0.3, 0.0), (0.2, 0.6, 1.0), (1.0, 1.5)), "parallel"),
        (layers("tanh", ACROSS, UP, (1.5, -1.5)), "mirrored"),
        (layers("tanh", ACROSS, UP, (1.5, -1.5), 0.1), "bent"),
        (layers("tanh", ACROSS, UP, (1.0, 1.0), 2.0), "none"),
        (layers("relu", ACROSS, UP, (1.0, 2.0), 0.5), "none"),
        (layers("relu", ACROSS, UP, (1.0, 2.0)), "bent"),  # 0 where both sleep, above it elsewhere
        (layers("relu", ACROSS, UP, (-1.0, -2.0)), "none"),  # nowhere above 0
        (layers("relu", ACROSS, UP, (1.0, -2.0), 0.5), "bent"),
        (layers("step", ACROSS, UP, (1.0, 1.0), -0.5), "bent"),  # or
        (layers("step", ACROSS, UP, (1.0, 0.25), -0.5), "first"),
        (layers("step", ACROSS, UP, (0.25, -1.0), 0.5), "second"),
        (layers("step", ACROSS, UP, (0.1, 0.2), -0.3), "none"),  # 0 at most
    ],
)
def test_by_hand(network, expected):
    assert boundary(network) == expected


@given(FUNCTIONS, *[st.tuples(quarters, quarters, quarters)] * 2, st.tuples(quarters, quarters), quarters)
def test_it_is_what_the_network_answers(function, first, second, v, c):
    network = layers(function, first, second, v, c)
    kind = boundary(network)
    ticks = np.linspace(-60, 60, 41) + 0.0123
    points = np.stack(np.meshgrid(ticks, ticks), axis=-1).reshape(-1, 2)
    above = network.outputs(points) > 0
    if kind == "none":
        # Far out tanh is rounded to 1, and y to the 0 that it never reaches.
        clear = np.abs(network.sums(points)) > 1e-9 if function == "tanh" else np.full(len(points), True)
        assert above[clear].all() or not above[clear].any()
    elif kind != "bent":
        (a, b), (d, e) = first[:2], second[:2]
        if kind == "mirrored":
            way = a + np.sign(-v[0] * v[1]) * -d, b + np.sign(-v[0] * v[1]) * -e
        else:
            way = (d, e) if kind == "second" else (a, b)
        along = np.array([-way[1], way[0]]) / np.hypot(*way)  # nothing changes in this direction
        for far in (-7.5, 31.0):
            there = points + far * along
            # Far out tanh is rounded to 1, at one end of the way or at the other.
            unclear = (np.abs(network.sums(points)) < 1e-9) | (np.abs(network.sums(there)) < 1e-9)
            moved = network.outputs(there)
            assert ((moved > 0) == above)[~unclear].all()


@given(FUNCTIONS, *[st.tuples(quarters, quarters, quarters)] * 2, st.tuples(quarters, quarters), quarters)
def test_what_is_bent_lies_on_no_line(function, first, second, v, c):
    network = layers(function, first, second, v, c)
    assume(boundary(network) == "bent")
    if function == "tanh":  # else the bend is finer than the lattice below
        assume(min(map(abs, v)) >= 0.5 * max(map(abs, v)))
    matrix, shift = np.array([first[:2], second[:2]]), np.array([first[2], second[2]])

    # The boundary in the plane of a1 and a2, which is that of x1 and x2 but for stretching, turning and moving.
    ticks = np.linspace(-14, 14, 141) + 0.0123
    sums = np.stack(np.meshgrid(ticks, ticks), axis=-1)
    points = np.linalg.solve(matrix, (sums - shift).reshape(-1, 2).T).T
    above = network.outputs(points).reshape(141, 141) > 0
    right, up = np.argwhere(above[:, 1:] != above[:, :-1]), np.argwhere(above[1:] != above[:-1])
    crossings = np.concatenate([np.add(right, (0, 0.5)), np.add(up, (0.5, 0))]) * 0.2
    offsets = crossings - crossings.mean(axis=0)
    assert np.abs(offsets @ np.linalg.svd(offsets)[2][-1]).max() > 0.15  # further off than the lattice is coarse
