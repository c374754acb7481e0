import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.perceptron import CORNERS, GATES, Neuron, gate_of, pair_sums, truth_table

numbers = st.floats(-100, 100)


@pytest.mark.parametrize(("gate", "outputs"), [("AND", [0, 0, 0, 1]), ("NAND", [1, 1, 1, 0]), ("OR", [0, 1, 1, 1])])
def test_the_truth_tables_by_hand(gate, outputs):
    rows = truth_table(GATES[gate].neuron, GATES[gate].targets)
    assert [row.x for row in rows] == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert [row.output for row in rows] == [row.target for row in rows] == outputs
    assert all(row.right for row in rows)
    assert gate_of(GATES[gate].neuron) == gate


def test_the_sums_of_and_by_hand():
    rows = truth_table(Neuron((0.5, 0.5), -0.7), (0, 0, 0, 1))
    np.testing.assert_allclose([row.sum for row in rows], [-0.7, -0.2, -0.2, 0.3], atol=1e-15)


def test_xor_by_one_neuron_is_right_in_three_rows_at_best():
    # All four-row answers of a fine lattice of neurons, computed without the model.
    ticks = np.linspace(-2, 2, 41)
    w1, w2, b = np.meshgrid(ticks, ticks, ticks)
    right = sum(((w1 * x1 + w2 * x2 + b > 0) == (x1 != x2)).astype(int) for x1, x2 in itertools.product((0, 1), (0, 1)))
    assert right.max() == 3
    rows = truth_table(GATES["XOR"].neuron, GATES["XOR"].targets)
    assert sum(row.right for row in rows) == 3


@given(numbers, numbers, numbers)
def test_no_neuron_is_xor(w1, w2, b):
    rows = truth_table(Neuron((w1, w2), b), GATES["XOR"].targets)
    assert sum(row.right for row in rows) <= 3
    assert gate_of(Neuron((w1, w2), b)) != "XOR"


@given(*[st.integers(-1000, 1000)] * 3)
def test_both_pairs_add_up_to_the_same_number_of_which_xor_demands_two_things(w1, w2, b):
    middle, outer = pair_sums(Neuron((float(w1), float(w2)), float(b)))
    assert middle == outer == w1 + w2 + 2 * b
    rows = truth_table(Neuron((float(w1), float(w2)), float(b)), GATES["XOR"].targets)
    wrong = {row.x for row in rows if not row.right}
    assert wrong & ({CORNERS[1], CORNERS[2]} if middle <= 0 else {CORNERS[0], CORNERS[3]})


def test_a_neuron_that_is_no_gate_here():
    assert gate_of(Neuron((1.0, -1.0), -0.5)) is None  # x1 and not x2
