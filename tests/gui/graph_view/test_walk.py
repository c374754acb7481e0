"""Through a graph one node at a time."""

import math

import pytest

from gui.graph_view.walk import Walk
from model.graph import PRESETS, Graph, parse


def shopping() -> Walk:
    return Walk(parse(PRESETS[0].text, PRESETS[0].values))


def values(walk: Walk) -> list[float | None]:
    return [node.value if walk.has_value(node) else None for node in walk.operations]


def gradient(walk: Walk, name: str) -> float | None:
    node = walk.graph.variables[name]
    return node.gradient if walk.has_gradient(node) else None


def test_at_first_everything_is_there() -> None:
    walk = shopping()
    assert walk.at_work is None and walk.position == walk.end == 9
    assert values(walk) == pytest.approx([200, 450, 650, 715])
    assert gradient(walk, "apple") == pytest.approx(2.2) and gradient(walk, "orange") == pytest.approx(3.3)


def test_one_node_at_a_time_there_and_back() -> None:
    walk = shopping()
    walk.go_to_start()
    assert values(walk) == [None] * 4 and gradient(walk, "apple") is None
    seen = []
    for _ in range(walk.end):
        walk.step()
        assert walk.at_work is not None
        seen.append((walk.at_work.name, [each is not None for each in values(walk)].count(True), walk.arriving))
    forward = [("*", 1, False), ("*", 2, False), ("+", 3, False), ("*", 4, False)]
    assert seen == [*forward, ("*", 4, True), ("*", 4, False), ("+", 4, False), ("*", 4, False), ("*", 4, False)]
    assert gradient(walk, "apple") == pytest.approx(2.2)
    walk.step_back()  # the apples' product has not handed its gradient on
    assert gradient(walk, "apple") is None and gradient(walk, "orange") == pytest.approx(3.3)
    for _ in range(3):
        walk.step_back()
    assert walk.arriving and gradient(walk, "orange") is None and walk.graph.output.gradient == 1
    for _ in range(20):
        walk.step_back()
    assert walk.position == 0 and walk.at_work is None


def test_a_step_from_the_end_begins_anew() -> None:
    walk = shopping()
    walk.step()
    assert walk.position == 1 and values(walk) == pytest.approx([200, None, None, None])


def test_forward_at_once_has_no_gradients() -> None:
    walk = shopping()
    walk.go_forward()
    assert values(walk)[-1] == pytest.approx(715) and not walk.backward and walk.at_work is None
    assert not any(walk.has_gradient(node) for node in walk.graph.nodes)
    walk.step()
    assert walk.arriving and walk.at_work is walk.graph.output


def test_gradients_of_a_value_used_twice_add_up_step_by_step() -> None:
    walk = Walk(parse("x * x + max(x, y)", {"x": 3, "y": 2}))
    walk.go_forward()
    seen = []
    for _ in range(4):
        walk.step()
        seen.append(gradient(walk, "x"))
    assert seen == [None, None, 1, 7]
    x = walk.graph.variables["x"]
    assert walk.before[x] == 1 and len(walk.users(x)) == 3


def test_the_gradient_that_arrives_need_not_be_one() -> None:
    walk = Walk(parse("2 * x"), upstream=-0.5)
    assert gradient(walk, "x") == -1
    walk.go_forward()
    walk.step()
    assert walk.graph.output.gradient == -0.5


def test_another_value_leaves_the_position() -> None:
    walk = shopping()
    walk.go_forward()
    walk.graph.set("apple", 200)
    walk.refresh()
    assert walk.at_work is None and not walk.backward and values(walk)[-1] == pytest.approx(935)
    walk.go_to_end()
    assert gradient(walk, "apple") == pytest.approx(2.2)


def test_a_graph_without_operations() -> None:
    walk = Walk(Graph(parse("x").output))
    assert walk.end == 1 and gradient(walk, "x") == 1
    walk.go_to_start()
    assert gradient(walk, "x") is None
    walk.step()
    assert walk.arriving and gradient(walk, "x") == 1


def test_behind_a_division_by_zero_there_are_no_numbers() -> None:
    walk = Walk(parse("1 / (a - 1) + b"))
    assert math.isnan(walk.graph.output.value) and math.isnan(gradient(walk, "b") or 0)
    assert [node.name for node in walk.graph.problems] == ["/"]
