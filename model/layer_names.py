"""The names of layers: whoever adds or removes one disturbs no other's initial weights.

A layer draws its initial weights from a stream that is named after it or, where it has no name, after its place (see
`network`). Where places are going to shift, every layer without a name is given its place as its name first.
"""

from msgspec import structs

from model.experiment import Experiment, NetworkSpec
from model.layers import AnyLayer

Layers = list[AnyLayer]


def named(experiment: Experiment) -> Layers:
    """The layers; those that draw from the stream of their place now carry the place as their name."""
    return [
        structs.replace(layer, name=f"layers[{place}]") if getattr(layer, "name", None) == "" else layer
        for place, layer in enumerate(experiment.network.layers)
    ]


def fresh_name(layers: Layers) -> str:
    """A name that no layer has."""
    taken = {getattr(layer, "name", "") for layer in layers}
    return next(name for n in range(1, len(layers) + 2) if (name := f"layer {n}") not in taken)


def with_layers(experiment: Experiment, layers: Layers) -> Experiment:
    """The experiment with this network."""
    return structs.replace(experiment, network=NetworkSpec(layers=tuple(layers)))
