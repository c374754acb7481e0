"""Overfitting: the network learns its samples by heart, and gets worse at those that it has not seen.

Both losses fall together as long as what is learnt holds for new samples, too. From then on the training loss goes on
falling and the other rises: what is learnt now is the noise of these very samples. Two signs, each enough:

    the loss       on held-out samples it lies above its lowest by 20 %, and above the training loss by half of the
                   chance level, which the training loss is below: what was not learnt was not learnt by heart
    the accuracy   on held-out samples it is 10 points below that on the training samples, and more than chance
                   explains: 3 standard deviations of the share of right answers, sqrt(p (1 - p) / n)

Held-out samples are those of the validation part, where there is one, else of the test part. Every number is the median
of the last five evaluations.

Why so much. A gap is normal: the training samples are those that the network was fitted to. In the starters that learn
well the losses come apart by up to 23 % of the chance level, and the accuracies by up to 6 points where it is more than
chance (a spiral on its way), though hardly one new sample is taken wrongly at the end. In the starter that learns 100
digits by heart it is 12 to 14 points. A small rise of a small loss is no
harm either: the cross entropy punishes being sure, and a single wrong sample can make it rise.

Source: L. Prechelt, "Early Stopping - But When?", in Neural Networks: Tricks of the Trade, Springer (1998) 55-69.
"""

import math
from collections.abc import Iterator, Sequence
from statistics import median

from model.diagnosis.evidence import Evidence
from model.diagnosis.finding import Finding
from model.message import QT_TRANSLATE_NOOP, Message
from model.record import Evaluation

SMOOTHED = 5  # evaluations
RISEN = 1.2  # times the lowest loss on held-out samples
LOSS_GAP = 0.5  # of the chance level
ACCURACY_GAP = 0.1
DEVIATIONS = 3  # that a gap by chance alone hardly ever has

Measured = tuple[Message, list[float], list[float], int]  # a part's name, its losses and accuracies, its samples


def overfitting(evidence: Evidence) -> Iterator[Finding]:
    """Whether samples that were not trained on are taken much worse than those that were."""
    evaluations = evidence.evaluations
    held_out = _held_out(evidence, evaluations)
    if held_out is None or len(evaluations) < 2 * SMOOTHED:
        return
    name, losses, accuracies, samples = held_out
    number, sentence = math.nan, None
    if accuracies:
        seen = [each.train_accuracy for each in evaluations if each.train_accuracy is not None]
        number, sentence = _by_accuracy(name, _now(seen), _now(accuracies), samples)
    if sentence is None:
        seen = [each.train_loss for each in evaluations]
        number, sentence = _by_loss(name, _now(seen), losses, evidence.sampled.chance)
    if sentence is not None:
        advice = QT_TRANSLATE_NOOP(
            "model", "More samples, an L2 penalty, dropout, fewer units, or early stopping where the loss was lowest."
        )
        yield Finding("overfitting", number, sentence, Message(advice), "loss")


def _held_out(evidence: Evidence, evaluations: Sequence[Evaluation]) -> Measured | None:
    """What was measured on samples that are not trained on; None where there are none."""
    parts = evidence.parts
    if len(parts.validation.inputs):
        name, part = Message(QT_TRANSLATE_NOOP("model", "validation")), parts.validation
        measured = [(each.validation_loss, each.validation_accuracy) for each in evaluations]
    else:
        name, part = Message(QT_TRANSLATE_NOOP("model", "test")), parts.test
        measured = [(each.test_loss, each.test_accuracy) for each in evaluations]
    losses = [loss for loss, _ in measured if loss is not None]
    accuracies = [accuracy for _, accuracy in measured if accuracy is not None]
    return (name, losses, accuracies, len(part.inputs)) if losses else None


def _by_accuracy(name: Message, seen: float, unseen: float, samples: int) -> tuple[float, Message | None]:
    chance = DEVIATIONS * math.sqrt(unseen * (1 - unseen) / samples)
    if seen - unseen < max(ACCURACY_GAP, chance):
        return math.nan, None
    source = QT_TRANSLATE_NOOP(
        "model",
        "{seen:.0f} % of the training samples are classified rightly, but only {unseen:.0f} % of the {part} samples.",
    )
    return seen - unseen, Message(source, {"seen": 100 * seen, "unseen": 100 * unseen, "part": name})


def _by_loss(name: Message, seen: float, losses: Sequence[float], chance: float) -> tuple[float, Message | None]:
    smooth = [median(losses[i - SMOOTHED : i]) for i in range(SMOOTHED, len(losses) + 1)]
    unseen, lowest = smooth[-1], min(smooth)
    if not (seen < chance and unseen > RISEN * lowest and unseen - seen > LOSS_GAP * chance):
        return math.nan, None
    source = QT_TRANSLATE_NOOP(
        "model", "the {part} loss has risen from {lowest:.3g} to {unseen:.3g}, while the training loss is {seen:.3g}."
    )
    return unseen - seen, Message(source, {"part": name, "lowest": lowest, "unseen": unseen, "seen": seen})


def _now(values: Sequence[float]) -> float:
    return median(values[-SMOOTHED:])
