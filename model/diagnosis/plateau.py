"""A plateau: the loss has stopped falling while there is still much to learn.

The measure is the fall of the loss over the second half of the run: the median of the mini-batch losses in the first
quarter of that half, against the median in its last quarter. It knows no unit of time, as it should: a run that has
gone ten times as far may take ten times as long for the next bit.

The threshold is a fall of less than 0.5 %, after at least 1,000 steps and 10 epochs. Why so late: many losses begin
with a plateau and leave it by themselves, since nothing can be learnt behind until the first units have found a
direction. A spiral stands still for up to 300 steps, in which other runs of it are half done.

A plateau is a symptom. What stands before it in the list (gradients that vanish, units that are dead, a learning rate
that is too low) is the cause to look for first; where nothing does, the network may be too small for its task, or the
rest of the loss may be noise, which nobody can learn.
"""

from collections.abc import Iterator

import numpy as np

from model.diagnosis.evidence import Evidence
from model.diagnosis.finding import Finding
from model.message import QT_TRANSLATE_NOOP, Message

STEPS, EPOCHS = 1000, 10  # at least
STILL = 0.005  # the share that the loss has fallen by


def plateau(evidence: Evidence) -> Iterator[Finding]:
    """Whether the loss has stopped falling."""
    steps, snapshot = evidence.steps, evidence.snapshot
    if steps < STEPS or snapshot.epoch < EPOCHS or evidence.diverged or not evidence.much_to_learn:
        return
    losses = evidence.record.losses(steps - steps // 2, steps)
    quarter = len(losses) // 4
    before, now = float(np.median(losses[:quarter])), float(np.median(losses[-quarter:]))
    if not abs(now - before) < STILL * before:
        return
    source = QT_TRANSLATE_NOOP(
        "model",
        "the loss has stayed at {loss:.3g} for {steps:,} steps; guessing alone would give {chance:.3g}.",
    )
    sentence = Message(source, {"loss": now, "steps": len(losses), "chance": evidence.sampled.chance})
    advice = QT_TRANSLATE_NOOP(
        "model",
        "Try another learning rate or optimizer, a larger network, or other initial weights; the rest may be noise.",
    )
    yield Finding("plateau", now, sentence, Message(advice), "loss")
