"""The initial weights lab: how far signals get through a deep network, forward and backward, before it has learnt."""

from model.initial_weights.candidates import CANDIDATES, Candidate, own
from model.initial_weights.deep_network import DeepNetwork
from model.initial_weights.finding import Finding, Kind, finding, gradient_finding
from model.initial_weights.layer_spread import BINS, LayerSpread
from model.initial_weights.propagation import SAMPLES, spreads_of_deep_network, spreads_of_experiment
from model.initial_weights.starting_from import starting_from

__all__ = [
    "BINS",
    "CANDIDATES",
    "SAMPLES",
    "Candidate",
    "DeepNetwork",
    "Finding",
    "Kind",
    "LayerSpread",
    "finding",
    "gradient_finding",
    "own",
    "spreads_of_deep_network",
    "spreads_of_experiment",
    "starting_from",
]
