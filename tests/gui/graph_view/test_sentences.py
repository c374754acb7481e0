"""What is said of a node: numbers in words."""

import pytest

from gui.graph_view.numbers import short
from gui.graph_view.sentences import description, formula, rule, said
from gui.graph_view.walk import Walk
from model.graph import parse

WIDE = 200


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (715, "715"),
        (3.3000000000000003, "3.3"),
        (0.7310585786, "0.7311"),
        (-12345.678, "-12350"),
        (0.0, "0"),
        (-0.0, "0"),
        (1.23e-5, "1.2e-5"),
        (1e-4, "1e-4"),
        (999_999.9, "1000000"),
        (-2.5e7, "-2.5e7"),
        (1e300, "1e300"),
        (float("nan"), "–"),
        (float("inf"), "∞"),
        (float("-inf"), "-∞"),
    ],
)
def test_short_numbers(value: float, text: str) -> None:
    assert short(value) == text


def walk_of(text: str, **values: float) -> Walk:
    return Walk(parse(text, values))


def sentences(walk: Walk) -> list[str]:
    walk.go_to_start()
    found = []
    for _ in range(walk.end):
        walk.step()
        found.append(said(walk, WIDE))
    return found


@pytest.mark.usefixtures("qapp")
def test_every_step_of_the_shopping() -> None:
    assert sentences(walk_of("(apple * 2 + orange * 3) * 1.1", apple=100, orange=150)) == [
        "Multiply: 100 × 2 = 200",
        "Multiply: 150 × 3 = 450",
        "Add: 200 + 450 = 650",
        "Multiply: 650 × 1.1 = 715",
        "The result has the slope 1 with respect to itself: dL/dL = 1",
        "Multiply: dL/d(input 1) = 1 × 1.1 = 1.1   dL/d(1.1) = 1 × 650 = 650",
        "Add: dL/d(apple × 2) = 1.1 × 1 = 1.1   dL/d(orange × 3) = 1.1 × 1 = 1.1",
        "Multiply: dL/dorange = 1.1 × 3 = 3.3   dL/d(3) = 1.1 × 150 = 165",
        "Multiply: dL/dapple = 1.1 × 2 = 2.2   dL/d(2) = 1.1 × 100 = 110",
    ]


@pytest.mark.usefixtures("qapp")
def test_gradients_that_are_added_up() -> None:
    walk = walk_of("x * x + max(x, y)", x=3, y=2)
    assert sentences(walk)[-2:] == [
        "Max: dL/dx = 1 × 1 = 1   dL/dy = 1 × 0 = 0",
        "Multiply: dL/dx = 1 + 1 × 3 + 1 × 3 = 7",
    ]
    assert rule(walk).startswith("Multiply swaps") and rule(walk).endswith("adds the gradients up.")


@pytest.mark.usefixtures("qapp")
def test_functions_negative_numbers_and_what_has_no_room() -> None:
    walk = walk_of("sigmoid(x) - y * -2", x=0, y=-3)
    assert [formula(node) for node in walk.operations] == ["sigmoid(0) = 0.5", "(-3) × (-2) = 6", "0.5 − 6 = -5.5"]
    assert said(walk, WIDE) == "Result -5.5   dL/dx = 0.25   dL/dy = 2"
    assert said(walk, 26) == "Result -5.5   dL/dx = 0.25   …"
    assert said(walk, 1) == "Result -5.5   …"


@pytest.mark.usefixtures("qapp")
def test_problems_are_said_where_they_arise() -> None:
    walk = walk_of("log(a - 3) + 1", a=1)
    assert said(walk, WIDE) == "Log: logarithm of a negative number"
    walk.go_to_start()
    walk.step()
    assert said(walk, WIDE) == "Subtract: 1 − 3 = -2"
    walk.step()
    assert said(walk, WIDE) == "Log: logarithm of a negative number"


@pytest.mark.usefixtures("qapp")
def test_the_description_of_a_node() -> None:
    walk = walk_of("relu(x) * x", x=0)
    relu, product = walk.operations
    text = description(relu, walk).split("\n")
    assert text[0] == "ReLU: ReLU(0) = 0"
    assert text[1:3] == ["gradient 0", "local slope 0 for x"]
    assert text[3].startswith("ReLU is a gate") and text[4].startswith("It stands at its kink")
    assert "local slope 0 for ReLU(x), 0 for x" in description(product, walk)
    walk.go_to_start()
    assert description(product, walk).split("\n")[0] == "Multiply"
    assert description(walk.graph.variables["x"], walk).split("\n")[0] == "Variable x = 0"
    walk.go_forward()
    walk.step()
    walk.step()
    assert "gradient 0 so far" in description(walk.graph.variables["x"], walk)
