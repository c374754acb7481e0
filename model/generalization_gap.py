"""How much better a network does on the samples that it learns from than on others of their kind.

    gap = accuracy on the training part - accuracy on the validation part         (of a regression: of the losses,
                                                                                    validation - training)

Without a gap it has learnt what the samples have in common. A gap says that it knows some of them by heart. But a small
gap is no aim of its own: a network that gets half of both parts right has none. What counts is the validation accuracy;
the gap says how much there is to be gained by a remedy.

**What chance does.** An accuracy p measured on m samples is the mean of m answers that are right or wrong. Another m
samples would give another one, with a standard deviation of

    sqrt(p (1 - p) / m)             p = 0.9, m = 500: 1.3 points

Of twenty such accuracies nineteen lie within two of these deviations, so of two networks that differ by less than that
one cannot say which is better.

Source: C. Bishop, "Pattern Recognition and Machine Learning", Springer (2006), section 1.1.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from model.record import Evaluation


@dataclass(frozen=True)
class Outcome:
    """What a run has come to."""

    at: Evaluation  # of the weights that count
    training: int  # samples that were measured
    validation: int

    @property
    def has_classes(self) -> bool:
        return self.at.train_accuracy is not None and self.at.validation_accuracy is not None

    @property
    def train(self) -> float:
        """The accuracy on the training part, 0 .. 1; of a regression the loss."""
        return self.at.train_loss if self.at.train_accuracy is None else self.at.train_accuracy

    @property
    def held_out(self) -> float:
        """The same on the validation part; not a number where that is empty."""
        found = self.at.validation_accuracy if self.has_classes else self.at.validation_loss
        return math.nan if found is None else found

    @property
    def gap(self) -> float:
        """Above 0 where the network does better on the training part."""
        return self.train - self.held_out if self.has_classes else self.held_out - self.train

    @property
    def chance(self) -> float:
        """Two standard deviations of the validation accuracy; 0 for a regression, of which they are not known."""
        p = self.held_out
        return 2 * math.sqrt(p * (1 - p) / self.validation) if self.has_classes and self.validation else 0.0

    @property
    def of_losses(self) -> "Outcome":
        """The same looked at by its losses, as if there were no classes."""
        return replace(self, at=replace(self.at, train_accuracy=None, validation_accuracy=None))


def lowest(evaluations: Sequence[Evaluation]) -> Evaluation:
    """The evaluation with the lowest validation loss, the first of several: where early stopping keeps the weights."""

    def height(each: Evaluation) -> float:
        loss = each.validation_loss
        return math.inf if loss is None or math.isnan(loss) else loss

    return min(evaluations, key=height)
