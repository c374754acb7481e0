"""Diverged: the loss is not a finite number any more, and the run has stopped by itself.

The measure is the loss, the threshold infinity: where a number is lost, nothing can be computed from it. What led there
is said by `model.divergence`.
"""

from collections.abc import Iterator

from model.diagnosis.evidence import Evidence
from model.diagnosis.finding import Finding
from model.message import QT_TRANSLATE_NOOP, Message


def divergence(evidence: Evidence) -> Iterator[Finding]:
    """Whether the run has diverged."""
    diverged = evidence.diverged
    if diverged is None:
        return
    sentence = QT_TRANSLATE_NOOP("model", "the loss became {loss} at step {step:,}; {cause}.")
    values: dict[str, object] = {"loss": diverged.loss, "step": diverged.step, "cause": diverged.cause}
    yield Finding("diverged", diverged.loss, Message(sentence, values), diverged.advice, "loss")
