"""How much each hyperparameter matters: PED-ANOVA.

Take the best quarter of the trials. Where a hyperparameter does not matter, its values there are spread as those of all
trials are; the more the two distributions differ (Pearson's divergence), the more it matters. Only the order of the
trials counts, so that one that diverged, or was stopped early, counts as a poor one.

Source: S. Watanabe, A. Bansal, F. Hutter, "PED-ANOVA: Efficiently Quantifying Hyperparameter Importance in Arbitrary
Subspaces", IJCAI (2023), arXiv:2304.10255. Optuna's evaluator; it needs nothing but NumPy.
"""

import math
import warnings
from collections.abc import Sequence

from model.search.space import AnyAxis
from model.search.trial_record import TrialRecord

BEST, FEWEST = 0.25, 8


def importance(axes: Sequence[AnyAxis], trials: Sequence[TrialRecord]) -> dict[str, float]:
    """The share of each axis by its path, largest first; they sum to 1. {} for fewer than 8 finished trials."""
    import optuna
    from optuna.importance import PedAnovaImportanceEvaluator, get_param_importances

    from search_engine.proposal import distribution

    finished = [each for each in trials if each.finished and len(each.values) == len(axes)]
    if len(finished) < FEWEST or len({each.loss for each in finished}) < 2:
        return {}
    spread = {axis.path: distribution(axis) for axis in axes}
    study = optuna.create_study()
    order = sorted({_poorness(each) for each in finished})
    study.add_trials(
        [
            optuna.create_trial(params=dict(each.values), distributions=spread, value=order.index(_poorness(each)))
            for each in finished
        ]
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = get_param_importances(study, evaluator=PedAnovaImportanceEvaluator(target_quantile=BEST))
    return {path: share for path, share in found.items() if math.isfinite(share)}


def _poorness(trial: TrialRecord) -> tuple[bool, float]:
    """Smaller is better. Those that ended early come behind all that went the whole way."""
    return trial.state != "complete", math.inf if trial.loss is None else trial.loss
