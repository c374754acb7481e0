"""The learning rate: too high, and every update overshoots; too low, and the way down takes for ever.

**Too high.** Along one direction of curvature c the loss is L(w) = c/2 w^2, its slope c w, and an update gives

    w <- w - lr c w = (1 - lr c) w.

Below lr = 2/c the factor lies between -1 and 1 and w shrinks; above it each update leads to the other side and further
up than it came. So the loss *rises*, which a mini-batch alone does not explain: a network with random weights is about
as bad as guessing, and one that learns is better. The measure is the upper quartile of the last mini-batch losses: one
batch in four is at least as bad. Above twice the loss of the initial weights it is an alarm.

Why 2. In 48 runs of the starters that learn well (six experiments, eight seeds, looked at hundreds of times each) the
ninth decile, noisier than the quartile, never came beyond 1.4 times the loss at the start; a run that overshoots passes
2 in a few steps. Three steps are enough: in the `diverging` starter there are no more than six.

**Too low.** The loss of a step that is k times as long can simply be measured. The last update led from L(0) to L(1);
along the same direction L(k) is k times as far down if the slope stays the same, and less where the ground bends:

    gain(k) = (L(0) - L(k)) / (L(0) - L(1))        = k on a straight slope

A good learning rate is near the largest that works (Y. Bengio, "Practical Recommendations for Gradient-Based Training
of Deep Architectures", 2012, section 3.1.1), so a step a hundred times as long ought to lead far beyond the valley: in
the starters that learn well it made the loss larger, or brought at most 20 times the gain. Where it would bring more
than 50, half of the straight slope, and there is still much to learn, the learning rate is low.
"""

from collections.abc import Iterator

import numpy as np

from model.diagnosis.evidence import Evidence
from model.diagnosis.finding import Finding, three_digits
from model.message import QT_TRANSLATE_NOOP, Message

FEW = 3  # steps
WORSE = 2.0  # times the loss at the start
LONGER = 100.0  # times the last step
STRAIGHT = 0.5  # of the gain that a straight slope would give
PATIENCE = 100  # steps in which a learning rate may show what it does
SCHEDULED = 0.5  # a schedule that holds the learning rate below this share of it means it to be low


def too_high(evidence: Evidence) -> Iterator[Finding]:
    """Whether the loss jumps above what it was before anything was learnt."""
    start = evidence.loss_at_start
    if evidence.steps < FEW or not start > 0:
        return
    high = float(np.percentile(evidence.recent_losses, 75))
    times = high / start
    if times <= WORSE:
        return
    source = QT_TRANSLATE_NOOP(
        "model",
        "one mini-batch in four has a loss above {high:,.10g}, {times:,.10g} times the loss at the start; the "
        "updates overshoot.",
    )
    sentence = Message(source, {"high": three_digits(high), "times": three_digits(times)})
    advice = QT_TRANSLATE_NOOP(
        "model", "Divide the learning rate of {rate:.3g} by 3 or 10 and start again with the same weights."
    )
    yield Finding("learning rate too high", times, sentence, Message(advice, {"rate": _rate(evidence)}), "loss")


def too_low(evidence: Evidence) -> Iterator[Finding]:
    """Whether much longer steps would lead down as straight."""
    step = evidence.snapshot.step
    scheduled = evidence.experiment.schedule.factor(max(0, step - 1))
    if step < PATIENCE or evidence.diverged or not evidence.much_to_learn or scheduled < SCHEDULED:
        return
    snapshot = evidence.snapshot
    before, now, longer = evidence.sampled.losses_along(snapshot.numbers, snapshot.update, (0, 1, LONGER))
    if not before > now:
        return
    gain = (before - longer) / (before - now)
    if not gain > STRAIGHT * LONGER:
        return
    source = QT_TRANSLATE_NOOP(
        "model",
        "the loss is {loss:.3g} after {steps:,} steps, and a step {longer:.0f} times as long would lower it {gain:.0f} "
        "times as much.",
    )
    sentence = Message(source, {"loss": evidence.loss, "steps": step, "longer": LONGER, "gain": gain})
    advice = QT_TRANSLATE_NOOP("model", "Multiply the learning rate of {rate:.3g} by 10, and once more if need be.")
    yield Finding("learning rate too low", gain, sentence, Message(advice, {"rate": _rate(evidence)}), "loss")


def _rate(evidence: Evidence) -> float:
    return evidence.experiment.learning_rate_at(max(0, evidence.snapshot.step - 1))
