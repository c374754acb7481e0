import sys

import pytest
from msgspec import structs

from model.search.proposals import random_values
from model.search.space import Choice, Range
from model.search.trial_record import TrialRecord
from model.search.trial_run import Result
from search_engine.importance import FEWEST, importance

AXES = (
    Range(path="rate", low=1e-4, high=1, scale="log"),
    Range(path="decay", low=1e-4, high=1, scale="log"),
    Choice(path="rule", options=("he", "xavier")),
)


def trials(count, loss):
    made = []
    for place in range(count):
        values = random_values(AXES, 1, place)
        result = Result(how="complete", step=1, validation_loss=loss(values))
        made.append(TrialRecord(place=place, state="complete", values=values, curve={}, result=result))
    return made


@pytest.mark.parametrize("path", ["rate", "decay"])
def test_what_the_loss_depends_on_matters(path):
    found = importance(AXES, trials(60, lambda values: values[path]))
    assert next(iter(found)) == path and found[path] > 0.7 and sum(found.values()) == pytest.approx(1)


def test_of_few_trials_or_equal_ones_nothing_is_said():
    assert importance(AXES, trials(FEWEST - 1, lambda values: values["rate"])) == {}
    assert importance(AXES, trials(20, lambda values: 1.0)) == {}


def test_a_trial_that_diverged_counts_as_a_poor_one():
    made = trials(60, lambda values: values["rate"] if values["rate"] < 0.1 else None)
    assert importance(AXES, made)["rate"] > 0.7


def test_of_trials_that_ended_early_the_loss_where_they_ended_counts():
    made = trials(60, lambda values: values["rate"])
    early = [e if e.loss < 1e-3 else structs.replace(e, state="pruned") for e in made]
    found = importance(AXES, early)
    assert found["rate"] > 0.7, "although fewer than a quarter went the whole way"


def test_it_needs_no_scikit_learn():
    importance(AXES, trials(20, lambda values: values["rate"]))
    assert "sklearn" not in sys.modules
