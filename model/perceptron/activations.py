"""The functions f that a single neuron may answer with, t = f(u).

All but the step are the very layers that networks are built of (model/layers).
"""

from collections.abc import Callable
from dataclasses import dataclass

from model.arrays import Floats
from model.layers import Identity, ReLU, Sigmoid, Tanh
from model.message import QT_TRANSLATE_NOOP
from model.perceptron.step import step


@dataclass(frozen=True)
class AnswerFunction:
    """f, and how its answers spread: `middle` parts the two answers and lies where u = 0."""

    label: str
    meaning: str
    formula: str
    apply: Callable[[Floats], Floats]  # (n,) -> (n,)
    middle: float = 0.0  # f(0), but for the step, whose answers jump over it there
    spread: float = 1.0  # how far from the middle answers are usually found


ACTIVATIONS: dict[str, AnswerFunction] = {
    "step": AnswerFunction(
        QT_TRANSLATE_NOOP("model", "Step"),
        QT_TRANSLATE_NOOP("model", "All or nothing: 1 where the sum is above 0, else 0."),
        "f(u) = 1 (u > 0), 0 (u ≤ 0)",
        step,
        0.5,
        0.5,
    ),
    "sigmoid": AnswerFunction(
        Sigmoid.label, Sigmoid.meaning, "f(u) = 1 / (1 + e⁻ᵘ)", lambda u: Sigmoid().curve(u)[0], 0.5, 0.5
    ),
    "tanh": AnswerFunction(Tanh.label, Tanh.meaning, "f(u) = tanh u", lambda u: Tanh().curve(u)[0]),
    "relu": AnswerFunction(ReLU.label, ReLU.meaning, "f(u) = max(0, u)", lambda u: ReLU().curve(u)[0], spread=3.0),
    "identity": AnswerFunction(Identity.label, Identity.meaning, "f(u) = u", lambda u: u.copy(), spread=3.0),
}
