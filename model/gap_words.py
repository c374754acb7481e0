"""The gap between training and validation in words, and what a remedy has done to it.

Whether a remedy has helped is asked of the validation accuracy alone. Differences that chance would make (see
`generalization_gap`) are called so.
"""

import math

from model.generalization_gap import Outcome
from model.message import QT_TRANSLATE_NOOP, Message


def gap_sentence(base: Outcome) -> Message:
    """What the experiment comes to as it is."""
    values = _values(base) | {"n": f"{base.training:,}", "m": f"{base.validation:,}"}
    if not base.has_classes:
        text = QT_TRANSLATE_NOOP(
            "model",
            "As it is, the loss of the network is {train} on its {n} training samples and {validation} on the {m} "
            "validation samples: a gap of {gap}.",
        )
    elif base.gap > base.chance:
        text = QT_TRANSLATE_NOOP(
            "model",
            "As it is, the network gets {train} of its {n} training samples right and {validation} of the {m} "
            "validation samples: a gap of {gap} points.",
        )
    else:
        text = QT_TRANSLATE_NOOP(
            "model",
            "As it is, the network gets {train} of its {n} training samples right and {validation} of the {m} "
            "validation samples: there is no gap to speak of. Fewer training samples or more neurons would make one.",
        )
    return Message(text, values)


def remedy_sentence(name: Message, remedy: Outcome, base: Outcome) -> Message:
    """What a remedy, by its name at the beginning of a sentence, has done to the gap."""
    values = _values(remedy) | {"remedy": name}
    if not (remedy.has_classes and base.has_classes):
        return Message(_of_losses(remedy, base), values)
    change = remedy.held_out - base.held_out
    values["change"] = points(abs(change))
    return Message(_of_accuracies(change, remedy, base), values)


def chance_sentence(base: Outcome) -> Message | None:
    """How far differences may be trusted; None for a regression."""
    if not base.chance:
        return None
    text = QT_TRANSLATE_NOOP(
        "model",
        "On {m} samples an accuracy is known to within some {chance} points: smaller differences may be chance.",
    )
    return Message(text, {"m": f"{base.validation:,}", "chance": points(base.chance)})


def percent(share: float) -> str:
    """A share in per cent, not to be parted by a line's end; 100 only where it is all of them, 0 where it is none."""
    if share in (0, 1):
        return f"{share:.0%}".replace("%", "\u00a0%")
    return f"{min(max(100 * share, 0.1), 99.9):.1f}\u00a0%"


def points(share: float) -> str:
    """A difference of shares in percentage points, with a real minus sign."""
    return f"{100 * share:.1f}".replace("-0.0", "0.0").replace("-", "\u2212")


def loss_text(loss: float) -> str:
    """A loss, or a difference of two."""
    plain = loss == 0 or 0.01 <= abs(loss) < 1000 or not math.isfinite(loss)
    text = f"{loss:.3g}" if plain else f"{loss:.1e}".replace("e-0", "e-").replace("e+0", "e")
    return text.replace("-", "\u2212", 1) if loss < 0 else text


def _values(outcome: Outcome) -> dict[str, object]:
    if outcome.has_classes:
        train, validation, gap = percent(outcome.train), percent(outcome.held_out), points(outcome.gap)
    else:
        train, validation, gap = (loss_text(each) for each in (outcome.train, outcome.held_out, outcome.gap))
    return {"train": train, "validation": validation, "gap": gap}


def _of_accuracies(change: float, remedy: Outcome, base: Outcome) -> str:
    """`change` of the validation accuracy, 0 .. 1."""
    smaller = remedy.gap < base.gap
    if change > base.chance:
        if smaller:
            return QT_TRANSLATE_NOOP(
                "model",
                "{remedy} helps: {validation} of the validation samples are right, {change} points more; the gap "
                "closes to {gap}.",
            )
        return QT_TRANSLATE_NOOP(
            "model",
            "{remedy} helps: {validation} of the validation samples are right, {change} points more; the gap is {gap}, "
            "since more training samples are right as well.",
        )
    if change < -base.chance:
        if smaller:
            return QT_TRANSLATE_NOOP(
                "model",
                "{remedy} hurts: {validation} of the validation samples are right, {change} points fewer; the gap of "
                "{gap} is smaller only because just {train} of the training samples are right.",
            )
        return QT_TRANSLATE_NOOP(
            "model",
            "{remedy} hurts: {validation} of the validation samples are right, {change} points fewer; the gap is "
            "{gap}.",
        )
    if base.gap - remedy.gap > base.chance:
        return QT_TRANSLATE_NOOP(
            "model",
            "{remedy} makes the gap smaller, {gap}, since fewer training samples are right, {train}; on validation "
            "({validation}) it makes no difference beyond chance.",
        )
    return QT_TRANSLATE_NOOP(
        "model", "{remedy} makes no difference beyond chance: {validation} on validation, a gap of {gap}."
    )


def _of_losses(remedy: Outcome, base: Outcome) -> str:
    if remedy.held_out < base.held_out:
        return QT_TRANSLATE_NOOP(
            "model", "{remedy} lowers the validation loss to {validation}; the training loss is {train}, the gap {gap}."
        )
    if remedy.held_out > base.held_out:
        return QT_TRANSLATE_NOOP(
            "model",
            "{remedy} does not help: the validation loss is {validation}, higher than without it; the training loss is "
            "{train}, the gap {gap}.",
        )
    return QT_TRANSLATE_NOOP("model", "{remedy} changes nothing: the validation loss is {validation}.")
