"""A run that stops by itself: the loss is not a finite number any more.

What led there? Mostly the learning rate (see `model.diagnosis.learning_rate`). But not always:

    a number set by hand    and the very next steps meet a loss beyond all numbers
    the initial weights     the loss of step 1 is not finite: nothing was learnt yet
    the weight decay        an L2 penalty l (or AdamW's decay) multiplies each weight by 1 - lr l at every step; where
                            lr l is above 2, that is below -1, and the weights grow whatever the data says
"""

from dataclasses import dataclass

from model.experiment import Experiment
from model.message import QT_TRANSLATE_NOOP, Message
from model.optimizers import SGD, AdamW, Momentum, Nesterov

AT_ONCE = 10  # steps: a number that was set by hand before that is not blamed any more


@dataclass(frozen=True)
class Diverged:
    """Which step met a loss that is not a finite number."""

    step: int
    loss: float
    learning_rate: float
    by_hand: bool = False  # a parameter was set by hand shortly before
    decay: float = 0.0  # the weights were multiplied by 1 - this at every step, beside what the loss did to them

    @property
    def message(self) -> Message:
        if self.step == 1 and not self.by_hand:
            source = QT_TRANSLATE_NOOP(
                "model",
                "diverged at step {step:,}: the loss of the initial weights is {loss}; they or the inputs are too "
                "large",
            )
        else:
            source = QT_TRANSLATE_NOOP("model", "diverged at step {step:,}: the loss became {loss}; {cause}")
        return Message(source, {"step": self.step, "loss": self.loss, "cause": self.cause})

    @property
    def cause(self) -> Message:
        """What has most likely led there, as a part of a sentence."""
        if self.by_hand:
            source = QT_TRANSLATE_NOOP("model", "the number set by hand is the likely cause")
        elif self.step == 1:
            source = QT_TRANSLATE_NOOP("model", "the initial weights or the inputs are too large")
        elif self.decay > 2:
            source = QT_TRANSLATE_NOOP(
                "model", "the weight decay multiplied every weight by {factor:.3g} at each step and is the likely cause"
            )
        else:
            source = QT_TRANSLATE_NOOP("model", "the learning rate {learning_rate} is the likely cause")
        return Message(source, {"learning_rate": self.learning_rate, "factor": 1 - self.decay})

    @property
    def advice(self) -> Message:
        """What to do about it."""
        if self.by_hand:
            source = QT_TRANSLATE_NOOP("model", "Undo the number that was set by hand.")
        elif self.step == 1:
            source = QT_TRANSLATE_NOOP("model", "Take smaller initial weights (Xavier or He) or standardized inputs.")
        elif self.decay > 2:
            source = QT_TRANSLATE_NOOP("model", "Take a smaller weight decay (L2 penalty), or a smaller learning rate.")
        else:
            source = QT_TRANSLATE_NOOP(
                "model", "Divide the learning rate {learning_rate} by 10 and start again with the same weights."
            )
        return Message(source, {"learning_rate": self.learning_rate})


def decay_of(experiment: Experiment, learning_rate: float) -> float:
    """The share of every weight that an update takes away whatever the loss says.

    Where an optimizer divides by the size of the gradient, a penalty in the gradient is bounded with it: no share.
    """
    optimizer = experiment.optimizer
    if isinstance(optimizer, SGD | Momentum | Nesterov):
        return learning_rate * experiment.regularization.l2
    return learning_rate * optimizer.weight_decay if isinstance(optimizer, AdamW) else 0.0
