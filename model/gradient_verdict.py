"""What a gradient check means, in one sentence that knows about kinks and about the difference step.

Two numbers that differ do not prove a mistake in backpropagation: the difference itself may be the wrong one, because h
is too large (truncation) or too small (rounding). So before blame is given, the worst parameter is measured again with
other steps. A mistake stays at every h; an error of the method goes away at a better one.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from model.batch_loss import BatchLoss
from model.gradient_check import (
    Comparison,
    Disagreement,
    GradientCheck,
    central_difference,
    relative_errors,
    tiny,
)
from model.message import QT_TRANSLATE_NOOP, Message

OTHER_STEPS = (1e-3, 1e-4, 1e-5, 1e-6, 1e-7)

Kind = Literal["agrees", "disagrees", "step too large", "step too small", "all skipped", "drowned", "no loss"]


@dataclass(frozen=True)
class Verdict:
    """What came out, for a colour or an exit code, and the words for it."""

    kind: Kind
    sentence: Message
    skipped: Message | None  # how many parameters were left out, where some were and others were not

    @property
    def message(self) -> Message:
        """All that there is to say."""
        if self.skipped is None:
            return self.sentence
        return Message("{verdict} {skipped}", {"verdict": self.sentence, "skipped": self.skipped})


def verdict(found: Comparison, loss: BatchLoss) -> Verdict:
    """Judge a comparison. `loss` stands where it was compared: its worst parameter may be measured once more."""
    kind, sentence = _judge(found, loss)
    return Verdict(kind, sentence, skipped_in_words(found) if found.skipped and found.worst else None)


def _judge(found: Comparison, loss: BatchLoss) -> tuple[Kind, Message]:
    worst, settings = found.worst, found.settings
    if not np.isfinite(found.loss):
        source = QT_TRANSLATE_NOOP(
            "model", "The loss is {loss} here, not a finite number: there is no gradient to be checked."
        )
        return "no loss", Message(source, {"loss": found.loss})
    if worst is None:
        source = QT_TRANSLATE_NOOP(
            "model",
            "Nothing could be compared: a step of {step} crosses a kink for every parameter. Try a smaller one.",
        )
        return "all skipped", Message(source, {"step": settings.step})
    if worst.error > settings.tolerance:
        return _judge_disagreement(worst, loss, settings)
    if found.drowned:
        return _judge_drowned(found)
    source = QT_TRANSLATE_NOOP(
        "model",
        "Backpropagation and differences agree: the largest relative error is {error:.1e}, at {name}; up to "
        "{tolerance:.0e} is allowed.",
    )
    return "agrees", Message(source, _numbers(worst) | {"tolerance": settings.tolerance})


def _judge_drowned(found: Comparison) -> tuple[Kind, Message]:
    """Is a larger step of help? Rounding falls as the step grows (see `tiny`)."""
    step, best = found.settings.step, GradientCheck().step
    if found.largest > found.least * step / best:
        source = QT_TRANSLATE_NOOP(
            "model",
            "The step {step} is too small: rounding leaves too few digits of the differences to compare them. Try "
            "{best}.",
        )
        return "step too small", Message(source, {"step": step, "best": best})
    source = QT_TRANSLATE_NOOP(
        "model",
        "Nothing can be compared: the gradients are too small for a loss of {loss:.3g}, whose last digit changes more "
        "by rounding than by a step of {step}.",
    )
    return "drowned", Message(source, {"loss": found.loss, "step": step})


def _judge_disagreement(worst: Disagreement, loss: BatchLoss, settings: GradientCheck) -> tuple[Kind, Message]:
    """Who is wrong: backpropagation, or the difference with this step?"""
    better = _better_step(worst, loss, settings)
    numbers = _numbers(worst) | {"step": settings.step, "better": better}
    if better is None:
        source = QT_TRANSLATE_NOOP(
            "model",
            "They disagree: for {name} backpropagation says {analytic:.6g} and differences say {numerical:.6g}. No "
            "other step brings them together, so the mistake is in the backward pass.",
        )
        return "disagrees", Message(source, numbers)
    if better < settings.step:
        source = QT_TRANSLATE_NOOP(
            "model",
            "The step {step} is too large: the loss bends between both sides, and for {name} differences say "
            "{numerical:.6g} in place of {analytic:.6g}. With {better:.0e} they agree there.",
        )
        return "step too large", Message(source, numbers)
    source = QT_TRANSLATE_NOOP(
        "model",
        "The step {step} is too small: rounding drowns the difference, and for {name} differences say {numerical:.6g} "
        "in place of {analytic:.6g}. With {better:.0e} they agree there.",
    )
    return "step too small", Message(source, numbers)


def _better_step(worst: Disagreement, loss: BatchLoss, settings: GradientCheck) -> float | None:
    """The step at which the two numbers of this parameter are nearest, if they agree there; else None."""
    value = loss.value()
    sides = loss.sides()
    # What is too small to be told from rounding is what it is at the default step, whatever step is tried.
    least = tiny(loss, value, GradientCheck(tolerance=settings.tolerance))
    errors: dict[float, float] = {}
    for step in OTHER_STEPS:
        numerical, kink = central_difference(loss, worst.index, step, sides)
        if not kink:
            both = np.array([worst.analytic]), np.array([numerical])
            errors[step] = float(relative_errors(*both, least)[0])
    best = min(errors, key=errors.__getitem__, default=None)
    return best if best is not None and errors[best] <= settings.tolerance else None


def _numbers(worst: Disagreement) -> dict[str, object]:
    values: dict[str, object] = {"name": worst.name, "error": worst.error}
    return values | {"analytic": worst.analytic, "numerical": worst.numerical}


def skipped_in_words(found: Comparison) -> Message:
    """How many parameters were skipped, and why."""
    source = QT_TRANSLATE_NOOP(
        "model",
        "Skipped: {skipped:,} of {parameters:,} parameters, because a step of {step} crosses a kink of an activation, "
        "where it has no slope.",
    )
    values: dict[str, object] = {"skipped": found.skipped, "parameters": found.parameters}
    return Message(source, values | {"step": found.settings.step})
