"""Edits of what a column is made of: an experiment in, the experiment with other layers out. See `network_edits`."""

from msgspec import structs

from gui.network_edits import UNITS, fit_activation
from model.experiment import Experiment
from model.layer_names import fresh_name, named, with_layers
from model.layers import (
    Affine,
    AnyLayer,
    AveragePooling,
    BatchNorm,
    Convolution,
    Dropout,
    Flatten,
    LayerSpec,
    Maxout,
    MaxPooling,
    ReLU,
    Tanh,
)
from model.recipe_fitting import shapes_before
from model.stages import stages

OF_ROWS: tuple[type[LayerSpec], ...] = (Affine, Maxout)
OF_IMAGES: tuple[type[LayerSpec], ...] = (Convolution, MaxPooling, AveragePooling)


def kinds(experiment: Experiment, column: int) -> tuple[type[LayerSpec], ...]:
    """What a column may begin with, by what arrives there. Raises IndexError where there is no such column."""
    place = stages(experiment.network.layers)[column].affine
    return OF_IMAGES if len(shapes_before(experiment)[place]) == 3 else OF_ROWS


def choose_kind(experiment: Experiment, column: int, kind: type[LayerSpec]) -> Experiment:
    """Another kind of layer at the beginning of a column; what both have in common stays.

    A Maxout and a pooling bend by themselves, so the activation goes; an affine layer and a convolution are given one.
    """
    stage = stages(experiment.network.layers)[column]
    layers = named(experiment)
    before = layers[stage.affine]
    if isinstance(before, kind):
        return experiment
    is_output = column == len(stages(layers)) - 1
    kept = {field: getattr(before, field) for field in ("weights", "name") if hasattr(before, field)}
    bends, activation = True, stage.activation
    if kind is Affine or kind is Maxout:
        layers[stage.affine] = (Affine if kind is Affine else Maxout)(units=stage.units, **kept)
        bends = kind is Maxout
    elif kind is Convolution:
        kept.setdefault("name", fresh_name(layers))
        layers[stage.affine] = Convolution(filters=max(stage.units, UNITS), padding=1, **kept)
        bends = False
    else:
        layers[stage.affine] = MaxPooling() if kind is MaxPooling else AveragePooling()
    if bends and activation is not None and not is_output:
        del layers[activation]
    elif not bends and activation is None and not is_output:
        layers.insert(stage.affine + 1, ReLU() if kind is Convolution else Tanh())
    return fit_activation(with_layers(experiment, layers))


def part(experiment: Experiment, column: int, kind: type[LayerSpec]) -> int | None:
    """The place of the batch normalization or the dropout of a column; None where it has none."""
    layers = experiment.network.layers
    return next((at for at in stages(layers)[column].also if isinstance(layers[at], kind)), None)


def add_part(experiment: Experiment, column: int, layer: BatchNorm | Dropout) -> Experiment:
    """Batch normalization in front of the activation, or dropout at the end of the column."""
    stage, layers = stages(experiment.network.layers)[column], named(experiment)
    if isinstance(layer, Dropout):
        layer = structs.replace(layer, name=fresh_name(layers))
        layers.insert(stage.output + 1, layer)
    else:
        layers.insert(stage.affine + 1, layer)
    return with_layers(experiment, layers)


def remove_part(experiment: Experiment, place: int) -> Experiment:
    """Without the layer at `place`."""
    layers = named(experiment)
    del layers[place]
    return with_layers(experiment, layers)


def replace(experiment: Experiment, place: int, layer: AnyLayer) -> Experiment:
    """The same kind of layer with other hyperparameters at `place`."""
    layers = list(experiment.network.layers)
    layers[place] = layer
    return fit_activation(with_layers(experiment, layers))


def image_before(experiment: Experiment, column: int) -> int | None:
    """Where in the layers an image on its way to a column can be worked on; None where none comes along."""
    layers, place = experiment.network.layers, stages(experiment.network.layers)[column].affine
    while place and isinstance(layers[place - 1], Flatten):
        place -= 1
    return place if len(shapes_before(experiment)[place]) == 3 else None


def insert_before(experiment: Experiment, column: int, kind: type[LayerSpec]) -> Experiment:
    """A convolution with its activation, or a pooling, as a new column before this one. Needs `image_before`."""
    place, layers = image_before(experiment, column), named(experiment)
    assert place is not None, "asked for where there is an image"
    if kind is Convolution:
        added: list[AnyLayer] = [Convolution(filters=UNITS, padding=1, name=fresh_name(layers)), ReLU()]
    else:
        added = [MaxPooling() if kind is MaxPooling else AveragePooling()]
    return with_layers(experiment, [*layers[:place], *added, *layers[place:]])
