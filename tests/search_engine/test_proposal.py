import math

import optuna
import pytest
from msgspec import structs

from model.search.space import Choice
from search_engine.proposal import distribution, proposal


@pytest.fixture
def known(spec):
    """Trials whose loss is the distance of the learning rate from 0.1, in powers of ten."""
    rates, units = spec.axes
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    made = optuna.create_study()
    for number in range(40):
        rate = rates.at(number / 40)
        made.add_trial(
            optuna.create_trial(
                params={rates.path: rate, units.path: 2 + number % 7},
                distributions={axis.path: distribution(axis) for axis in spec.axes},
                value=abs(math.log10(rate) + 1),
            )
        )
    return made


def test_it_proposes_near_the_trials_that_did_well(spec, known):
    rates = [proposal(known, spec, place)[spec.axes[0].path] for place in range(40, 50)]
    assert sum(0.02 < rate < 0.5 for rate in rates) >= 7, "a third of the axis by chance"
    assert len(set(rates)) > 5, "each place has chance of its own"


def test_the_same_place_after_the_same_trials_is_the_same_proposal(spec, known):
    assert proposal(known, spec, 41) == proposal(known, spec, 41)


def test_before_any_trial_is_finished_it_is_chance_within_the_axes(spec):
    found = proposal(optuna.create_study(), spec, 12)
    rate, units = found["optimizer.learning_rate"], found["network.layers[0].units"]
    assert 1e-3 <= rate <= 10 and units in range(2, 9) and isinstance(units, int)


def test_kinds_are_proposed_by_name(spec):
    axis = Choice(path="network.layers[*].weights", options=("he", "xavier"))
    assert proposal(optuna.create_study(), structs.replace(spec, axes=(axis,)), 10)[axis.path] in axis.options
