"""What a network computes, written with the few operations of a graph: sums, activations, losses."""

from collections.abc import Sequence

from model.graph import operations as op
from model.graph.node import Node, apply, constant
from model.layers import ELU, Identity, LayerSpec, LeakyReLU, ReLU, Sigmoid, Softmax, Tanh
from model.layers.flatten import Flatten
from model.losses import LossSpec, MeanSquaredError, SigmoidCrossEntropy, SoftmaxCrossEntropy
from model.message import QT_TRANSLATE_NOOP, Message


class NoGraphError(Exception):
    """A piece of a network that has no graph of single numbers; `message` says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


def weighted_sum(weights: Sequence[Node], inputs: Sequence[Node], bias: Node) -> Node:
    """w . x + b."""
    return apply(op.ADD, total([apply(op.MULTIPLY, w, x) for w, x in zip(weights, inputs, strict=True)]), bias)


def total(terms: Sequence[Node]) -> Node:
    """x_1 + x_2 + ..., from the left."""
    found = terms[0]
    for term in terms[1:]:
        found = apply(op.ADD, found, term)
    return found


def activation(spec: LayerSpec, x: Sequence[Node]) -> list[Node]:
    """A layer without parameters, on all of its inputs. Raises NoGraphError for one that has no nodes here."""
    if isinstance(spec, Identity | Flatten):
        return list(x)
    if isinstance(spec, Softmax):
        return softmax(x)
    return [_of_one(spec, each) for each in x]


def _of_one(spec: LayerSpec, x: Node) -> Node:
    for kind, operation in ((Sigmoid, op.SIGMOID), (Tanh, op.TANH), (ReLU, op.RELU)):
        if isinstance(spec, kind):
            return apply(operation, x)
    if isinstance(spec, LeakyReLU):  # max(a x, x): at 0 the first of two equal ones is taken, the slope a
        return apply(op.MAX, apply(op.MULTIPLY, constant(spec.slope), x), x)
    if isinstance(spec, ELU):  # max(0, x) + a (e^min(0, x) - 1), with min(0, x) = -max(-x, 0)
        minus_one = constant(-1.0)
        left = apply(op.MULTIPLY, minus_one, apply(op.MAX, apply(op.MULTIPLY, minus_one, x), constant(0.0)))
        bend = apply(op.SUBTRACT, apply(op.EXP, left), constant(1.0))
        return apply(op.ADD, apply(op.RELU, x), apply(op.MULTIPLY, constant(spec.alpha), bend))
    raise no_graph_of(spec)


def softmax(x: Sequence[Node]) -> list[Node]:
    """e^(x_k - m) / sum_j e^(x_j - m) with the largest m subtracted, as in layers/softmax."""
    largest = apply(op.MAX, *x)
    exponentials = [apply(op.EXP, apply(op.SUBTRACT, each, largest)) for each in x]
    whole = total(exponentials)
    return [apply(op.DIVIDE, each, whole) for each in exponentials]


def log_sum_exp(x: Sequence[Node]) -> Node:
    """log(sum_j e^x_j) = log(sum_j e^(x_j - m)) + m with the largest m."""
    largest = apply(op.MAX, *x)
    exponentials = [apply(op.EXP, apply(op.SUBTRACT, each, largest)) for each in x]
    return apply(op.ADD, apply(op.LOG, total(exponentials)), largest)


def loss_of(spec: LossSpec, y: Sequence[Node], targets: Sequence[float]) -> Node:
    """The loss of one sample with outputs `y`; the formulas stand in model/losses. Raises NoGraphError."""
    t = [constant(each) for each in targets]
    if isinstance(spec, MeanSquaredError):  # 1/2 sum (y - t)^2
        squares = [apply(op.POWER, apply(op.SUBTRACT, a, b), constant(2.0)) for a, b in zip(y, t, strict=True)]
        return apply(op.MULTIPLY, constant(0.5), total(squares))
    products = [apply(op.MULTIPLY, a, b) for a, b in zip(t, y, strict=True)]
    if isinstance(spec, SoftmaxCrossEntropy):  # log(sum e^y) - sum t y
        return apply(op.SUBTRACT, log_sum_exp(y), total(products))
    if not isinstance(spec, SigmoidCrossEntropy):
        raise no_graph_of(spec)
    zero = constant(0.0)  # sigmoid cross entropy of each output: log(e^0 + e^y) - t y
    singles = [apply(op.SUBTRACT, log_sum_exp([zero, a]), b) for a, b in zip(y, products, strict=True)]
    return total(singles)


def no_graph_of(spec: LayerSpec | LossSpec) -> NoGraphError:
    """What is raised for a layer or a loss that is not written in scalar nodes here."""
    source = QT_TRANSLATE_NOOP("model", "{label} has no graph of single numbers")
    return NoGraphError(Message(source, {"label": Message(spec.label)}))
