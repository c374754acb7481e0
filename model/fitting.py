"""Do the parts of an experiment fit together? A problem is a place in the file and a sentence: what is allowed."""

import math
from collections.abc import Iterator

from model import data as data_module
from model.arrays import Shape
from model.data_files.error import DataFileError
from model.experiment import Experiment
from model.layers import (
    Activation,
    AveragePooling,
    BatchNorm,
    Dropout,
    Flatten,
    Identity,
    LayerSpec,
    MaxPooling,
    ShapeError,
    Softmax,
)
from model.losses import MeanSquaredError, SoftmaxCrossEntropy
from model.message import QT_TRANSLATE_NOOP, Message, literal
from model.parameters import Layout
from model.targets import encoding

MOST_PARAMETERS = 5_000_000
MOST_NUMBERS = 200_000  # that one sample becomes in a layer: a batch has them all at once

# What lies between two numbers before these layers lies between them behind, too.
PASSING = Flatten, Identity, MaxPooling, AveragePooling

Problem = tuple[str, Message]


def problems(experiment: Experiment) -> Iterator[Problem]:
    """Every reason why the experiment cannot run, the first in the file first. None: it can."""
    data_problems = [(f"$.data{place}", message) for place, message in data_module.problems(experiment.data)]
    yield from data_problems
    if data_problems:
        return
    shapes: list[Shape] = [input_shape(experiment)]
    sizes: list[dict[str, Shape]] = []
    for i, layer in enumerate(experiment.network.layers):
        try:
            shapes.append(layer.output_shape(shapes[-1]))
        except ShapeError as error:
            yield f"$.network.layers[{i}]", error.message
            return
        if math.prod(shapes[-1]) > MOST_NUMBERS:
            message = QT_TRANSLATE_NOOP("model", "a sample becomes {size:,} numbers here; at most {most:,} are allowed")
            yield f"$.network.layers[{i}]", Message(message, {"size": math.prod(shapes[-1]), "most": MOST_NUMBERS})
            return
        sizes.append(layer.parameter_shapes(shapes[-2]))
    yield from _sizes(Layout(sizes))
    yield from _names(experiment.network.layers)
    yield from _output(experiment, shapes[-1])
    yield from _early_stopping(experiment)


def problems_alone(experiment: Experiment) -> Iterator[Problem]:
    """The same, and what may come about in a run on its way: other samples, or another stop condition, are no reason
    to lose it."""
    found = list(problems(experiment))
    yield from found
    if experiment.stop.patience is None or found:
        return
    try:
        if len(data_module.load(experiment.data).validation.inputs):
            return
    except DataFileError:
        return  # whoever reads the file says what is wrong with it
    message = QT_TRANSLATE_NOOP(
        "model",
        "early stopping watches the validation loss, and the validation part is empty: its share of the data is less "
        "than one sample; make it larger first",
    )
    yield "$.stop.patience", Message(message)


def input_shape(experiment: Experiment) -> Shape:
    """The shape of one sample as the network sees it: after the choice of features."""
    shape = experiment.data.dataset.shape
    return (len(experiment.data.features),) if shape == (2,) else shape


def last_activation(layers: tuple[LayerSpec, ...]) -> LayerSpec | None:
    """What the output went through last, behind the last layer with weights; None where its numbers may be any."""
    for layer in reversed(layers):
        if layer.weighted or isinstance(layer, BatchNorm):
            return None
        if not isinstance(layer, PASSING):  # a sigmoid with an identity behind it is still a sigmoid
            return layer
    return None


def _sizes(layout: Layout) -> Iterator[Problem]:
    if not layout.size:
        message = QT_TRANSLATE_NOOP("model", "the network has nothing to learn; add an affine layer")
        yield "$.network.layers", Message(message)
    if layout.size > MOST_PARAMETERS:
        message = QT_TRANSLATE_NOOP("model", "the network has {size:,} parameters; at most {most:,} are allowed")
        yield "$.network.layers", Message(message, {"size": layout.size, "most": MOST_PARAMETERS})


def _names(layers: tuple[LayerSpec, ...]) -> Iterator[Problem]:
    names = [getattr(layer, "name", None) for layer in layers]  # None: it draws no random numbers
    seen = {f"layers[{i}]" for i, name in enumerate(names) if name == ""}
    for i, name in enumerate(names):
        if name and name in seen:
            message = QT_TRANSLATE_NOOP("model", 'two layers are called "{name}"; give each a name of its own')
            yield f"$.network.layers[{i}].name", Message(message, {"name": name})
        seen.add(name or "")


def _output(experiment: Experiment, output: Shape) -> Iterator[Problem]:
    layers, loss, dataset = experiment.network.layers, experiment.loss, experiment.data.dataset
    last = last_activation(layers)
    at_units = _place_of_units(layers)
    at_last = f"$.network.layers[{max(i for i, layer in enumerate(layers) if last is None or layer is last)}]"
    for i, layer in enumerate(layers):
        if isinstance(layer, Dropout) and not any(behind.weighted for behind in layers[i:]):
            message = QT_TRANSLATE_NOOP(
                "model", "dropout behind the last layer with weights would set answers to 0; put it before that layer"
            )
            yield f"$.network.layers[{i}]", Message(message)
            return
        if isinstance(layer, Softmax) and (i < len(layers) - 1 or not isinstance(loss, MeanSquaredError)):
            message = QT_TRANSLATE_NOOP(
                "model", "softmax as a layer goes last and with mean squared error; softmax cross entropy has its own"
            )
            yield f"$.network.layers[{i}]", Message(message)
            return
    if loss.takes_scores and last is not None:
        message = QT_TRANSLATE_NOOP(
            "model", "{loss} takes scores: the last activation must be identity, not {activation}"
        )
        yield at_last, Message(message, {"loss": literal(loss.label), "activation": literal(last.label)})
        return
    if len(output) != 1:
        message = QT_TRANSLATE_NOOP(
            "model", "the output must be a row of numbers, not an image: end with an affine layer"
        )
        yield at_last, Message(message)
        return
    if dataset.task == "regression":
        yield from _regression_output(experiment, output[0], at_units)
    else:
        yield from _class_output(experiment, output[0], last, at_last, at_units)


def _regression_output(experiment: Experiment, outputs: int, at_units: str) -> Iterator[Problem]:
    if experiment.loss.takes_scores:
        message = QT_TRANSLATE_NOOP("model", "{loss} is for classes; {dataset} has values: take mean squared error")
        values: dict[str, object] = {"loss": literal(experiment.loss.label)}
        yield "$.loss", Message(message, values | {"dataset": literal(experiment.data.dataset.label)})
    if outputs != 1:
        message = QT_TRANSLATE_NOOP("model", "{dataset} has 1 value to predict; the last layer has {outputs} units")
        yield at_units, Message(message, {"dataset": literal(experiment.data.dataset.label), "outputs": outputs})


def _class_output(
    experiment: Experiment, outputs: int, last: LayerSpec | None, at_last: str, at_units: str
) -> Iterator[Problem]:
    classes = len(experiment.data.dataset.class_names)
    only_many = isinstance(experiment.loss, SoftmaxCrossEntropy)
    one_will_do = classes == 2 and not only_many
    if outputs != classes and not (one_will_do and outputs == 1):
        message = (
            QT_TRANSLATE_NOOP(
                "model", "{dataset} has 2 classes: the last layer needs 1 or 2 units here, it has {outputs}"
            )
            if one_will_do
            else QT_TRANSLATE_NOOP(
                "model", "{dataset} has {classes} classes: the last layer needs {classes} units here, it has {outputs}"
            )
        )
        values: dict[str, object] = {"dataset": literal(experiment.data.dataset.label), "classes": classes}
        yield at_units, Message(message, values | {"outputs": outputs})
    elif encoding(experiment.loss, last, outputs, regression=False) is None:
        message = QT_TRANSLATE_NOOP(
            "model", "one output for two classes must be identity, tanh or sigmoid: {activation} has no two sides"
        )
        yield at_last, Message(message, {"activation": literal(last.label if isinstance(last, Activation) else "")})


def _early_stopping(experiment: Experiment) -> Iterator[Problem]:
    if experiment.stop.patience is not None and not experiment.data.validation:
        message = QT_TRANSLATE_NOOP(
            "model",
            "early stopping watches the validation loss, and there is no validation part: give it a share of the data "
            "first",
        )
        yield "$.stop.patience", Message(message)


def _place_of_units(layers: tuple[LayerSpec, ...]) -> str:
    places = [i for i, layer in enumerate(layers) if layer.weighted]
    if not places:
        return "$.network.layers"
    field = "units" if hasattr(layers[places[-1]], "units") else "filters"
    return f"$.network.layers[{places[-1]}].{field}"
