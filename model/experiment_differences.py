"""What differs between experiments: only the fields that do, called as they are declared.

Experiments are trees of named fields, so two of them are compared leaf by leaf. A field that only some of them have
(the momentum of one optimizer) tells nothing beyond their kind, and counts only where it differs among those.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import msgspec

from model.datasets.dataset import Own
from model.experiment import Experiment
from model.hyperparameter import Spec, declared_by
from model.layers import Affine, LayerSpec
from model.message import QT_TRANSLATE_NOOP, Message
from model.stages import stages

Place = tuple[str, ...]  # ("data", "dataset", "noise")

NOT_THERE = Message("–")  # an experiment has no such field
NOT_SET = Message(QT_TRANSLATE_NOOP("model", "none"))

# What a part of an experiment is called whose kind can be chosen.
KINDS: dict[str, str] = {
    "dataset": QT_TRANSLATE_NOOP("model", "data set"),
    "loss": QT_TRANSLATE_NOOP("model", "loss"),
    "optimizer": QT_TRANSLATE_NOOP("model", "optimizer"),
    "schedule": QT_TRANSLATE_NOOP("model", "schedule of the learning rate"),
    "weights": QT_TRANSLATE_NOOP("model", "initial weights"),
}
# Declared once and used twice: which of both is meant.
SEEDS: dict[Place, str] = {
    ("weights", "seed"): QT_TRANSLATE_NOOP("model", "seed of the initial weights"),
    ("batches", "seed"): QT_TRANSLATE_NOOP("model", "seed of the batches"),
}


@dataclass(frozen=True)
class Difference:
    """A field, and its value in every experiment that was compared."""

    label: Message
    values: tuple[Message, ...]


def differences(experiments: Sequence[Experiment]) -> list[Difference]:
    """The fields in which `experiments` are not all the same, in the order of the file."""
    # Layers can be compared one by one only where there are as many of the same kind.
    alike = len({tuple(type(layer) for layer in each.network.layers) for each in experiments}) == 1
    tables = [dict(_fields(each, (), alike)) for each in experiments]
    # All places, each where it first occurs: dictionaries keep their order.
    labels = {place: label for table in tables for place, (label, _) in table.items()}
    found: list[Difference] = []
    for place, label in labels.items():
        values = tuple(table[place][1] if place in table else NOT_THERE for table in tables)
        there = [value for value in values if value is not NOT_THERE]
        if any(value != there[0] for value in there):
            found.append(Difference(label, values))
    return found


def listed(messages: Sequence[Message], between: str = ", ") -> Message:
    """One after the other, as one message."""
    if not messages:
        return Message("")
    text = messages[0]
    for each in messages[1:]:
        text = Message("{first}{between}{second}", {"first": text, "between": Message(between), "second": each})
    return text


def _fields(spec: msgspec.Struct, place: Place, alike: bool) -> Iterator[tuple[Place, tuple[Message, Message]]]:
    """Every leaf: its place, its label and its value."""
    for field in _declared(type(spec)):
        here, value = (*place, field.name), getattr(spec, field.name)
        label = declared_label(field)
        if label:
            yield here, (Message(SEEDS.get(here, label)), in_words(value))
        elif field.name == "layers":
            yield from _layers(value, here, alike)
        elif isinstance(value, Spec):
            if value.label:
                named = value.title() if isinstance(value, Own) else Message(value.label)
                yield here, (Message(KINDS.get(field.name, field.name)), named)
            yield from _fields(value, here, alike)


@cache  # the answer never changes
def _declared(spec: type[msgspec.Struct]) -> tuple[msgspec.inspect.Field, ...]:
    info = msgspec.inspect.type_info(spec)
    assert isinstance(info, msgspec.inspect.StructType)
    return info.fields


def _layers(layers: Sequence[LayerSpec], place: Place, alike: bool) -> Iterator[tuple[Place, tuple[Message, Message]]]:
    if not alike:
        yield place, (Message(QT_TRANSLATE_NOOP("model", "layers")), layers_in_words(layers))
        return
    found = enumerate(stages(layers), 1)
    columns = {at: i for i, stage in found for at in (stage.affine, stage.activation, *stage.also)}
    for at, layer in enumerate(layers):
        number = columns.get(at, at + 1)
        for there, (label, value) in _fields(layer, (*place, str(at)), alike):
            values: dict[str, object] = {"number": number, "label": label}
            yield there, (Message(QT_TRANSLATE_NOOP("model", "layer {number}: {label}"), values), value)


def layers_in_words(layers: Sequence[LayerSpec]) -> Message:
    """The columns of the diagram: "8 Tanh, 8 Tanh, 1", "16 Convolution ReLU, 16 Max pooling, 10"."""
    found: list[Message] = []
    for stage in stages(layers):
        places = [stage.affine, stage.activation, *stage.also]
        named = [layers[at] for at in places if at is not None and not isinstance(layers[at], Affine)]
        parts = [Message("{units}", {"units": stage.units}), *(Message(layer.label) for layer in named)]
        found.append(listed(parts, " "))
    return listed(found)


def declared_label(field: msgspec.inspect.Field) -> str:
    """What the hyperparameter in this field is called; "" where it is none."""
    kind = field.type
    if isinstance(kind, msgspec.inspect.UnionType):  # Annotated[int, ...] | None: the declaration is the first
        kind = kind.types[0]
    if not isinstance(kind, msgspec.inspect.Metadata):
        return ""
    return str(declared_by(kind).get("title", ""))


def in_words(value: object) -> Message:
    """A hyperparameter's value as one reads it."""
    match value:
        case None:
            return NOT_SET
        case bool():
            return Message(QT_TRANSLATE_NOOP("model", "yes") if value else QT_TRANSLATE_NOOP("model", "no"))
        case int():
            return Message("{value:,}", {"value": value})
        case float():
            return Message("{value:.6g}", {"value": value})
        case str():
            return Message(value)
        case _:
            assert isinstance(value, tuple)
            return listed([Message(str(each)) for each in value])  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
