import math

import pytest

from model.graph import PRESETS, parse
from model.graph.graph import Graph
from model.graph.node import apply, variable
from model.graph.operations import ADD


def gradients(graph: Graph) -> dict[str, float]:
    graph.backward()
    return {name: node.gradient for name, node in graph.variables.items()}


def test_the_shopping_example_by_hand() -> None:
    """2 apples at 100 and 3 oranges at 150 with 10 % tax: 715. An apple dearer by 1 costs 2 * 1.1 more."""
    preset = PRESETS[0]
    graph = parse(preset.text, preset.values)
    assert [node.name for node in graph.nodes] == ["apple", "2", "*", "orange", "3", "*", "+", "1.1", "*"]
    assert graph.output.value == pytest.approx(715, rel=1e-15)
    assert gradients(graph) == pytest.approx({"apple": 2.2, "orange": 3.3}, rel=1e-15)
    by_name = {node.name: node.gradient for node in graph.nodes}
    assert by_name["2"] == pytest.approx(110) and by_name["3"] == pytest.approx(165) and by_name["1.1"] == 650


def test_the_neuron_by_hand() -> None:
    graph = parse("sigmoid(w*x + b)", {"w": 2, "x": -1, "b": 0.5})
    y = 1 / (1 + math.exp(1.5))
    assert graph.output.value == pytest.approx(y, rel=1e-15)
    assert gradients(graph) == pytest.approx({"w": -y * (1 - y), "x": 2 * y * (1 - y), "b": y * (1 - y)}, rel=1e-15)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.text)
def test_every_preset_has_numbers_and_gradients(preset) -> None:
    graph = parse(preset.text, preset.values)
    assert preset.label and preset.meaning
    assert set(graph.variables) == set(preset.values)
    for name, gradient in gradients(graph).items():
        value, h = preset.values[name], 1e-5
        above, below = (parse(preset.text, preset.values | {name: value + d}).output.value for d in (h, -h))
        assert gradient == pytest.approx((above - below) / (2 * h), rel=1e-8, abs=1e-8)


def test_the_same_name_is_the_same_node() -> None:
    graph = parse("x * x + x", {"x": 3})
    assert len(graph.nodes) == 3
    assert gradients(graph) == {"x": 7.0}


def test_one_node_at_a_time() -> None:
    graph = parse("a * b + c", {"a": 2, "b": 3, "c": 4})
    names = [node.name for node in graph.nodes]
    assert [node.name for node in graph.forward_steps()] == names
    steps = graph.backward_steps()
    a, b, c = (graph.variables[name] for name in "abc")
    assert next(steps).name == "+"
    assert (a.gradient, b.gradient, c.gradient) == (0, 0, 1)  # the product has heard, its inputs not yet
    assert [node.name for node in steps] == names[-2::-1]
    assert (a.gradient, b.gradient, c.gradient) == (3, 2, 1)


def test_step_by_step_and_at_once_are_the_same_and_twice_is_not_twice() -> None:
    graph = parse("sigmoid(w*x + b) * w", {"w": 0.3, "x": 2, "b": -1})
    at_once = gradients(graph)
    assert gradients(graph) == at_once
    for _ in graph.backward_steps():
        pass
    assert {name: node.gradient for name, node in graph.variables.items()} == at_once


def test_the_gradient_that_arrives_multiplies_all() -> None:
    graph = parse("a * b", {"a": 2, "b": 3})
    graph.backward(10)
    assert (graph.variables["a"].gradient, graph.variables["b"].gradient) == (30, 20)


def test_another_value() -> None:
    graph = parse("a / b", {"a": 1, "b": 0})
    assert [node.name for node in graph.problems] == ["/"]
    graph.set("b", 4)
    graph.forward()
    assert graph.output.value == 0.25 and not graph.problems
    with pytest.raises(KeyError):
        graph.set("c", 1)


def test_nan_flows_from_the_problem_on_and_back() -> None:
    graph = parse("log(a) * 2 + b", {"a": -1, "b": 5})
    graph.backward()
    assert [node.name for node in graph.problems] == ["log"]
    assert math.isnan(graph.output.value) and math.isnan(graph.variables["a"].gradient)
    assert graph.variables["b"].value == 5


def test_a_gradient_that_overflows_is_marked_where_it_does() -> None:
    graph = parse("x * 1e300 * 1e300", {"x": 1e-300})
    assert not graph.problems
    graph.backward()
    assert [node.name for node in graph.problems] == ["x"]
    assert "overflow" in str(graph.problems[0].problem)


def test_a_sum_of_hundreds_needs_no_recursion() -> None:
    node = variable("x", 1.0)
    for _ in range(5000):
        node = apply(ADD, node, node.inputs[0] if node.inputs else node)
    assert len(Graph(node).nodes) == 5001
