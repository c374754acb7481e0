"""What compared runs show that differ in the rule for their initial weights alone, in words and with numbers."""

import math
from collections.abc import Mapping, Sequence

from model.compared_runs import RunSoFar, SoFar
from model.message import QT_TRANSLATE_NOOP, Message

HARDLY = 0.9  # of the loss that it began with: a run still above it has hardly learnt


def training_finding(labels: Mapping[str, Message], so_far: SoFar) -> Message | None:
    """Which rule has come farthest, and which have not come on at all; None before anything was measured.

    `labels`: what the rules are called, by the names of the runs.
    """
    measured = {key: run for key, run in so_far.items() if key in labels and run.evaluations}
    going = {key: run for key, run in measured.items() if run.diverged is None and math.isfinite(last_loss(run))}
    if not measured:
        return None
    diverged = [labels[key] for key in measured if key not in going]
    stuck = [labels[key] for key, run in going.items() if last_loss(run) > HARDLY * run.evaluations[0].train_loss]
    sentences: list[Message] = []
    steps = max(run.evaluations[-1].step for run in measured.values())
    if going and len(stuck) < len(going):
        best = min(going, key=lambda key: last_loss(going[key]))
        source = QT_TRANSLATE_NOOP("model", "After {steps} steps {rule} has the lowest training loss, {loss:.2g}.")
        sentences.append(Message(source, {"steps": steps, "rule": labels[best], "loss": last_loss(going[best])}))
    else:
        sentences.append(
            Message(QT_TRANSLATE_NOOP("model", "After {steps} steps nothing was learnt."), {"steps": steps})
        )
    if stuck:
        source = QT_TRANSLATE_NOOP("model", "Hardly below the loss of the start: {rules}.")
        sentences.append(Message(source, {"rules": listed(stuck)}))
    if diverged:
        sentences.append(Message(QT_TRANSLATE_NOOP("model", "Diverged: {rules}."), {"rules": listed(diverged)}))
    return joined(sentences)


def last_loss(run: RunSoFar) -> float:
    """The loss of the training part as it was measured last. Raises IndexError before it was."""
    return run.evaluations[-1].train_loss


def listed(names: Sequence[Message]) -> Message:
    """One after the other, with commas."""
    if len(names) == 1:
        return names[0]
    source = QT_TRANSLATE_NOOP("model", "{first}, {others}")
    return Message(source, {"first": names[0], "others": listed(names[1:])})


def joined(sentences: Sequence[Message]) -> Message:
    """One sentence after the other."""
    if len(sentences) == 1:
        return sentences[0]
    source = QT_TRANSLATE_NOOP("model", "{first} {others}")
    return Message(source, {"first": sentences[0], "others": joined(sentences[1:])})
