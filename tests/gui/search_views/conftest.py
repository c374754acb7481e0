"""A search with a few trials of every kind."""

import pytest
from msgspec import structs

from gui.search_views.found import Found
from model.search.search_spec import SearchSpec
from model.search.space import Choice, Range
from model.search.trial_record import TrialRecord
from model.search.trial_run import Result
from model.starters import starter

RATE, RULE, UNITS = "optimizer.learning_rate", "network.layers[*].weights", "network.layers[0].units"


@pytest.fixture
def spec() -> SearchSpec:
    xor = starter("xor")
    axes = (
        Range(path=RATE, low=1e-3, high=10, scale="log"),
        Choice(path=RULE, options=("he", "xavier")),
        Range(path=UNITS, low=2, high=8, whole=True),
    )
    data = structs.replace(xor.data, validation=0.2)
    return SearchSpec(experiment=structs.replace(xor, data=data), axes=axes, trials=8, steps=100)


def trial(place, rate, rule, units, state="complete", accuracy=None, loss=None, how="complete", curve=None):
    result = None
    if state in ("complete", "pruned"):
        result = Result(how=how, step=100, validation_loss=loss, validation_accuracy=accuracy, train_loss=loss)
    values = {RATE: rate, RULE: rule, UNITS: units}
    return TrialRecord(place=place, state=state, values=values, curve=curve or {}, result=result)


@pytest.fixture
def found(spec) -> Found:
    trials = [
        trial(0, 0.001, "he", 2, accuracy=0.5, loss=0.7, curve={50: 0.8, 100: 0.7}),
        trial(1, 0.1, "xavier", 4, accuracy=0.75, loss=0.4, curve={50: 0.6, 100: 0.4}),
        trial(2, 1.0, "he", 8, accuracy=1.0, loss=0.05, curve={50: 0.1, 100: 0.05}),
        trial(3, 0.01, "xavier", 3, state="pruned", accuracy=0.6, loss=0.65, how="hopeless", curve={50: 0.65}),
        trial(4, 10.0, "he", 5, state="pruned", how="diverged"),
        trial(5, 0.3, "xavier", 6, state="running", curve={50: 0.3}),
    ]
    return Found(spec, trials, {RATE: 0.75, RULE: 0.25})
