"""Expressions to begin with."""

from dataclasses import dataclass, field

from model.message import QT_TRANSLATE_NOOP


@dataclass(frozen=True)
class Preset:
    """An expression and values for its variables."""

    label: str
    meaning: str
    text: str
    values: dict[str, float] = field(default_factory=dict[str, float])


PRESETS = (
    Preset(
        QT_TRANSLATE_NOOP("model", "Shopping"),
        QT_TRANSLATE_NOOP(
            "model",
            "2 apples and 3 oranges, and 10 % tax on both. How much does the price rise if an apple becomes 1 dearer?",
        ),
        "(apple * 2 + orange * 3) * 1.1",
        {"apple": 100.0, "orange": 150.0},
    ),
    Preset(
        QT_TRANSLATE_NOOP("model", "A neuron"),
        QT_TRANSLATE_NOOP("model", "One input, its weight, a bias and a sigmoid."),
        "sigmoid(w*x + b)",
        {"w": 2.0, "x": -1.0, "b": 0.5},
    ),
    Preset(
        QT_TRANSLATE_NOOP("model", "Sigmoid in small steps"),
        QT_TRANSLATE_NOOP("model", "The sigmoid taken apart: its slope y (1 - y) comes out of four simpler ones."),
        "1 / (1 + exp(-x))",
        {"x": 1.0},
    ),
    Preset(
        QT_TRANSLATE_NOOP("model", "Used twice"),
        QT_TRANSLATE_NOOP("model", "x goes two ways, and the gradients of both are added up where they meet."),
        "x * x + max(x, y)",
        {"x": 3.0, "y": 2.0},
    ),
)
