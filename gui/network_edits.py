"""Edits of the network: an experiment in, the experiment with another network out.

Nothing here is checked but what an edit itself can get wrong; whether the result can run is asked of the session, or
beforehand of `obstacle`. Where places shift, every layer keeps its initial weights (see `model.layer_names`).
"""

from msgspec import structs

from model import recipe_fitting
from model.experiment import Experiment
from model.experiment_file import ExperimentError, checked
from model.initializers import AnyInitializer
from model.layer_names import fresh_name, named, with_layers
from model.layers import (
    Affine,
    AnyLayer,
    BatchNorm,
    Convolution,
    Flatten,
    Identity,
    Maxout,
    ReLU,
    Sigmoid,
    Softmax,
    Tanh,
)
from model.layers.affine import MOST_UNITS
from model.layers.convolution import MOST_FILTERS
from model.message import Message
from model.stages import stages

UNITS = 4  # of a first hidden layer; another one takes after its neighbour


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
    """A new hidden layer before column `at` (0: behind the inputs), like the hidden layer of its kind beside it.

    Where the column takes images it is a convolution that keeps their size, else an affine layer. Raises IndexError
    where there is no column `at`.
    """
    layers, columns = named(experiment), stages(experiment.network.layers)
    place = columns[at].affine
    images = len(recipe_fitting.shapes_before(experiment)[place]) == 3
    added: Affine | Convolution = Convolution(filters=UNITS, padding=1) if images else Affine(units=UNITS)
    activation: AnyLayer = ReLU() if images else Tanh()
    # The one before it, or where there is none of its kind, behind it.
    beside = [*reversed(columns[:at]), *columns[at:-1]]
    model = next((each for each in beside if isinstance(layers[each.affine], type(added))), None)
    if model is not None:
        like = layers[model.affine]
        if isinstance(added, Affine) and isinstance(like, Affine):
            added = Affine(units=like.units, weights=like.weights)
        elif isinstance(added, Convolution) and isinstance(like, Convolution):
            added = Convolution(filters=like.filters, padding=1, weights=like.weights)
        activation = Identity() if model.activation is None else layers[model.activation]
    added = structs.replace(added, name=fresh_name(layers))
    return with_layers(experiment, [*layers[:place], added, activation, *layers[place:]])


def remove_layer(experiment: Experiment, column: int) -> Experiment:
    """Without the hidden layer `column`. Raises IndexError where that is not a hidden layer."""
    layers, columns = named(experiment), stages(experiment.network.layers)
    if not 0 <= column < len(columns) - 1:
        raise IndexError(f"column {column} is not a hidden layer")
    first, behind = columns[column].affine, columns[column + 1].affine
    kept = [layer for layer in layers[first:behind] if isinstance(layer, Flatten)]
    return with_layers(experiment, [*layers[:first], *kept, *layers[behind:]])


def set_units(experiment: Experiment, column: int, number: int) -> Experiment:
    """`number` neurons in a column; the output's activation gives way where it does not fit their number.

    A pooling keeps the number that it has.
    """
    layers = list(experiment.network.layers)
    place = stages(layers)[column].affine
    layers[place] = _with_units(layers[place], number)
    return fit_activation(with_layers(experiment, layers))


def most_units(experiment: Experiment, column: int) -> int:
    """How many neurons a column may have; of a pooling as many as it has."""
    layers = experiment.network.layers
    stage = stages(layers)[column]
    match layers[stage.affine]:
        case Affine() | Maxout():
            return MOST_UNITS
        case Convolution():
            return MOST_FILTERS
        case _:
            return stage.units


def choose_activation(experiment: Experiment, column: int, activation: AnyLayer) -> Experiment:
    """Another activation behind a column. Raises IndexError where there is no such column."""
    stage = stages(experiment.network.layers)[column]
    if stage.activation is not None:
        layers = list(experiment.network.layers)
        layers[stage.activation] = activation
    elif isinstance(activation, Identity):
        return experiment
    else:
        layers = named(experiment)
        place = stage.affine + 1
        while place < len(layers) and isinstance(layers[place], BatchNorm):
            place += 1  # it normalizes what the activation is given
        layers.insert(place, activation)
    return with_layers(experiment, layers)


def choose_activations(experiment: Experiment, activation: AnyLayer) -> Experiment:
    """One activation behind every hidden layer that has one, or may have: a pooling and a Maxout bend already."""
    for column, stage in enumerate(stages(experiment.network.layers)[:-1]):
        if stage.activation is not None or isinstance(experiment.network.layers[stage.affine], Affine | Convolution):
            experiment = choose_activation(experiment, column, activation)
    return experiment


def choose_weights(experiment: Experiment, column: int, weights: AnyInitializer) -> Experiment:
    """Another rule for the initial weights of a column, where it has any. Raises IndexError where there is none."""
    layers = list(experiment.network.layers)
    place = stages(layers)[column].affine
    if layers[place].weighted:
        layers[place] = structs.replace(layers[place], weights=weights)
    return with_layers(experiment, layers)


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


def _with_units(layer: AnyLayer, number: int) -> AnyLayer:
    if isinstance(layer, Affine | Maxout):
        return structs.replace(layer, units=number)
    return structs.replace(layer, filters=number) if isinstance(layer, Convolution) else layer
