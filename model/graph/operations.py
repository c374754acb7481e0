"""The operations that a graph is made of: for each its value, its local derivatives and its rule in words.

A node knows nothing of the graph around it. It knows its inputs, its own formula, and one derivative for each input:
the *local* slope dy/dx_i. That is all that the chain rule needs (see `node`).

The functions here may raise what Python's arithmetic raises (ZeroDivisionError, OverflowError) or UndefinedError; the
node turns it into words.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from model.message import QT_TRANSLATE_NOOP, Message

ANY = 0  # number of inputs: two or more
Values = Sequence[float]  # of the inputs, x[0], x[1], ...


class UndefinedError(Exception):
    """The operation has no value for these inputs; `message` says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


@dataclass(frozen=True)
class Operation:
    """One kind of node."""

    name: str  # as it is written in an expression: "+", "exp"
    label: str
    rule: str  # how it hands the gradient on
    inputs: int  # how many; ANY: two or more
    value: Callable[[Values], float]  # y = f(x)
    slopes: Callable[[float, Values], tuple[float, ...]]  # (dy/dx[0], dy/dx[1], ...), given y and x


def divide(x: Values) -> float:
    a, b = x
    if b == 0:
        raise UndefinedError(Message(QT_TRANSLATE_NOOP("model", "division by zero")))
    return a / b


def power(x: Values) -> float:
    a, b = x
    if a == 0 and b < 0:
        raise UndefinedError(Message(QT_TRANSLATE_NOOP("model", "0 to a negative power is a division by zero")))
    if a < 0 and not float(b).is_integer():
        raise UndefinedError(
            Message(QT_TRANSLATE_NOOP("model", "a negative number to a power that is not whole has no real value"))
        )
    return math.pow(a, b)


def power_slopes(y: float, x: Values) -> tuple[float, float]:
    """y = a^b: dy/da = b a^(b - 1). As a^b = e^(b log a): dy/db = a^b log a, for a > 0 only.

    At a = 0 the first is infinite for b < 1 (a square root rises straight up), and the second goes to 0 from the right.
    For a < 0 powers exist at whole b only, and there is no slope from one to the next: nan.
    """
    a, b = x
    by_base = 0.0 if b == 0 else math.inf if a == 0 and b < 1 else b * math.pow(a, b - 1)
    by_exponent = y * math.log(a) if a > 0 else 0.0 if a == 0 and b > 0 else math.nan
    return by_base, by_exponent


def logarithm(x: Values) -> float:
    if x[0] < 0:
        raise UndefinedError(Message(QT_TRANSLATE_NOOP("model", "logarithm of a negative number")))
    if x[0] == 0:
        raise UndefinedError(Message(QT_TRANSLATE_NOOP("model", "logarithm of zero")))
    return math.log(x[0])


def sigmoid(x: Values) -> float:
    """1 / (1 + e^-x). Left of 0 as e^x / (1 + e^x), the same number: e^-x would overflow far out."""
    return 1 / (1 + math.exp(-x[0])) if x[0] >= 0 else math.exp(x[0]) / (1 + math.exp(x[0]))


def max_slopes(y: float, x: Values) -> tuple[float, ...]:
    """1 for the largest input, 0 for all others. Of equal ones the first is taken, by convention: there is a kink."""
    largest = x.index(y)
    return tuple(1.0 if i == largest else 0.0 for i in range(len(x)))


ADD = Operation(
    "+",
    QT_TRANSLATE_NOOP("model", "Add"),
    QT_TRANSLATE_NOOP("model", "Add passes on: each input receives the gradient as it came."),
    2,
    lambda x: x[0] + x[1],
    lambda y, x: (1.0, 1.0),  # d(a + b)/da = 1
)
SUBTRACT = Operation(
    "-",
    QT_TRANSLATE_NOOP("model", "Subtract"),
    QT_TRANSLATE_NOOP(
        "model",
        "Subtract passes on: the first input receives the gradient as it came, the second with its sign turned.",
    ),
    2,
    lambda x: x[0] - x[1],
    lambda y, x: (1.0, -1.0),  # d(a - b)/db = -1
)
MULTIPLY = Operation(
    "*",
    QT_TRANSLATE_NOOP("model", "Multiply"),
    QT_TRANSLATE_NOOP("model", "Multiply swaps: each input receives the gradient times the other input."),
    2,
    lambda x: x[0] * x[1],
    lambda y, x: (x[1], x[0]),  # d(a b)/da = b
)
DIVIDE = Operation(
    "/",
    QT_TRANSLATE_NOOP("model", "Divide"),
    QT_TRANSLATE_NOOP(
        "model",
        "Divide: the numerator receives the gradient divided by the denominator; the denominator the gradient times "
        "minus the result divided by the denominator.",
    ),
    2,
    divide,
    lambda y, x: (1 / x[1], -y / x[1]),  # d(a/b)/db = -a/b^2 = -(a/b)/b
)
POWER = Operation(
    "**",
    QT_TRANSLATE_NOOP("model", "Power"),
    QT_TRANSLATE_NOOP(
        "model",
        "Power: the base receives the gradient times the exponent times the power with the exponent less 1; the "
        "exponent the gradient times the result times the logarithm of the base.",
    ),
    2,
    power,
    power_slopes,
)
EXP = Operation(
    "exp",
    QT_TRANSLATE_NOOP("model", "Exp"),
    QT_TRANSLATE_NOOP("model", "Exp is its own slope: its input receives the gradient times the result."),
    1,
    lambda x: math.exp(x[0]),
    lambda y, x: (y,),  # d(e^x)/dx = e^x
)
LOG = Operation(
    "log",
    QT_TRANSLATE_NOOP("model", "Log"),
    QT_TRANSLATE_NOOP("model", "Log: its input receives the gradient divided by the input."),
    1,
    logarithm,
    lambda y, x: (1 / x[0],),  # d(log x)/dx = 1/x
)
MAX = Operation(
    "max",
    QT_TRANSLATE_NOOP("model", "Max"),
    QT_TRANSLATE_NOOP("model", "Max routes: the largest input receives the whole gradient, every other one 0."),
    ANY,
    max,
    max_slopes,
)
RELU = Operation(
    "relu",
    QT_TRANSLATE_NOOP("model", "ReLU"),
    QT_TRANSLATE_NOOP("model", "ReLU is a gate: open above 0, where the gradient passes, and shut at 0 and below."),
    1,
    lambda x: max(0.0, x[0]),
    lambda y, x: (1.0 if x[0] > 0 else 0.0,),  # at the kink 0, as in the layer
)
SIGMOID = Operation(
    "sigmoid",
    QT_TRANSLATE_NOOP("model", "Sigmoid"),
    QT_TRANSLATE_NOOP(
        "model", "Sigmoid: its input receives the gradient times y (1 - y), y being the result: a quarter at most."
    ),
    1,
    sigmoid,
    lambda y, x: (y * (1 - y),),  # derived in layers/sigmoid
)
TANH = Operation(
    "tanh",
    QT_TRANSLATE_NOOP("model", "Tanh"),
    QT_TRANSLATE_NOOP(
        "model", "Tanh: its input receives the gradient times 1 - y squared, y being the result: all of it at 0."
    ),
    1,
    lambda x: math.tanh(x[0]),
    lambda y, x: (1 - y * y,),  # derived in layers/tanh
)

OPERATIONS = (ADD, SUBTRACT, MULTIPLY, DIVIDE, POWER, EXP, LOG, MAX, RELU, SIGMOID, TANH)
FUNCTIONS: dict[str, Operation] = {each.name: each for each in (EXP, LOG, MAX, RELU, SIGMOID, TANH)}
