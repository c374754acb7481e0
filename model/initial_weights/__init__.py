"""The initial weights lab: how far signals get through a deep network, forward and backward, before it has learnt."""

from model.initial_weights.candidates import CANDIDATES, Candidate, OwnRule, own
from model.initial_weights.deep_network import DeepNetwork
from model.initial_weights.finding import Finding, Kind, finding, gradient_finding
from model.initial_weights.lab_experiment import STEPS, lab_experiment, starting_from
from model.initial_weights.layer_spread import BINS, LayerSpread
from model.initial_weights.propagation import (
    SAMPLES,
    spreads_of_deep_network,
    spreads_of_experiment,
    weighted_columns,
)
from model.initial_weights.training_finding import training_finding

__all__ = [
    "BINS",
    "CANDIDATES",
    "SAMPLES",
    "STEPS",
    "Candidate",
    "DeepNetwork",
    "Finding",
    "Kind",
    "LayerSpread",
    "OwnRule",
    "finding",
    "gradient_finding",
    "lab_experiment",
    "own",
    "spreads_of_deep_network",
    "spreads_of_experiment",
    "starting_from",
    "training_finding",
    "weighted_columns",
]
