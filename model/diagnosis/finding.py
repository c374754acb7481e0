"""A finding: one thing that goes wrong in a run, said with the number that shows it and with what to do about it."""

from dataclasses import dataclass
from typing import Literal

from model.message import QT_TRANSLATE_NOOP, Message

Kind = Literal[
    "diverged",
    "learning rate too high",
    "exploding gradients",
    "dead ReLUs",
    "vanishing gradients",
    "saturated units",
    "learning rate too low",
    "overfitting",
    "plateau",
    "features not scaled",
    "class imbalance",
]

# The most serious first: what stops the run, what keeps it from learning, what makes it slow, what the data brings.
# A cause stands before its effects: gradients that vanish end in a plateau, and the plateau is no news then.
TITLES: dict[Kind, str] = {
    "diverged": QT_TRANSLATE_NOOP("model", "Diverged"),
    "learning rate too high": QT_TRANSLATE_NOOP("model", "Learning rate too high"),
    "exploding gradients": QT_TRANSLATE_NOOP("model", "Exploding gradients"),
    "dead ReLUs": QT_TRANSLATE_NOOP("model", "Dead ReLUs"),
    "vanishing gradients": QT_TRANSLATE_NOOP("model", "Vanishing gradients"),
    "saturated units": QT_TRANSLATE_NOOP("model", "Saturated units"),
    "learning rate too low": QT_TRANSLATE_NOOP("model", "Learning rate too low"),
    "overfitting": QT_TRANSLATE_NOOP("model", "Overfitting"),
    "plateau": QT_TRANSLATE_NOOP("model", "Plateau"),
    "features not scaled": QT_TRANSLATE_NOOP("model", "Features not scaled"),
    "class imbalance": QT_TRANSLATE_NOOP("model", "Class imbalance"),
}
KINDS: tuple[Kind, ...] = tuple(TITLES)


@dataclass(frozen=True)
class Finding:
    """What was found, where it is seen, and what to do."""

    kind: Kind
    number: float  # the one that shows it, as in the sentence
    sentence: Message
    advice: Message
    panel: str  # where it is seen: "loss", "gradients", "activation", "data"
    column: int | None = None  # the place in `stages(layers)` where it is
    unit: int | None = None  # the neuron in that column which shows it best

    @property
    def title(self) -> Message:
        """Its name, as the field calls it."""
        return Message(TITLES[self.kind])

    @property
    def rank(self) -> int:
        """0 is the most serious."""
        return KINDS.index(self.kind)

    @property
    def message(self) -> Message:
        """All that there is to say, in one line."""
        values: dict[str, object] = {"title": self.title, "sentence": self.sentence, "advice": self.advice}
        return Message(QT_TRANSLATE_NOOP("model", "{title}: {sentence} {advice}"), values)


def three_digits(number: float) -> float:
    """A ratio as it is read aloud: 3,930,000 and not 3,927,841.2. To be written as {:,.10g}."""
    return float(f"{number:.3g}")
