"""What is trained in the lab: an experiment that differs from the others in the rule for its initial weights alone."""

from msgspec import structs

from model.experiment import EvaluationSpec, Experiment, NetworkSpec, Stop
from model.initial_weights.deep_network import DeepNetwork
from model.initializers import AnyInitializer

STEPS = 500  # of training: after as many the rules have parted
EVALUATE = EvaluationSpec(every=25, unit="step")


def starting_from(experiment: Experiment, weights: AnyInitializer, seed: int) -> Experiment:
    """`experiment` with all weights drawn by the rule `weights` from `seed`."""
    layers = tuple(
        structs.replace(layer, weights=weights) if layer.weighted else layer for layer in experiment.network.layers
    )
    start = structs.replace(experiment.weights, seed=seed)
    return structs.replace(experiment, network=NetworkSpec(layers=layers), weights=start)


def lab_experiment(network: DeepNetwork, base: Experiment | None, weights: AnyInitializer) -> Experiment:
    """`base`, or where there is none the deep `network` on handwritten digits, from the rule `weights` and the seed of
    the lab, for `STEPS` steps."""
    chosen = starting_from(base or network.experiment(weights), weights, network.seed)
    return structs.replace(chosen, evaluation=EVALUATE, stop=Stop(step=STEPS))
