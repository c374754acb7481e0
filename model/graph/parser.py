"""From a text such as `sigmoid(w*x + b)` to a graph. The text is parsed, never evaluated as code.

A *recursive descent* parser: one function for each line of the grammar, which calls those below it. What binds tighter
stands further down, so `a + b * c` comes out as a + (b * c) by itself:

    sum      = product { ("+" | "-") product }
    product  = sign { ("*" | "/") sign }
    sign     = "-" sign | power
    power    = atom [ "**" sign ]                    to the right: 2 ** 3 ** 2 = 2 ** 9; and -x ** 2 = -(x ** 2)
    atom     = number | name | function "(" sum { "," sum } ")" | "(" sum ")"

The same name always means the same node, so that its gradients are added up.
"""

import math
from collections.abc import Mapping
from typing import NoReturn

from model.graph import operations
from model.graph.graph import MOST_NODES, Graph
from model.graph.node import Node, apply, constant, variable
from model.graph.operations import ANY, FUNCTIONS, Operation
from model.graph.tokens import END, ExpressionError, Token, tokens
from model.message import QT_TRANSLATE_NOOP, Message

DEFAULT_VALUE = 1.0  # of a variable that was given none
DEEPEST = 50  # parentheses and signs inside each other
LONGEST = 2000  # characters


def parse(text: str, values: Mapping[str, float] | None = None) -> Graph:
    """The graph of an expression, with `values` for its variables. Raises ExpressionError with a place in the text."""
    if len(text) > LONGEST:
        message = QT_TRANSLATE_NOOP("model", "the expression is too long; at most {most:,} characters are allowed")
        raise ExpressionError(LONGEST, Message(message, {"most": LONGEST}))
    return Graph(_Parser(text, values or {}).parse())


class _Parser:
    """One text on its way to nodes; `_at` is the token that is looked at."""

    def __init__(self, text: str, values: Mapping[str, float]) -> None:
        self._tokens = tokens(text)
        self._at = 0
        self._values = values
        self._variables: dict[str, Node] = {}
        self._depth, self._count = 0, 0

    def parse(self) -> Node:
        if self._next.kind == END:
            raise ExpressionError(0, Message(QT_TRANSLATE_NOOP("model", "there is no expression yet")))
        node = self._sum()
        if self._next.kind != END:
            self._refuse_rest()
        return node

    def _sum(self) -> Node:
        node = self._product()
        while self._next.text in ("+", "-"):
            operation = operations.ADD if self._take().text == "+" else operations.SUBTRACT
            node = self._made(operation, node, self._product())
        return node

    def _product(self) -> Node:
        node = self._sign()
        while self._next.text in ("*", "/"):
            operation = operations.MULTIPLY if self._take().text == "*" else operations.DIVIDE
            node = self._made(operation, node, self._sign())
        return node

    def _sign(self) -> Node:
        if self._next.text != "-":
            return self._power()
        minus = self._take()
        self._deeper(minus)
        inside = self._sign()
        self._depth -= 1
        if inside.constant and not inside.operation:  # the number -2, not a product
            return self._counted(constant(-inside.value, _negated(inside.name)))
        return self._made(operations.MULTIPLY, self._counted(constant(-1.0)), inside)

    def _power(self) -> Node:
        node = self._atom()
        if self._next.text == "**":
            self._deeper(self._take())
            node = self._made(operations.POWER, node, self._sign())
            self._depth -= 1
        return node

    def _atom(self) -> Node:
        token = self._take()
        if token.kind == "number":
            value = float(token.text)
            if not math.isfinite(value):
                self._refuse(QT_TRANSLATE_NOOP("model", "this number is too large"), token)
            return self._counted(constant(value, token.text))
        if token.kind == "name":
            return self._name(token)
        if token.text != "(":
            self._refuse(
                QT_TRANSLATE_NOOP("model", "something is missing here: a number, a name or a parenthesis")
                if token.kind == END
                else QT_TRANSLATE_NOOP("model", "a number, a name or a parenthesis is expected in place of {text}"),
                token,
            )
        self._deeper(token)
        node = self._sum()
        self._close(token)
        return node

    def _name(self, token: Token) -> Node:
        function = FUNCTIONS.get(token.text)
        if self._next.text == "(":
            if function is None:
                self._refuse(QT_TRANSLATE_NOOP("model", "{text} is no function here; there are {functions}"), token)
            return self._call(token, function)
        if function is not None:
            self._refuse(QT_TRANSLATE_NOOP("model", "{text} is a function and wants its input in parentheses"), token)
        if token.text not in self._variables:
            value = float(self._values.get(token.text, DEFAULT_VALUE))
            self._variables[token.text] = self._counted(variable(token.text, value))
        return self._variables[token.text]

    def _call(self, name: Token, function: Operation) -> Node:
        opening = self._take()
        self._deeper(opening)
        inputs = [self._sum()]
        while self._next.text == ",":
            self._take()
            inputs.append(self._sum())
        self._close(opening)
        if function.inputs == ANY and len(inputs) < 2:
            self._refuse(QT_TRANSLATE_NOOP("model", "{text} compares two or more numbers, with commas between"), name)
        if function.inputs != ANY and len(inputs) != function.inputs:
            self._refuse(QT_TRANSLATE_NOOP("model", "{text} takes one input"), name)
        return self._made(function, *inputs)

    def _close(self, opening: Token) -> None:
        if self._next.kind == END:
            self._refuse(QT_TRANSLATE_NOOP("model", "this parenthesis is not closed"), opening)
        if self._next.text != ")":
            self._refuse_rest()
        self._take()
        self._depth -= 1

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        token = self._next
        self._at += token.kind != END
        return token

    def _deeper(self, token: Token) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            self._refuse(QT_TRANSLATE_NOOP("model", "too many levels inside each other; {most} are allowed"), token)

    def _made(self, operation: Operation, *inputs: Node) -> Node:
        return self._counted(apply(operation, *inputs))

    def _counted(self, node: Node) -> Node:
        self._count += 1
        if self._count > MOST_NODES:
            self._refuse(QT_TRANSLATE_NOOP("model", "the graph has too many nodes; {nodes} are allowed"), self._next)
        return node

    def _refuse_rest(self) -> NoReturn:
        """The expression is complete, but the text goes on."""
        if self._next.text == ")":
            self._refuse(QT_TRANSLATE_NOOP("model", "this parenthesis was never opened"), self._next)
        if self._next.text == ",":
            self._refuse(QT_TRANSLATE_NOOP("model", "a comma stands between the inputs of a function only"), self._next)
        self._refuse(QT_TRANSLATE_NOOP("model", "an operator such as * is missing before this"), self._next)

    def _refuse(self, source: str, token: Token) -> NoReturn:
        values = {"text": token.text, "functions": ", ".join(FUNCTIONS), "most": DEEPEST, "nodes": MOST_NODES}
        raise ExpressionError(token.position, Message(source, dict(values)))


def _negated(number: str) -> str:
    return number[1:] if number.startswith("-") else f"-{number}"
