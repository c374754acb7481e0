"""A piece of the network as a graph of single numbers, with its real ones: one neuron, or the whole loss on one sample.

A layer works on matrices and knows its derivative by a formula worked out beforehand. The graph knows nothing of
layers: it has adds, multiplies and a few functions, and the chain rule puts them together. That both come to the same
gradients is not built in anywhere; it is the theorem that backpropagation rests on.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from model.arrays import Vector
from model.batch_loss import BatchLoss
from model.data import Parts
from model.experiment import Experiment
from model.graph.functions import NoGraphError, activation, loss_of, no_graph_of, weighted_sum
from model.graph.graph import MOST_NODES, Graph
from model.graph.node import Node, variable
from model.layers import Affine, BatchNorm, Dropout, LayerSpec, Softmax
from model.message import QT_TRANSLATE_NOOP, Message
from model.stages import stages


@dataclass(frozen=True, eq=False)
class NetworkGraph:
    """A graph whose variables are numbers of a network. Its gradients are already there."""

    graph: Graph
    parameters: dict[int, Node]  # place in the parameter vector -> its variable
    upstream: float  # dL/d(output): 1 where the output is the loss itself


def neuron_graph(
    experiment: Experiment, parts: Parts, parameters: Vector, sample: int, stage: int, unit: int
) -> NetworkGraph:
    """f(w . x + b) of one neuron for one training sample; its upstream gradient is what the layers behind it send.

    `stage`: its column (see `stages`). The scores that a softmax compares are shown without it: it is not one neuron's.
    The gradient of a batch is the mean of these over its samples. Raises NoGraphError.
    """
    layers = experiment.network.layers
    column = stages(layers)[stage]
    _check_layers([layers[column.affine], *(layer for layer in layers if isinstance(layer, BatchNorm | Dropout))])
    loss = BatchLoss(experiment, parts, parameters, np.array([sample]))
    spec = None if column.activation is None else layers[column.activation]
    behind = column.affine if isinstance(spec, Softmax) else column.output
    loss.gradient()
    x = loss.wiring.signals[column.affine].values[0]
    _check_size(4 * len(x) + 2)  # an input, a weight, a product and a sum each; the bias and the function
    inputs = [variable(f"x{i + 1}", float(value)) for i, value in enumerate(x)]
    found: dict[int, Node] = {}
    output = _unit(loss, column.affine, unit, inputs, "", found)
    if behind != column.affine and spec is not None:
        output = activation(spec, [output])[0]
    upstream = float(loss.wiring.signals[behind + 1].gradient[0, unit])
    return _with_gradients(output, found, upstream)


def loss_graph(experiment: Experiment, parts: Parts, parameters: Vector, sample: int) -> NetworkGraph:
    """The loss of one training sample from its inputs on, for a small network. Raises NoGraphError."""
    loss = BatchLoss(experiment, parts, parameters, np.array([sample]))
    _check_size(2 * loss.layout.size)  # every weight and its product, every bias and its sum
    nodes = [variable(f"x{i + 1}", float(value)) for i, value in enumerate(loss.wiring.input.values.ravel())]
    found: dict[int, Node] = {}
    column = 0
    for place, spec in enumerate(experiment.network.layers):
        if isinstance(spec, Affine):
            column += 1
            nodes = [_unit(loss, place, unit, nodes, str(column), found) for unit in range(spec.units)]
        else:
            nodes = activation(spec, nodes)
    targets = [float(value) for value in loss.targets[0]]
    made = _with_gradients(loss_of(experiment.loss, nodes, targets), found, 1.0)
    _check_size(len(made.graph.nodes))
    return made


def _unit(loss: BatchLoss, layer: int, unit: int, inputs: list[Node], column: str, found: dict[int, Node]) -> Node:
    """w . x + b of one unit of an affine layer. Its parameters are noted in `found`."""
    entry, bias = loss.layout.entry(layer, "weights"), loss.layout.entry(layer, "bias")
    units = entry.shape[1]
    places = [entry.start + i * units + unit for i in range(len(inputs))]
    numbers = [f"{column}[{i + 1},{unit + 1}]" if column else f"{i + 1}" for i in range(len(inputs))]
    weights = [variable(f"w{n}", float(loss.parameters[place])) for n, place in zip(numbers, places, strict=True)]
    last = variable(f"b{column}[{unit + 1}]" if column else "b", float(loss.parameters[bias.start + unit]))
    found.update(zip(places, weights, strict=True))
    found[bias.start + unit] = last
    return weighted_sum(weights, inputs, last)


def _with_gradients(output: Node, found: dict[int, Node], upstream: float) -> NetworkGraph:
    graph = Graph(output)
    graph.backward(upstream)
    return NetworkGraph(graph, found, upstream)


def _check_layers(layers: Sequence[LayerSpec]) -> None:
    """Raises NoGraphError where one of them is not a sum of its own for each neuron and sample."""
    for layer in layers:
        if not isinstance(layer, Affine):
            raise no_graph_of(layer)


def _check_size(nodes: int) -> None:
    """Raises NoGraphError for a graph of at least so many nodes, where those are too many."""
    if nodes > MOST_NODES:
        source = QT_TRANSLATE_NOOP("model", "the graph would have {nodes:,} nodes or more; {most:,} can be drawn")
        raise NoGraphError(Message(source, {"nodes": nodes, "most": MOST_NODES}))
