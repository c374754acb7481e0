import numpy as np
import pytest
from numpy.testing import assert_array_equal

from model.last_update import LastUpdate
from model.optimizers import OPTIMIZERS, SGD


@pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=lambda kind: kind.__name__)
def test_seen_and_undone_once(optimizer):
    parameters, gradient = np.array([1.0, -2.0]), np.array([0.5, 3.0])
    rule = optimizer().rule(parameters, gradient)
    last = LastUpdate(rule, np.zeros(0))
    assert not last.undo()
    for _ in range(2):
        before = parameters.copy(), rule.state.copy(), rule.count
        last.keep()
        rule.update()
    assert_array_equal(last.update(), parameters - before[0])
    assert last.undo()
    assert_array_equal(parameters, before[0])
    assert_array_equal(rule.state, before[1])
    assert rule.count == before[2] == 1
    assert not last.update().any()
    assert not last.undo()


def test_forgotten():
    parameters = np.array([1.0])
    rule = SGD(learning_rate=1.0).rule(parameters, np.array([0.25]))
    last = LastUpdate(rule, np.zeros(0))
    last.keep()
    rule.update()
    parameters[:] = 9
    last.forget()
    assert not last.undo()
    assert_array_equal(parameters, [9])
    assert_array_equal(last.update(), [0])
