"""All that is found out about one gradient: both gradients side by side, the verdict, and the error at every step h.

The comparison says whether backpropagation is right (see `gradient_check`), the verdict what that means (see
`gradient_verdict`), and the errors of a few parameters at many difference steps why the step is 1e-5 and not 1e-15 (see
`difference_steps`). A fault may be switched on for teaching (see `faults`); then all three are of the spoilt gradient.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from model.arrays import Floats
from model.batch_loss import BatchLoss
from model.difference_steps import STEPS, errors_by_step, medians, sample
from model.faults import Fault, hidden, tampering
from model.gradient_check import Comparison, GradientCheck, compare, relative_errors
from model.gradient_verdict import Verdict, verdict
from model.message import QT_TRANSLATE_NOOP, Message


@dataclass(frozen=True, eq=False)
class CheckReport:
    """What a check has found at one point, on one batch."""

    comparison: Comparison
    verdict: Verdict
    hidden: Message | None  # why the fault that was switched on cannot show; None where it can, or where there is none
    sample: tuple[int, ...]  # parameters whose errors at every step were measured, places in the parameter vector
    errors: Floats  # (steps, sample): their relative errors at each of STEPS; see `errors_by_step`


def report(
    loss: BatchLoss,
    settings: GradientCheck,
    fault: Fault | None = None,
    layer: int = 0,
    interrupted: Callable[[], bool] = bool,
    progress: Callable[[int], object] = lambda done: None,
) -> CheckReport | None:
    """Check the gradient of `loss` where it stands, with `fault` switched on in `layer`.

    None where `interrupted`, which is asked before every difference, said so. `progress` is told how many parameters
    have been compared.
    """
    tamper = tampering(fault, layer) if fault else None
    found = compare(loss, settings, tamper, interrupted, progress)
    if found is None:
        return None
    chosen = sample(loss)
    errors = errors_by_step(loss, chosen, STEPS, interrupted, tamper)
    if errors is None:
        return None
    why = hidden(fault, layer, loss) if fault else None
    judged = verdict(found, loss)
    return CheckReport(undamped(found) if found.drowned else found, judged, why, chosen, errors)


def undamped(found: Comparison) -> Comparison:
    """The same gradients with every error relative to the gradient itself, however small that is.

    For a comparison that has `drowned`: its errors look small only because they are measured against rounding.
    """
    least = float(np.finfo(np.float64).tiny)
    arrays = tuple(
        replace(each, errors=np.where(each.kinks, np.nan, relative_errors(each.analytic, each.numerical, least)))
        for each in found.arrays
    )
    return replace(found, arrays=arrays, least=least)


def curve_in_words(found: CheckReport) -> Message:
    """What the errors over the difference steps show: the V and its foot, or lines that no step brings down."""
    if found.verdict.kind == "no loss":
        return Message(QT_TRANSLATE_NOOP("model", "There is no curve where the loss is not a finite number."))
    middle = medians(found.errors)
    if np.isnan(middle).all():
        return Message(
            QT_TRANSLATE_NOOP(
                "model", "There is no curve: every gradient of this batch is 0, or each step crosses a kink."
            )
        )
    if found.verdict.kind == "disagrees":
        lowest = np.nanmin(np.where(np.isnan(found.errors), np.inf, found.errors), axis=0)
        source = QT_TRANSLATE_NOOP(
            "model",
            "Wrong at every h: {wrong} of these {sample} parameters. An error of the method would go away at a "
            "better step; a wrong gradient stays wrong.",
        )
        wrong = int((lowest > found.comparison.settings.tolerance).sum())
        return Message(source, {"wrong": wrong, "sample": len(found.sample)})
    best = int(np.nanargmin(middle))
    source = QT_TRANSLATE_NOOP(
        "model",
        "Coming from the right the truncation error falls as h²; then rounding takes over and rises as 1/h. The "
        "median error is smallest, {error:.0e}, at h = {step:.0e}.",
    )
    return Message(source, {"error": float(middle[best]), "step": STEPS[best]})
