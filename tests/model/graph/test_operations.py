"""Every operation beside mpmath, which differentiates in 50 digits without knowing any of the formulas."""

import math

import mpmath
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from model.graph.node import apply, constant, variable
from model.graph.operations import ANY, FUNCTIONS, OPERATIONS, Operation

EXACT = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "**": mpmath.power,
    "exp": mpmath.exp,
    "log": mpmath.log,
    "max": lambda *x: max(x),
    "relu": lambda x: max(mpmath.mpf(0), x),
    "sigmoid": lambda x: 1 / (1 + mpmath.exp(-x)),
    "tanh": mpmath.tanh,
}
POSITIVE = {"log", "**"}  # whose first input must be
NUMBERS = st.floats(-5, 5).filter(lambda x: abs(x) > 0.01)  # off the kinks and poles

every_operation = pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.name)


def computed(operation: Operation, *values: float):
    node = apply(operation, *(variable(f"x{i}", value) for i, value in enumerate(values)))
    for each in node.inputs:
        each.forward()
    node.forward()
    return node


@every_operation
@settings(deadline=None)  # exact arithmetic is slow the first time
@given(data=st.data())
def test_value_and_slopes_are_those_of_exact_arithmetic(operation: Operation, data: st.DataObject) -> None:
    count = operation.inputs or data.draw(st.integers(2, 4))
    x = data.draw(st.lists(NUMBERS, min_size=count, max_size=count))
    if operation.name in POSITIVE:
        x[0] = abs(x[0])
    if operation.inputs == ANY:
        assume(len(set(x)) == len(x) and min(abs(a - b) for a in x for b in x if a != b) > 1e-6)
    exact = EXACT[operation.name]
    node = computed(operation, *x)
    with mpmath.workdps(50):
        assert node.problem is None
        assert node.value == pytest.approx(float(exact(*map(mpmath.mpf, x))), rel=1e-14, abs=1e-15)
        for i, slope in enumerate(node.slopes):
            order = tuple(int(i == j) for j in range(count))
            expected = float(mpmath.diff(exact, tuple(x) if count > 1 else x[0], order if count > 1 else 1))
            assert slope == pytest.approx(expected, rel=1e-11, abs=1e-14)


@pytest.mark.parametrize(
    ("operation", "inputs", "value", "slopes"),
    [
        ("+", (2, 3), 5, (1, 1)),
        ("-", (2, 3), -1, (1, -1)),
        ("*", (2, 3), 6, (3, 2)),
        ("/", (6, 3), 2, (1 / 3, -2 / 3)),
        ("**", (3, 2), 9, (6, 9 * math.log(3))),
        ("exp", (0,), 1, (1,)),
        ("log", (2,), math.log(2), (0.5,)),
        ("max", (1, 4, 2), 4, (0, 1, 0)),
        ("relu", (3,), 3, (1,)),
        ("relu", (-3,), 0, (0,)),
        ("sigmoid", (0,), 0.5, (0.25,)),
        ("tanh", (0,), 0, (1,)),
    ],
)
def test_by_hand(operation: str, inputs: tuple, value: float, slopes: tuple) -> None:
    node = computed(next(each for each in OPERATIONS if each.name == operation), *map(float, inputs))
    assert node.value == pytest.approx(value, rel=1e-15)
    assert node.slopes == pytest.approx(slopes, rel=1e-15)


def test_at_a_kink_the_layers_convention_is_taken_and_said() -> None:
    relu, several = computed(FUNCTIONS["relu"], 0.0), computed(FUNCTIONS["max"], 2.0, 1.0, 2.0)
    assert relu.slopes == (0.0,) and several.slopes == (1.0, 0.0, 0.0)
    assert relu.at_kink and several.at_kink
    assert not computed(FUNCTIONS["relu"], 1.0).at_kink and not computed(FUNCTIONS["max"], 2.0, 1.0).at_kink


@pytest.mark.parametrize(
    ("operation", "inputs", "words"),
    [
        ("/", (1, 0), "division by zero"),
        ("/", (0, 0), "division by zero"),
        ("log", (-1,), "logarithm of a negative number"),
        ("log", (0,), "logarithm of zero"),
        ("**", (0, -1), "division by zero"),
        ("**", (-8, 1 / 3), "no real value"),
        ("exp", (710,), "overflow"),
        ("*", (1e200, 1e200), "overflow"),
        ("+", (1.7e308, 1.7e308), "overflow"),
        ("-", (-1.7e308, 1.7e308), "overflow"),
        ("/", (1e300, 1e-300), "overflow"),
        ("**", (10, 400), "overflow"),
    ],
)
def test_what_has_no_value_says_why_and_is_not_a_number(operation: str, inputs: tuple, words: str) -> None:
    node = computed(next(each for each in OPERATIONS if each.name == operation), *map(float, inputs))
    assert words in str(node.problem)
    assert math.isnan(node.value) and all(map(math.isnan, node.slopes))


@pytest.mark.parametrize(
    ("operation", "inputs", "value", "words"),
    [
        ("**", (0, 0.5), 0, "infinite"),  # a square root rises straight up at 0
        ("/", (1e-300, 1e-300), 1, None),
        ("/", (1e-10, 1e-309), None, "infinite"),
        ("log", (5e-324,), math.log(5e-324), "infinite"),
        ("**", (-3, 2), 9, "no slope with respect to its exponent"),
        ("**", (0, 2), 0, None),
        ("**", (0, 0), 1, "infinite"),
        ("sigmoid", (-1e4,), 0, None),
        ("sigmoid", (1e4,), 1, None),
        ("exp", (-1e4,), 0, None),
    ],
)
def test_a_value_without_a_slope(operation: str, inputs: tuple, value: float | None, words: str | None) -> None:
    node = computed(next(each for each in OPERATIONS if each.name == operation), *map(float, inputs))
    if value is not None:
        assert node.value == value
    assert node.problem is None if words is None else words in str(node.problem)


def test_nobody_asks_how_a_square_changes_with_its_2() -> None:
    base, two = variable("x", -3.0), constant(2.0)
    node = apply(OPERATIONS[4], base, two)
    node.forward()
    assert (node.value, node.slopes[0], node.problem) == (9.0, -6.0, None)


@every_operation
def test_every_operation_says_its_rule(operation: Operation) -> None:
    assert operation.label
    assert str(apply(operation).rule).startswith(operation.label)
