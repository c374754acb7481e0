"""What one experiment is after another: the same run with an intervention, or another run."""

from msgspec import structs

from model.data import Data
from model.datasets import OfFile
from model.experiment import Experiment
from model.interventions import UPDATE_CHANGES, AnyIntervention, AnyUpdateChange, ChangeBatchSize, ChangeData


def follows(before: Experiment, after: Experiment) -> bool:
    """Whether they differ at most in what changes no number of a run: when to evaluate and when to stop."""
    return structs.replace(before, evaluation=after.evaluation, stop=after.stop) == after


def differs_in_update(before: Experiment, after: Experiment) -> bool:
    """Whether they differ at most in that, and in what an update does with a gradient."""
    update = {kind.field: getattr(after, kind.field) for kind in UPDATE_CHANGES}
    return follows(structs.replace(before, **update), after)


def update_changes(before: Experiment, after: Experiment) -> list[AnyUpdateChange]:
    """What of the update is another in `after`, each as an intervention at step 0."""
    return [
        kind(step=0, **{kind.field: getattr(after, kind.field)})
        for kind in UPDATE_CHANGES
        if getattr(before, kind.field) != getattr(after, kind.field)
    ]


def intervention_between(before: Experiment, after: Experiment) -> AnyIntervention | None:
    """The intervention that makes `after` of `before`, at step 0; None where only another run does."""
    before = structs.replace(before, evaluation=after.evaluation, stop=after.stop)
    if before == after:
        return None
    if differs_in_update(before, after):
        changes = update_changes(before, after)
        return changes[0] if len(changes) == 1 else None
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
    same_set = type(before.dataset) is type(after.dataset) and not isinstance(before.dataset, OfFile)
    return same_set and structs.replace(before, dataset=after.dataset) == after
