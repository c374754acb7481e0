"""What can vary in an experiment, and between which bounds: read off the declarations of its hyperparameters.

The declared domain says what is possible, and is far too wide to search: a learning rate of 1000 is possible. So a
range spans the two powers of ten on either side of the present value where the scale is logarithmic, the declared
domain where both its ends are near, and a factor of four where a whole number has no near end.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from model.experiment import BatchesSpec, Experiment
from model.hyperparameter import Hyperparameter, Spec, hyperparameters
from model.initializers import He, Normal, Xavier
from model.layers import LayerSpec
from model.message import QT_TRANSLATE_NOOP, Message
from model.regularization import Regularization
from model.search.space import AnyAxis, Choice, Range

SHAPES = {"units", "filters"}  # whole numbers of a layer that may be any: the layers behind it adapt
PRICE = (1e-6, 1e-1)  # of a penalty that is off: where it begins to be felt, and where it rules
FACTOR, POWERS = 4.0, 100.0
EDGE = 0.01  # how far a range keeps from an end that the domain excludes
RULES = tuple(str(kind.__struct_config__.tag) for kind in (Xavier, He, Normal))  # those that break the symmetry
INITIAL_WEIGHTS = "network.layers[*].weights"


@dataclass(frozen=True)
class Variable:
    """One hyperparameter that may vary: its name, what it means, and the range that is proposed."""

    label: Message
    meaning: str  # marked for translation where it was declared
    axis: AnyAxis
    declared: Hyperparameter | None  # None of a choice between kinds


def variables(experiment: Experiment) -> list[Variable]:
    """Everything that may vary in `experiment`, in the order in which one would try it."""
    found = list(_numbers(experiment.optimizer, "optimizer"))
    found += _of_penalty(experiment)
    size = _declared(BatchesSpec, "size")
    found.append(
        Variable(Message(size.label), size.meaning, _range(size, experiment.batches.size, "batches.size"), size)
    )
    found += _of_layers(experiment.network.layers)
    found += _numbers(experiment.schedule, "schedule")
    return found


def _declared(spec: type[Spec], name: str) -> Hyperparameter:
    return next(each for each in hyperparameters(spec) if each.name == name)


def _numbers(spec: Spec, path: str) -> Iterator[Variable]:
    for each in hyperparameters(type(spec)):
        value = getattr(spec, each.name)
        if each.kind is float and value is not None and each.name != "epsilon":
            yield Variable(Message(each.label), each.meaning, _range(each, value, f"{path}.{each.name}"), each)


def _of_penalty(experiment: Experiment) -> Iterator[Variable]:
    for name in ("l2", "l1"):
        each, value = _declared(Regularization, name), getattr(experiment.regularization, name)
        path = f"regularization.{name}"
        axis = _range(each, value, path) if value else Range(path=path, low=PRICE[0], high=PRICE[1], scale="log")
        yield Variable(Message(each.label), each.meaning, axis, each)


def _of_layers(layers: tuple[LayerSpec, ...]) -> Iterator[Variable]:
    if any(hasattr(layer, "weights") for layer in layers):
        yield Variable(
            Message(QT_TRANSLATE_NOOP("model", "initial weights")),
            QT_TRANSLATE_NOOP("model", "The rule by which the weights of all layers start."),
            Choice(path=INITIAL_WEIGHTS, options=RULES),
            None,
        )
    last = max((at for at, layer in enumerate(layers) if layer.weighted), default=-1)
    column = 0
    for at, layer in enumerate(layers):
        column += layer.weighted
        for each in hyperparameters(type(layer)):
            value = getattr(layer, each.name)
            if value is None or not (each.kind is float or (each.name in SHAPES and at != last)):
                continue
            label = Message(
                QT_TRANSLATE_NOOP("model", "layer {number}: {label}"),
                {"number": max(column, 1), "label": Message(each.label)},
            )
            yield Variable(label, each.meaning, _range(each, value, f"network.layers[{at}].{each.name}"), each)


def _range(declared: Hyperparameter, value: float, path: str) -> Range:
    low, high = _bounds(declared, value)
    if declared.kind is int:
        return Range(path=path, low=max(1.0, round(low)), high=max(2.0, round(high)), scale=declared.scale, whole=True)
    return Range(path=path, low=_short(low), high=_short(high), scale=declared.scale)


def _bounds(declared: Hyperparameter, value: float) -> tuple[float, float]:
    lowest = -math.inf if declared.minimum is None else declared.minimum
    highest = math.inf if declared.maximum is None else declared.maximum
    if declared.scale == "log" and value > 0:
        return max(lowest, value / POWERS), min(highest, value * POWERS)
    if declared.kind is int:
        return max(lowest, value / FACTOR), min(highest, value * FACTOR)
    if math.isinf(lowest) or math.isinf(highest) or highest - lowest > 10:
        spread = max(1.0, abs(value))
        return max(lowest, value - spread), min(highest, value + spread)
    edge = EDGE * (highest - lowest)
    low = lowest + edge if declared.minimum_excluded else lowest
    high = highest - edge if declared.maximum_excluded else highest
    return min(low, value), max(high, value)


def _short(value: float) -> float:
    return float(f"{value:.4g}")


def label_of(experiment: Experiment, path: str) -> Message:
    """What the hyperparameter at `path` is called; the path itself where it is none that the search offers."""
    found = next((each.label for each in variables(experiment) if each.axis.path == path), None)
    return found if found is not None else Message("{path}", {"path": path})


def default_axes(experiment: Experiment) -> tuple[AnyAxis, ...]:
    """What varies where nobody has said: the learning rate and the weight decay, the two that matter most often."""
    paths = {"optimizer.learning_rate", "regularization.l2"}
    return tuple(each.axis for each in variables(experiment) if each.axis.path in paths)


def find(experiment: Experiment, name: str) -> Variable | None:
    """The one variable whose path is `name` or ends with it; None where there is none or several."""
    found = variables(experiment)
    exact = [each for each in found if each.axis.path == name]
    ending = exact or [each for each in found if each.axis.path.endswith(f".{name}")]
    return ending[0] if len(ending) == 1 else None
