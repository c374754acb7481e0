"""An experiment as it is, but for the weights that it starts from."""

from msgspec import structs

from model.experiment import Experiment, NetworkSpec
from model.initializers import AnyInitializer


def starting_from(experiment: Experiment, weights: AnyInitializer, seed: int) -> Experiment:
    """`experiment` with all weights drawn by the rule `weights` from `seed`."""
    layers = tuple(
        structs.replace(layer, weights=weights) if layer.weighted else layer for layer in experiment.network.layers
    )
    start = structs.replace(experiment.weights, seed=seed)
    return structs.replace(experiment, network=NetworkSpec(layers=layers), weights=start)
