import numpy as np
import pytest

from model.batches import Batches
from model.experiment import EvaluationSpec, Stop
from model.parameters import Layout
from model.record import Evaluation, Record
from model.stopping import next_evaluation, stops


@pytest.mark.parametrize(
    ("every", "unit", "due"),
    [(1, "step", [1, 2, 11]), (4, "step", [4, 4, 12]), (1, "epoch", [3, 3, 12]), (2, "epoch", [6, 6, 12])],
)
def test_the_next_one(every, unit, due):
    batches = Batches(21, 8, seed=1)  # three steps an epoch
    evaluation = EvaluationSpec(every=every, unit=unit)
    assert [next_evaluation(evaluation, batches, steps) for steps in (0, 1, 10)] == due


def test_the_next_one_after_an_epoch_that_ended_early():
    batches = Batches(21, 8, seed=1).resized(21, 11, 4)  # the third epoch begins at step 4, of two steps
    assert next_evaluation(EvaluationSpec(every=1), batches, 4) == 6
    assert next_evaluation(EvaluationSpec(every=2), batches, 4) == 8
    assert next_evaluation(EvaluationSpec(every=5, unit="step"), batches, 4) == 5


def test_when_it_stops():
    record = Record(Layout([{"weights": (1,)}]), np.zeros(1))
    record.evaluations = [
        Evaluation(step, loss, None, None) for step, loss in ((0, 2.0), (5, 0.9), (10, 0.8), (15, 3.0))
    ]
    assert not stops(Stop(), record, 5)
    assert [stops(Stop(step=7), record, steps) for steps in (6, 7, 8)] == [False, True, False]
    below_one = [steps for steps in range(20) if stops(Stop(loss=1.0), record, steps)]
    assert below_one == [5]  # once: at 10 it was below already
    assert stops(Stop(loss=3.0), record, 0)  # from the start
