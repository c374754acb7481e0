"""A node of a computational graph: one number, where it came from, and what it owes the result.

    forward    y = f(x_1, x_2, ...)              from the inputs' values
    local      dy/dx_i                           each input's slope, from the same values
    backward   dL/dx_i += dL/dy * dy/dx_i        upstream times local is downstream

The `+=` is the chain rule where a value is used more than once: every use sends a gradient back, and they are added up.

Where an operation has no value (a division by zero) the node says so in `problem`, and its value is nan: not a number.
Nodes behind it are nan without a problem of their own.
"""

import math

from model.graph.operations import MAX, POWER, RELU, Operation, UndefinedError
from model.message import QT_TRANSLATE_NOOP, Message

nan = math.nan


class Node:
    """A variable, a constant (both without an operation) or the result of an operation on other nodes."""

    def __init__(
        self, name: str, operation: Operation | None = None, inputs: "tuple[Node, ...]" = (), value: float = nan
    ) -> None:
        self.name = name  # a variable's name, a constant as it was written, or the operation's name
        self.operation = operation
        self.inputs = inputs
        self.value = value
        self.gradient = 0.0  # dL/d(this value), complete when backward has passed all users of it
        self.slopes: tuple[float, ...] = ()  # dy/dx_i at these values, one for each input
        self.problem: Message | None = None
        self.variable = False  # may be changed by the person
        # Nothing that a person may change leads to a constant: its gradient is shown, but nobody asks for it.
        self.constant = operation is not None and all(each.constant for each in inputs)

    @property
    def rule(self) -> Message:
        """How this node hands its gradient on."""
        if self.operation:
            return Message(self.operation.rule)
        if self.variable:
            return Message(
                QT_TRANSLATE_NOOP("model", "A variable: the gradients from everywhere it is used are added up.")
            )
        return Message(QT_TRANSLATE_NOOP("model", "A number that stays as it is."))

    @property
    def at_kink(self) -> bool:
        """No slope exists here, and one was taken by convention: ReLU at 0, max of equal numbers."""
        values = [each.value for each in self.inputs]
        return (self.operation is RELU and values[0] == 0) or (self.operation is MAX and values.count(self.value) > 1)

    def forward(self) -> None:
        """Value and local slopes from the values of the inputs."""
        self.problem, self.gradient = None, 0.0
        if self.operation is None:
            if not math.isfinite(self.value):
                source = QT_TRANSLATE_NOOP("model", "{name} is not a finite number")
                self.problem = Message(source, {"name": self.name})
            return
        values = [each.value for each in self.inputs]
        self.value, self.slopes = nan, (nan,) * len(values)
        if all(math.isfinite(each) for each in values):
            self._compute(self.operation, values)

    def backward(self) -> None:
        """Hand the gradient on to the inputs: upstream times local, added to what others sent."""
        for node, slope in zip(self.inputs, self.slopes, strict=True):
            passed = self.gradient * slope
            if math.isfinite(self.gradient) and math.isfinite(slope) and not math.isfinite(node.gradient + passed):
                node.problem = node.problem or _overflow()
            node.gradient += passed

    def _compute(self, operation: Operation, values: list[float]) -> None:
        try:
            value = operation.value(values)
        except OverflowError:
            value = math.inf
        except UndefinedError as undefined:
            self.problem = undefined.message
            return
        if not math.isfinite(value):
            self.problem = _overflow()
            return
        self.value = value
        try:
            self.slopes = operation.slopes(value, values)
        except (OverflowError, ZeroDivisionError):
            self.slopes = (math.inf,) * len(values)
        self.problem = self._slope_problem()

    def _slope_problem(self) -> Message | None:
        """A value may be fine where its slope is not: the square root of 0 rises straight up."""
        bad = [each for each, slope in zip(self.inputs, self.slopes, strict=True) if not math.isfinite(slope)]
        if self.operation is POWER and bad == [self.inputs[1]] and self.inputs[1].constant:
            return None  # nobody asks how (-3)^2 changes with the 2
        if bad and self.operation is POWER and self.inputs[0].value < 0:
            return Message(
                QT_TRANSLATE_NOOP("model", "a power of a negative number has no slope with respect to its exponent")
            )
        return Message(QT_TRANSLATE_NOOP("model", "the slope here is infinite or too large")) if bad else None


def constant(value: float, name: str = "") -> Node:
    """A number that stays as it is; `name`: as it was written."""
    node = Node(name or f"{value:g}", value=value)
    node.constant = True
    return node


def variable(name: str, value: float) -> Node:
    """A number with a name, which a person may change."""
    node = Node(name, value=value)
    node.variable = True
    return node


def apply(operation: Operation, *inputs: Node) -> Node:
    """The node of an operation on other nodes; without a value until `forward`."""
    return Node(operation.name, operation, inputs)


def _overflow() -> Message:
    return Message(QT_TRANSLATE_NOOP("model", "overflow: too large for a number of 64 bits, about 1.8e308 at most"))
