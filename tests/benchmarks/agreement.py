"""Three ways to a gradient and how far they are apart: the layers, the graph of single numbers, finite differences.

    python tests/benchmarks/agreement.py

For every activation behind two hidden layers, with every loss: random small networks 2-3-3-1 (4-3-3-3 for many
classes) at random weights, one sample each. A column is the largest |a - b| / max(1, |a|, |b|) over all parameters of
all networks. A difference that crosses a kink is skipped and counted. The exit code is 1 where layers and graph are
further apart than 1e-12, or either and the differences further than 1e-6.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np

from model.batch_loss import BatchLoss
from model.data import Data, load
from model.datasets import Gaussians, Iris
from model.experiment import Experiment, NetworkSpec
from model.gradient_check import central_difference
from model.graph import loss_graph
from model.layers import ACTIVATIONS, Affine, Identity, LayerSpec, Softmax, Tanh
from model.losses import LossSpec, MeanSquaredError, SigmoidCrossEntropy, SoftmaxCrossEntropy

NETWORKS = 40  # at random for each row
STEP = 1e-5
ALLOWED_TO_GRAPH, ALLOWED_TO_DIFFERENCES = 1e-12, 1e-6

# A loss with the last layer before it; None: the scores themselves.
ENDS: tuple[tuple[LossSpec, LayerSpec | None], ...] = (
    (MeanSquaredError(), None),
    (MeanSquaredError(), Tanh()),
    (MeanSquaredError(), Softmax()),
    (SigmoidCrossEntropy(), None),
    (SoftmaxCrossEntropy(), None),
)


@dataclass
class Row:
    """The largest distances found, and how much was compared."""

    layers_to_graph: float = 0.0
    layers_to_differences: float = 0.0
    graph_to_differences: float = 0.0
    compared: int = 0
    skipped: int = 0

    @property
    def agrees(self) -> bool:
        numerical = max(self.layers_to_differences, self.graph_to_differences)
        return self.layers_to_graph <= ALLOWED_TO_GRAPH and numerical <= ALLOWED_TO_DIFFERENCES


def apart(a: float, b: float) -> float:
    return abs(a - b) / max(1, abs(a), abs(b))


def networks(activation: LayerSpec, loss: LossSpec, last: LayerSpec | None) -> Iterator[tuple[Experiment, np.ndarray]]:
    """Experiments with parameters at random, biases too."""
    many = isinstance(loss, SoftmaxCrossEntropy) or isinstance(last, Softmax)
    dataset = Iris() if many else Gaussians()
    hidden = Affine(units=3), activation, Affine(units=3), activation
    layers = *hidden, Affine(units=len(dataset.class_names) if many else 1), last or Identity()
    experiment = Experiment(data=Data(dataset=dataset), network=NetworkSpec(layers=layers), loss=loss)
    size = BatchLoss(experiment, load(experiment.data), np.zeros(1), np.array([0])).layout.size
    random = np.random.default_rng(1)
    for _ in range(NETWORKS):
        yield experiment, random.normal(size=size)


def measured(activation: LayerSpec, loss: LossSpec, last: LayerSpec | None) -> Row:
    row = Row()
    for sample, (experiment, parameters) in enumerate(networks(activation, loss, last)):
        parts = load(experiment.data)
        graph = loss_graph(experiment, parts, parameters, sample).parameters
        layers = BatchLoss(experiment, parts, parameters, np.array([sample]))
        gradient = layers.gradient().copy()
        sides = layers.sides()
        for index, node in graph.items():
            row.layers_to_graph = max(row.layers_to_graph, apart(gradient[index], node.gradient))
            numerical, kink = central_difference(layers, index, STEP, sides)
            row.skipped += kink
            row.compared += not kink
            if not kink:
                row.layers_to_differences = max(row.layers_to_differences, apart(gradient[index], numerical))
                row.graph_to_differences = max(row.graph_to_differences, apart(node.gradient, numerical))
    return row


def main() -> int:
    print(
        f"{'activation':<12} {'loss':<40} {'layers-graph':>12} {'layers-diff.':>12} {'graph-diff.':>12} "
        f"{'compared':>9} {'skipped':>8}"
    )
    rows: list[Row] = []
    for kind in ACTIVATIONS:
        for loss, last in ENDS:
            row = measured(kind(), loss, last)
            rows.append(row)
            name = loss.label + (f" of {last.label.lower()}" if last else "")
            print(
                f"{kind.label:<12} {name:<40} {row.layers_to_graph:>12.1e} {row.layers_to_differences:>12.1e} "
                f"{row.graph_to_differences:>12.1e} {row.compared:>9,} {row.skipped:>8,}"
            )
    wrong = sum(not row.agrees for row in rows)
    print(
        f"{len(rows)} rows, {wrong} beyond {ALLOWED_TO_GRAPH:.0e} (graph) or {ALLOWED_TO_DIFFERENCES:.0e} (differences)"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
