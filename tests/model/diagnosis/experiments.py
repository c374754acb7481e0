"""Experiments in which something goes wrong, by the name of what a diagnosis must find in them.

Each is small, a few hundred steps at most, and looks like what a person might build.
"""

from dataclasses import dataclass, replace
from typing import Any

from model.data import Part, Parts, load
from model.experiment import Experiment
from model.experiment_file import from_plain

XAVIER, HE = {"type": "xavier"}, {"type": "he"}


@dataclass(frozen=True)
class Case:
    """An experiment, and after how many steps it must have been noticed."""

    experiment: Experiment
    steps: int
    kept: float = 1.0  # of the training samples of class 1: no data set of the collection is uneven by itself


def affine(units: int, weights: dict[str, Any] = XAVIER) -> dict[str, Any]:
    return {"type": "affine", "units": units, "weights": weights}


def stack(count: int, units: int, activation: str, weights: dict[str, Any] = XAVIER) -> list[dict[str, Any]]:
    """`count` hidden layers, and one output."""
    return [each for _ in range(count) for each in (affine(units, weights), {"type": activation})] + [
        affine(1, weights)
    ]


def experiment(dataset: str | dict[str, Any], layers: list[dict[str, Any]], **fields: Any) -> Experiment:
    data = fields.pop("data", {})
    kind = {"type": dataset} if isinstance(dataset, str) else dataset
    classes = {"loss": {"type": "sigmoid_cross_entropy"}} if kind["type"] not in ("plane", "sine") else {}
    plain = {"format": "downhill-experiment", "data": {"dataset": kind} | data, "network": {"layers": layers}}
    return from_plain(plain | classes | fields)


def sgd(rate: float) -> dict[str, Any]:
    return {"type": "sgd", "learning_rate": rate}


def small_noisy(samples: int) -> dict[str, Any]:
    return {"type": "xor", "samples": samples, "noise": 0.6}


CASES: dict[str, Case] = {
    "diverged": Case(experiment("plane", stack(1, 16, "relu", HE), optimizer=sgd(0.1)), 20),
    "learning rate too high": Case(experiment("moons", stack(1, 8, "tanh"), optimizer=sgd(30.0)), 30),
    "learning rate too low": Case(experiment("xor", stack(1, 8, "tanh"), optimizer=sgd(1e-5)), 100),
    "dead ReLUs": Case(
        experiment("moons", stack(2, 16, "relu", HE), optimizer={"type": "adam", "learning_rate": 1.0}), 120
    ),
    "saturated units": Case(
        experiment("xor", stack(2, 16, "tanh", {"type": "normal", "std": 3.0}), optimizer=sgd(0.01)), 20
    ),
    "vanishing gradients": Case(experiment("circle", stack(8, 6, "sigmoid"), optimizer=sgd(0.1)), 20),
    "exploding gradients": Case(
        experiment("circle", stack(6, 20, "relu", {"type": "normal", "std": 1.0}), optimizer=sgd(1e-6)), 20
    ),
    "overfitting": Case(
        experiment(
            {"type": "spiral", "samples": 60, "noise": 1.0},
            stack(2, 32, "tanh"),
            data={"validation": 0.5, "test": 0.0},
            optimizer={"type": "adam", "learning_rate": 0.01},
        ),
        600,
    ),
    "plateau": Case(experiment("xor", [affine(1)], optimizer=sgd(0.03), batches={"size": 60}), 1000),
    "class imbalance": Case(experiment("moons", stack(1, 4, "tanh")), 0, kept=0.1),
    "features not scaled": Case(
        experiment("xor", stack(1, 4, "tanh"), data={"features": ["x1", "x1 x2", "sin x1"]}), 0
    ),
}


def parts_of(case: Case) -> Parts:
    """The data, uneven where the case asks for it."""
    parts = load(case.experiment.data)
    if case.kept == 1:
        return parts
    train = parts.train
    ones = (train.targets == 1).cumsum() * (train.targets == 1)
    left = (train.targets == 0) | (ones <= case.kept * ones.max())
    return replace(parts, train=Part(train.points[left], train.inputs[left], train.targets[left]))
