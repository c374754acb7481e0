"""A run that stops by itself: the loss is not a finite number any more."""

from dataclasses import dataclass

from model.message import QT_TRANSLATE_NOOP, Message


@dataclass(frozen=True)
class Diverged:
    """Which step met a loss that is not a finite number."""

    step: int
    loss: float
    learning_rate: float
    by_hand: bool = False  # a parameter was set by hand since the last step

    @property
    def message(self) -> Message:
        if self.by_hand:
            source = QT_TRANSLATE_NOOP(
                "model", "diverged at step {step:,}: the loss became {loss}; the number set by hand is the likely cause"
            )
        elif self.step == 1:
            source = QT_TRANSLATE_NOOP(
                "model",
                "diverged at step {step:,}: the loss of the initial weights is {loss}; they or the inputs are too "
                "large",
            )
        else:
            source = QT_TRANSLATE_NOOP(
                "model",
                "diverged at step {step:,}: the loss became {loss}; the learning rate {learning_rate} is the likely "
                "cause",
            )
        values: dict[str, object] = {"step": self.step, "loss": self.loss, "learning_rate": self.learning_rate}
        return Message(source, values)
