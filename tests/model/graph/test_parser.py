import ast
import math
import operator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.graph import MOST_NODES, ExpressionError, parse
from model.graph.parser import DEEPEST, LONGEST


def value(text: str, **values: float) -> float:
    return parse(text, values).output.value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("8 - 2 - 1", 5),
        ("8 / 4 / 2", 1),
        ("2 ** 3 ** 2", 512),
        ("-2 ** 2", -4),
        ("(-2) ** 2", 4),
        ("2 ** -1", 0.5),
        ("--3", 3),
        ("-(1 + 2)", -3),
        ("2 * -3", -6),
        (" 1.5e1+.5 ", 15.5),
        ("2.", 2),
        ("max(1, 5, 3)", 5),
        ("exp(0) + log(1) + relu(-1) + sigmoid(0) + tanh(0)", 1.5),
        ("((((1))))", 1),
    ],
)
def test_value(text: str, expected: float) -> None:
    assert value(text) == expected


def test_names() -> None:
    assert value("größe * x_1", größe=3, x_1=2) == 6
    assert value("unset + 1") == 2  # a variable that was given no value is 1


def test_a_negative_number_is_one_node() -> None:
    graph = parse("-2 * x", {"x": 1})
    assert [node.name for node in graph.nodes] == ["-2", "x", "*"]


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ("", 0, "no expression"),
        ("   ", 0, "no expression"),
        ("1 +", 3, "missing"),
        ("* 2", 0, "expected in place of *"),
        ("1 + * 2", 4, "expected in place of *"),
        ("2x", 1, "operator"),
        ("a b", 2, "operator"),
        ("2(x)", 1, "operator"),
        ("(a + b", 0, "not closed"),
        ("exp(a + b", 3, "not closed"),
        ("a + b)", 5, "never opened"),
        ("a, b", 1, "comma"),
        ("(a, b)", 2, "comma"),
        ("()", 1, "expected"),
        ("foo(1)", 0, "foo is no function"),
        ("1 + exp", 4, "exp is a function"),
        ("1 + max(2)", 4, "two or more"),
        ("exp(1, 2)", 0, "one input"),
        ("x ^ 2", 2, "**"),
        ("x = 2", 2, "= has no meaning"),
        ("{x}", 0, "{ has no meaning"),
        ("1e999", 0, "too large"),
        ("x.real", 1, "no meaning"),
        ("__import__('os')", 11, "no meaning"),
    ],
)
def test_a_bad_expression_has_a_place_and_a_sentence(text: str, position: int, words: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        parse(text)
    assert refused.value.position == position
    assert words in str(refused.value)
    assert str(refused.value.message) == str(refused.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("(" * 900 + "1" + ")" * 900, "too many levels"),
        ("-" * 1000 + "1", "too many levels"),
        ("2" + "**2" * 300, "too many levels"),
        ("1" + "+1" * MOST_NODES, "too many nodes"),
        ("1" * (LONGEST + 1), "too long"),
    ],
)
def test_what_is_too_much_is_refused(text: str, words: str) -> None:
    with pytest.raises(ExpressionError, match=words):
        parse(text)


def test_as_deep_as_allowed() -> None:
    assert value("(" * DEEPEST + "1" + ")" * DEEPEST) == 1


@given(st.lists(st.sampled_from([*"xyab12.e+-*/(),^ ", "**", "exp", "max(", "log("]), max_size=40).map("".join))
def test_any_text_is_a_graph_or_a_sentence(text: str) -> None:
    try:
        graph = parse(text)
        graph.backward()
    except ExpressionError as refused:
        assert 0 <= refused.position <= len(text)
        assert str(refused)


EXPRESSIONS = st.recursive(
    st.sampled_from(["x", "y", "2", "0.5", "3"]),
    lambda inside: (
        st.tuples(inside, st.sampled_from(["+", "-", "*", "/"]), inside).map(lambda t: f"({t[0]} {t[1]} {t[2]})")
        | st.tuples(inside, st.sampled_from(["+", "-", "*"]), inside).map(lambda t: f"{t[0]} {t[1]} {t[2]}")
        | inside.map(lambda each: f"-{each}")
    ),
    max_leaves=12,
)
PYTHON = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}


@given(EXPRESSIONS)
def test_precedence_is_that_of_python(text: str) -> None:
    values = {"x": 1.25, "y": -0.75}

    def walk(node: ast.expr) -> float:
        match node:
            case ast.BinOp(left=left, op=op, right=right):
                return PYTHON[type(op)](walk(left), walk(right))
            case ast.UnaryOp(operand=operand):
                return -walk(operand)
            case ast.Name(id=name):
                return values[name]
            case ast.Constant(value=number):
                return float(number)
        raise AssertionError(node)

    found = value(text, **values)
    try:
        assert found == walk(ast.parse(text, mode="eval").body)
    except ZeroDivisionError:
        assert math.isnan(found)
