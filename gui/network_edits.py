"""Edits of the network: an experiment in, the experiment with another network out.

Nothing here is checked but what an edit itself can get wrong; whether the result can run is asked of the session, or
beforehand of `obstacle`. A layer draws its initial weights from a stream that is named after it or after its place.
Where places shift, every layer without a name is given its place as its name first, and keeps its weights.
"""

from msgspec import structs

from model.experiment import Experiment, NetworkSpec
from model.experiment_file import ExperimentError, checked
from model.initializers import AnyInitializer, Xavier
from model.layers import Affine, AnyLayer, Flatten, Identity, Sigmoid, Softmax, Tanh
from model.message import Message
from model.stages import Stage, stages

UNITS = 4  # of a first hidden layer; another one takes after its neighbour

Layers = list[AnyLayer]


def obstacle(experiment: Experiment) -> Message | None:
    """Why the experiment cannot run, in a sentence; None where it can."""
    try:
        checked(experiment)
    except ExperimentError as error:
        return error.message
    return None


def hidden_layers(experiment: Experiment) -> int:
    """How many hidden layers there are: all columns but the output."""
    return len(stages(experiment.network.layers)) - 1


def units(experiment: Experiment, column: int) -> int:
    """How many neurons a column has. Raises IndexError where there is no such column."""
    return stages(experiment.network.layers)[column].units


def add_layer(experiment: Experiment, at: int) -> Experiment:
    """A new hidden layer before column `at` (0: behind the inputs), like the hidden layer beside it.

    Raises IndexError where there is no column `at`.
    """
    layers, columns = _named(experiment), stages(experiment.network.layers)
    place = columns[at].affine
    hidden = columns[:-1]
    affine, activation = Affine(units=UNITS, weights=Xavier()), Tanh()
    if hidden:
        model = hidden[max(0, at - 1)]
        beside = _affine(layers, model)
        affine = Affine(units=beside.units, weights=beside.weights)
        activation = Identity() if model.activation is None else layers[model.activation]
    affine = structs.replace(affine, name=_fresh_name(layers))
    return _with(experiment, [*layers[:place], affine, activation, *layers[place:]])


def remove_layer(experiment: Experiment, column: int) -> Experiment:
    """Without the hidden layer `column`. Raises IndexError where that is not a hidden layer."""
    layers, columns = _named(experiment), stages(experiment.network.layers)
    if not 0 <= column < len(columns) - 1:
        raise IndexError(f"column {column} is not a hidden layer")
    first, behind = columns[column].affine, columns[column + 1].affine
    kept = [layer for layer in layers[first:behind] if isinstance(layer, Flatten)]
    return _with(experiment, [*layers[:first], *kept, *layers[behind:]])


def set_units(experiment: Experiment, column: int, number: int) -> Experiment:
    """`number` neurons in a column; the output's activation gives way where it does not fit their number."""
    layers = list(experiment.network.layers)
    place = stages(layers)[column].affine
    layers[place] = structs.replace(_affine(layers, stages(layers)[column]), units=number)
    return fit_activation(_with(experiment, layers))


def choose_activation(experiment: Experiment, column: int, activation: AnyLayer) -> Experiment:
    """Another activation behind a column. Raises IndexError where there is no such column."""
    stage = stages(experiment.network.layers)[column]
    if stage.activation is not None:
        layers = list(experiment.network.layers)
        layers[stage.activation] = activation
    elif isinstance(activation, Identity):
        return experiment
    else:
        layers = _named(experiment)
        layers.insert(stage.affine + 1, activation)
    return _with(experiment, layers)


def choose_activations(experiment: Experiment, activation: AnyLayer) -> Experiment:
    """One activation behind every hidden layer."""
    for column in range(len(stages(experiment.network.layers)) - 1):
        experiment = choose_activation(experiment, column, activation)
    return experiment


def choose_weights(experiment: Experiment, column: int, weights: AnyInitializer) -> Experiment:
    """Another rule for the initial weights of a column. Raises IndexError where there is no such column."""
    layers = list(experiment.network.layers)
    stage = stages(layers)[column]
    layers[stage.affine] = structs.replace(_affine(layers, stage), weights=weights)
    return _with(experiment, layers)


def choose_all_weights(experiment: Experiment, weights: AnyInitializer) -> Experiment:
    """One rule for the initial weights of every layer."""
    for column in range(len(stages(experiment.network.layers))):
        experiment = choose_weights(experiment, column, weights)
    return experiment


def fit_activation(experiment: Experiment) -> Experiment:
    """The experiment with an activation of the output that fits the loss and the number of outputs."""
    columns = stages(experiment.network.layers)
    if not columns or columns[-1].activation is None:
        return experiment
    activation, outputs = experiment.network.layers[columns[-1].activation], columns[-1].units
    fits, replacement = True, Identity()
    if experiment.loss.takes_scores:
        fits = isinstance(activation, Identity)
    elif experiment.data.dataset.task == "regression":
        fits = not isinstance(activation, Softmax)
    elif outputs == 1:
        fits, replacement = isinstance(activation, Identity | Tanh | Sigmoid), Tanh()
    return experiment if fits else choose_activation(experiment, len(columns) - 1, replacement)


def _affine(layers: Layers, stage: Stage) -> Affine:
    layer = layers[stage.affine]
    assert isinstance(layer, Affine), "a stage is named after its affine layer"
    return layer


def _named(experiment: Experiment) -> Layers:
    """The layers; those that draw from the stream of their place now carry the place as their name."""
    return [
        structs.replace(layer, name=f"layers[{place}]") if isinstance(layer, Affine) and not layer.name else layer
        for place, layer in enumerate(experiment.network.layers)
    ]


def _fresh_name(layers: Layers) -> str:
    taken = {layer.name for layer in layers if isinstance(layer, Affine)}
    return next(name for n in range(1, len(layers) + 2) if (name := f"layer {n}") not in taken)


def _with(experiment: Experiment, layers: Layers) -> Experiment:
    return structs.replace(experiment, network=NetworkSpec(layers=tuple(layers)))
