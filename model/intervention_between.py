"""What one experiment is after another: the same run with an intervention, or another run."""

from msgspec import structs

from model.data import Data
from model.experiment import Experiment
from model.interventions import AnyIntervention, ChangeBatchSize, ChangeData, ChangeOptimizer


def follows(before: Experiment, after: Experiment) -> bool:
    """Whether they differ at most in what changes no number of a run: when to evaluate and when to stop."""
    return structs.replace(before, evaluation=after.evaluation, stop=after.stop) == after


def intervention_between(before: Experiment, after: Experiment) -> AnyIntervention | None:
    """The intervention that makes `after` of `before`, at step 0; None where only another run does."""
    before = structs.replace(before, evaluation=after.evaluation, stop=after.stop)
    if before == after:
        return None
    if structs.replace(before, optimizer=after.optimizer) == after:
        return ChangeOptimizer(step=0, optimizer=after.optimizer)
    batches = structs.replace(before.batches, size=after.batches.size)
    if structs.replace(before, batches=batches) == after:
        return ChangeBatchSize(step=0, size=after.batches.size)
    if structs.replace(before, data=after.data) == after and _same_kind(before.data, after.data):
        return ChangeData(step=0, data=after.data)
    return None


def _same_kind(before: Data, after: Data) -> bool:
    """Samples of the same data set, seen and shared out alike.

    Another seed or another share would hand samples of the test to the training of a network that goes on learning.
    """
    same_set = type(before.dataset) is type(after.dataset)
    return same_set and structs.replace(before, dataset=after.dataset) == after
