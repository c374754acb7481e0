"""Computational graphs of single numbers: an expression, or a piece of the network, node by node."""

from model.graph.functions import NoGraphError
from model.graph.graph import MOST_NODES, Graph
from model.graph.node import Node
from model.graph.of_network import NetworkGraph, loss_graph, neuron_graph
from model.graph.operations import OPERATIONS, Operation
from model.graph.parser import parse
from model.graph.presets import PRESETS, Preset
from model.graph.tokens import ExpressionError

__all__ = [
    "MOST_NODES",
    "OPERATIONS",
    "PRESETS",
    "ExpressionError",
    "Graph",
    "NetworkGraph",
    "NoGraphError",
    "Node",
    "Operation",
    "Preset",
    "loss_graph",
    "neuron_graph",
    "parse",
]
