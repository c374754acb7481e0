"""Values that follow from the trials before: Optuna's TPE over the axes of a search."""

import warnings
from typing import Any

from model.random_streams import stream
from model.search.proposals import Values
from model.search.search_spec import SearchSpec
from model.search.space import AnyAxis, Choice


def proposal(study: Any, spec: SearchSpec, place: int) -> Values:
    """What the TPE proposes, with chance of its own for every place. Trials that run count as poor ones
    (`constant_liar`): processes side by side do not all try the same."""
    from optuna.exceptions import ExperimentalWarning
    from optuna.samplers import TPESampler
    from optuna.trial import TrialState, create_trial

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ExperimentalWarning)  # of the constant liar
        seed = int(stream(spec.seed, "tpe", place).integers(2**31))
        sampler = TPESampler(seed=seed, n_startup_trials=0, constant_liar=True)  # `spec` says when it is asked
    unborn = create_trial(state=TrialState.WAITING)  # in no storage yet
    return {
        axis.path: axis.tidy(sampler.sample_independent(study, unborn, axis.path, distribution(axis)))
        for axis in spec.axes
    }


def distribution(axis: AnyAxis) -> Any:
    """An axis as Optuna has it."""
    from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution

    if isinstance(axis, Choice):
        return CategoricalDistribution(axis.options)
    log = axis.scale == "log"
    if axis.whole:
        return IntDistribution(int(axis.low), int(axis.high), log=log)
    return FloatDistribution(axis.low, axis.high, log=log)
