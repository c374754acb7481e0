"""What one experiment is after another: nothing, an intervention, or another run."""

import pytest
from msgspec.structs import replace

from model.clipping import Clipping
from model.datasets import Gaussians
from model.experiment import BatchesSpec, EvaluationSpec, Stop, Weights
from model.intervention_between import differs_in_update, follows, intervention_between, update_changes
from model.interventions import (
    UPDATE_CHANGES,
    ChangeBatchSize,
    ChangeClipping,
    ChangeData,
    ChangeOptimizer,
    ChangeRegularization,
    ChangeSchedule,
    in_force,
)
from model.optimizers import AdamW
from model.regularization import Regularization
from model.schedules import Cosine
from tests.model.straight_way import DATA, PLAIN

NOISY = replace(DATA, dataset=Gaussians(samples=40, noise=0.5))
CHANGES = (
    ChangeOptimizer(step=0, optimizer=AdamW()),
    ChangeSchedule(step=0, schedule=Cosine()),
    ChangeRegularization(step=0, regularization=Regularization(l2=0.1)),
    ChangeClipping(step=0, clipping=Clipping(norm=1.0)),
    ChangeBatchSize(step=0, size=5),
    ChangeData(step=0, data=NOISY),
)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: type(change).__name__)
def test_each_is_found_again(change):
    after = in_force(PLAIN, [change])
    assert intervention_between(PLAIN, after) == change
    assert differs_in_update(PLAIN, after) == isinstance(change, UPDATE_CHANGES)
    later = replace(after, stop=Stop(step=9), evaluation=EvaluationSpec(every=3))
    assert intervention_between(PLAIN, later) == change


def test_what_changes_no_number_is_no_intervention():
    after = replace(PLAIN, stop=Stop(step=9), evaluation=EvaluationSpec(every=3))
    assert follows(PLAIN, after) and intervention_between(PLAIN, after) is None
    assert update_changes(PLAIN, after) == []


def test_two_at_once_are_another_run_but_may_be_told_one_by_one():
    after = in_force(PLAIN, CHANGES[:4])
    assert intervention_between(PLAIN, after) is None
    assert differs_in_update(PLAIN, after)
    assert update_changes(PLAIN, after) == list(CHANGES[:4])


@pytest.mark.parametrize(
    "fields",
    [
        {"weights": Weights(seed=2)},
        {"precision": "float32"},
        {"batches": BatchesSpec(size=8, seed=3)},
        {"data": replace(DATA, seed=2)},
        {"data": replace(DATA, validation=0.2)},
    ],
)
def test_another_run(fields):
    after = replace(PLAIN, **fields)
    assert intervention_between(PLAIN, after) is None
    assert not differs_in_update(PLAIN, after) and not follows(PLAIN, after)
