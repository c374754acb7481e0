import numpy as np
import pytest

from model.graph.functions import NoGraphError, activation, log_sum_exp, loss_of, softmax, total
from model.graph.graph import Graph
from model.graph.node import variable
from model.layers import ACTIVATIONS, Activation, Affine, Identity
from model.losses import LossSpec


def numbers(*values: float):
    return [variable(f"x{i}", value) for i, value in enumerate(values)]


def test_log_of_a_sum_of_exponentials() -> None:
    """log(e^1000 + e^1000) = 1000 + log 2, though e^1000 is too large to be written."""
    graph = Graph(log_sum_exp(numbers(1000.0, 1000.0)))
    assert graph.output.value == pytest.approx(1000.6931471805599, rel=1e-15)
    graph.backward()
    assert [node.gradient for node in graph.variables.values()] == [0.5, 0.5]


def test_shares_add_up_to_one() -> None:
    graph = Graph(total(softmax(numbers(1.0, 2.0, 3.0))))
    graph.backward()
    assert graph.output.value == pytest.approx(1, rel=1e-15)
    assert [node.gradient for node in graph.variables.values()] == pytest.approx([0, 0, 0], abs=1e-16)


def test_the_identity_has_no_node() -> None:
    x = numbers(1.0)
    assert activation(Identity(), x) == x


@pytest.mark.parametrize("kind", ACTIVATIONS, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("x", [-2.5, -0.5, 0.0, 0.5, 2.5])
def test_an_activation_is_the_curve_of_its_layer_or_is_refused_in_words(kind: type[Activation], x: float) -> None:
    """At 0 as well: there the graph takes the same slope of a kink as the layer does."""
    value, slope = (float(each[0]) for each in kind().curve(np.array([x])))
    try:
        (output,) = activation(kind(), numbers(x))
    except NoGraphError as refused:
        assert kind.label in str(refused)
        return
    graph = Graph(output)
    graph.backward()
    assert graph.output.value == pytest.approx(value, rel=1e-15, abs=1e-15)
    assert graph.variables["x0"].gradient == pytest.approx(slope, rel=1e-15, abs=1e-15)


def test_what_has_no_graph_says_so() -> None:
    with pytest.raises(NoGraphError, match="Affine has no graph of single numbers"):
        activation(Affine(units=1), numbers(1.0))
    with pytest.raises(NoGraphError):
        loss_of(LossSpec(), numbers(1.0), [1.0])
