"""Interventions: what a person may change while a run is on its way.

A run is a recipe. The experiment says how it begins; the interventions say what was changed afterwards, and when:

    "after step 312 the learning rate became 0.01"

Both together give every number of the run again, to the last bit, so nothing else has to be kept. An intervention
belongs to a *boundary*: `step` steps are done, the next one has not begun. Only what a running network can live with is
an intervention; another layer or another loss makes another network, and with it another run from step 0.
"""

from collections.abc import Iterable
from typing import Annotated, Any, ClassVar, get_args

import msgspec
from msgspec import structs

from model.clipping import Clipping
from model.data import Data
from model.datasets.dataset import Own
from model.experiment import BatchesSpec, Experiment
from model.experiment_differences import KINDS
from model.experiment_differences import in_words as value_in_words
from model.hyperparameter import Spec, hyperparameter, hyperparameters
from model.message import QT_TRANSLATE_NOOP, Message
from model.optimizers import AnyOptimizer
from model.regularization import Regularization
from model.schedules import AnySchedule

Boundary = Annotated[
    int,
    hyperparameter(
        QT_TRANSLATE_NOOP("model", "step"),
        QT_TRANSLATE_NOOP("model", "How many steps were done when the change was made."),
        at_least=0,
        at_most=10**12,
    ),
]


class Intervention(Spec, frozen=True):
    """A change at a step boundary."""

    step: Boundary


class ChangeUpdate(Intervention, frozen=True):
    """Something else of how a gradient becomes a step: the field of the experiment that its class names."""

    field: ClassVar[str]

    @property
    def value(self) -> Any:
        """What the field becomes."""
        return getattr(self, self.field)


class ChangeOptimizer(ChangeUpdate, tag="optimizer", frozen=True):
    """Other hyperparameters of the optimizer, which keeps its state; or another optimizer, which starts afresh."""

    field: ClassVar[str] = "optimizer"
    optimizer: AnyOptimizer


class ChangeSchedule(ChangeUpdate, tag="schedule", frozen=True):
    """Another schedule of the learning rate, as if it had been there from the start."""

    field: ClassVar[str] = "schedule"
    schedule: AnySchedule


class ChangeRegularization(ChangeUpdate, tag="regularization", frozen=True):
    """Another price of the weights."""

    field: ClassVar[str] = "regularization"
    regularization: Regularization


class ChangeClipping(ChangeUpdate, tag="clipping", frozen=True):
    """Another limit to the length of the gradient, or none."""

    field: ClassVar[str] = "clipping"
    clipping: Clipping


class SetParameter(Intervention, tag="parameter", frozen=True):
    """One weight or bias set by hand, by name: layer 0, "weights", (1, 3)."""

    layer: Annotated[int, msgspec.Meta(ge=0, le=1000)]
    name: Annotated[str, msgspec.Meta(max_length=100)]
    at: Annotated[tuple[Annotated[int, msgspec.Meta(ge=0)], ...], msgspec.Meta(max_length=8)]
    value: float


class ChangeBatchSize(Intervention, tag="batch_size", frozen=True):
    """Another batch size. The epoch that was begun ends here; the next one is shuffled as it would have been."""

    size: Annotated[int, msgspec.Meta(ge=1, le=100_000)]


class ChangeData(Intervention, tag="data", frozen=True):
    """Other samples of the same kind: more noise, more points, another draw."""

    data: Data


AnyUpdateChange = ChangeOptimizer | ChangeSchedule | ChangeRegularization | ChangeClipping
UPDATE_CHANGES: tuple[type[AnyUpdateChange], ...] = get_args(AnyUpdateChange)
AnyIntervention = AnyUpdateChange | SetParameter | ChangeBatchSize | ChangeData


def in_force(experiment: Experiment, interventions: Iterable[AnyIntervention]) -> Experiment:
    """What the experiment has become after these interventions; a parameter set by hand changes nothing of it.

    Of each kind the last one holds. There may be thousands, so another experiment is made once, not for each.
    """
    size, data = experiment.batches.size, experiment.data
    update: dict[str, Any] = {}
    for each in interventions:
        if isinstance(each, ChangeUpdate):
            update[each.field] = each.value
        elif isinstance(each, ChangeBatchSize):
            size = each.size
        elif isinstance(each, ChangeData):
            data = each.data
    if not update and size == experiment.batches.size and data is experiment.data:
        return experiment
    batches: BatchesSpec = structs.replace(experiment.batches, size=size)
    return structs.replace(experiment, batches=batches, data=data, **update)


def same_target(one: AnyIntervention, other: AnyIntervention) -> bool:
    """Whether the later of two interventions at one boundary leaves nothing of the earlier."""
    if isinstance(one, SetParameter) and isinstance(other, SetParameter):
        return (one.step, one.layer, one.name, one.at) == (other.step, other.layer, other.name, other.at)
    # Adam for a moment and SGD again is not nothing: the state would be fresh.
    if isinstance(one, ChangeOptimizer) and isinstance(other, ChangeOptimizer):
        return one.step == other.step and type(one.optimizer) is type(other.optimizer)
    return type(one) is type(other) and one.step == other.step


def in_words(intervention: AnyIntervention, before: Experiment) -> Message:
    """What was changed, from what to what. `before`: the experiment that was in force."""
    match intervention:
        case ChangeUpdate():
            return _update_in_words(intervention.field, getattr(before, intervention.field), intervention.value)
        case ChangeBatchSize():
            values: dict[str, object] = {"before": before.batches.size, "after": intervention.size}
            if intervention.size == before.batches.size:
                return Message(QT_TRANSLATE_NOOP("model", "batch size: {after}, set again"), values)
            return Message(QT_TRANSLATE_NOOP("model", "batch size: {before} → {after}"), values)
        case ChangeData():
            changes = _changed_fields(before.data, intervention.data)
            if not changes and intervention.data == before.data:
                return Message(QT_TRANSLATE_NOOP("model", "data: the same, set again"))
            if not changes:
                return Message(QT_TRANSLATE_NOOP("model", "other data"))
            return Message(QT_TRANSLATE_NOOP("model", "data: {names}"), {"names": _listed(changes)})
        case SetParameter():
            place = ", ".join(str(i) for i in intervention.at)
            name = f"layers[{intervention.layer}].{intervention.name}[{place}]"
            return Message("{name} = {value}", {"name": name, "value": f"{intervention.value:.6g}"})


def _update_in_words(field: str, old: Spec, new: Spec) -> Message:
    name = Message(KINDS.get(field, new.label))
    if type(old) is not type(new):
        values: dict[str, object] = {"name": name, "before": Message(old.label), "after": Message(new.label)}
        return Message("{name}: {before} → {after}", values)
    declared = hyperparameters(type(new))
    changes = [
        Message(
            "{name}: {before} → {after}",
            {
                "name": Message(each.label),
                "before": value_in_words(getattr(old, each.name)),
                "after": value_in_words(getattr(new, each.name)),
            },
        )
        for each in declared
        if getattr(old, each.name) != getattr(new, each.name)
    ]
    if changes:
        return _listed(changes)
    # A slider that was dragged there and back.
    if not declared:
        return Message(
            QT_TRANSLATE_NOOP("model", "{name}: {value}, set again"), {"name": name, "value": Message(new.label)}
        )
    first: dict[str, object] = {
        "name": Message(declared[0].label),
        "value": value_in_words(getattr(new, declared[0].name)),
    }
    return Message(QT_TRANSLATE_NOOP("model", "{name}: {value}, set again"), first)


def _changed_fields(before: Data, after: Data) -> list[Message]:
    """'noise 0.1 → 0.3' of every number that differs, in the data set and around it; or the names of two data sets."""
    if type(before.dataset) is not type(after.dataset):
        values: dict[str, object] = {"before": Message(before.dataset.label), "after": Message(after.dataset.label)}
        return [Message("{before} → {after}", values)]
    found: list[Message] = []
    if isinstance(after.dataset, Own) and before.dataset != after.dataset:
        found.append(Message("{before} → {after}", {"before": before.dataset.title(), "after": after.dataset.title()}))
    pairs: list[tuple[Spec, Spec]] = [(before.dataset, after.dataset), (before, after)]
    for old, new in pairs:
        for each in hyperparameters(type(new)):
            one, other = getattr(old, each.name), getattr(new, each.name)
            if one != other:
                values = {"name": Message(each.label), "before": one, "after": other}
                found.append(Message("{name} {before} → {after}", values))
    return found


def _listed(messages: list[Message]) -> Message:
    """One after the other, with a comma between; there is at least one."""
    text = messages[0]
    for each in messages[1:]:
        text = Message("{first}, {second}", {"first": text, "second": each})
    return text
