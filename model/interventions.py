"""Interventions: what a person may change while a run is on its way.

A run is a recipe. The experiment says how it begins; the interventions say what was changed afterwards, and when:

    "after step 312 the learning rate became 0.01"

Both together give every number of the run again, to the last bit, so nothing else has to be kept. An intervention
belongs to a *boundary*: `step` steps are done, the next one has not begun. Only what a running network can live with is
an intervention; another layer or another loss makes another network, and with it another run from step 0.
"""

from collections.abc import Iterable
from typing import Annotated

import msgspec
from msgspec import structs

from model.data import Data
from model.experiment import BatchesSpec, Experiment
from model.hyperparameter import Spec, hyperparameter, hyperparameters
from model.message import QT_TRANSLATE_NOOP, Message
from model.optimizers import AnyOptimizer

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


class ChangeOptimizer(Intervention, tag="optimizer", frozen=True):
    """Other hyperparameters of the optimizer, which keeps its state; or another optimizer, which starts afresh."""

    optimizer: AnyOptimizer


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


AnyIntervention = ChangeOptimizer | SetParameter | ChangeBatchSize | ChangeData


def in_force(experiment: Experiment, interventions: Iterable[AnyIntervention]) -> Experiment:
    """What the experiment has become after these interventions; a parameter set by hand changes nothing of it.

    Of each kind the last one holds. There may be thousands, so another experiment is made once, not for each.
    """
    optimizer, size, data = experiment.optimizer, experiment.batches.size, experiment.data
    for each in interventions:
        if isinstance(each, ChangeOptimizer):
            optimizer = each.optimizer
        elif isinstance(each, ChangeBatchSize):
            size = each.size
        elif isinstance(each, ChangeData):
            data = each.data
    if optimizer is experiment.optimizer and size == experiment.batches.size and data is experiment.data:
        return experiment
    batches: BatchesSpec = structs.replace(experiment.batches, size=size)
    return structs.replace(experiment, optimizer=optimizer, batches=batches, data=data)


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
        case ChangeOptimizer():
            return _optimizer_in_words(intervention, before)
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


def _optimizer_in_words(change: ChangeOptimizer, before: Experiment) -> Message:
    old, new = before.optimizer, change.optimizer
    if type(old) is not type(new):
        values: dict[str, object] = {"before": Message(old.label), "after": Message(new.label)}
        return Message(QT_TRANSLATE_NOOP("model", "optimizer: {before} → {after}"), values)
    changes = [
        Message(
            "{name}: {before} → {after}",
            {
                "name": Message(each.label),
                "before": f"{getattr(old, each.name):.6g}",
                "after": f"{getattr(new, each.name):.6g}",
            },
        )
        for each in hyperparameters(type(new))
        if getattr(old, each.name) != getattr(new, each.name)
    ]
    if not changes:  # a slider that was dragged there and back
        rate: dict[str, object] = {
            "name": Message(hyperparameters(type(new))[0].label),
            "value": f"{new.learning_rate:.6g}",
        }
        return Message(QT_TRANSLATE_NOOP("model", "{name}: {value}, set again"), rate)
    return _listed(changes)


def _changed_fields(before: Data, after: Data) -> list[Message]:
    """'noise 0.1 → 0.3' of every number that differs, in the data set and around it; or the names of two data sets."""
    if type(before.dataset) is not type(after.dataset):
        values: dict[str, object] = {"before": Message(before.dataset.label), "after": Message(after.dataset.label)}
        return [Message("{before} → {after}", values)]
    found: list[Message] = []
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
