"""What the perceptron rule did, in words: the last step with its numbers, and how it stands."""

from PySide6.QtCore import QCoreApplication

from gui.neuron_lab.figures import added, factor, figure, pair
from model.perceptron import MOST_STEPS, PerceptronRule, right_answers

translate = QCoreApplication.translate


def told(rule: PerceptronRule) -> str:
    """The last step, the numbers put into the rule."""
    if not rule.steps:
        first = translate("rule", "w = (0, 0), b = 0: no line yet, and every answer is 0.")
        return first + "\n" + translate("rule", "The rule: w ← w + lr (t − y) x,   b ← b + lr (t − y)")
    step, rate = rule.steps[-1], figure(rule.learning_rate)
    (x1, x2), (w1, w2), b = step.sample.x, step.before.weights, step.before.bias
    lines = [
        translate("rule", "Sample {number} of {count}: x = {x}, target t = {t}").format(
            number=step.index + 1, count=len(rule.samples), x=pair(step.sample.x), t=step.sample.target
        ),
        f"y = f({figure(w1)}·{factor(x1)} + {factor(w2)}·{factor(x2)} {added(b)})"
        f" = f({figure(step.sum)}) = {step.output}",
    ]
    if step.error == 0:
        lines.append(translate("rule", "Right: t − y = 0, and nothing changes."))
    else:
        lines.append(translate("rule", "Wrong: t − y = {error}").format(error=figure(step.error)))
        change = f"{rate}·{factor(step.error)}"
        lines.append(f"w ← {pair((w1, w2))} + {change}·{pair((x1, x2))} = {pair(step.after.weights)}")
        lines.append(f"b ← {figure(b)} + {change} = {figure(step.after.bias)}")
    return "\n".join(lines)


def verdict(rule: PerceptronRule, most: float | None) -> str:
    """Where the learning stands. `most`: Novikoff's bound on the mistakes, None where no line parts the classes."""
    counts = translate("rule", "Steps: {steps}, mistakes: {mistakes}, whole passes: {passes}.").format(
        steps=len(rule.steps), mistakes=rule.mistakes, passes=rule.passes
    )
    right = translate("rule", "{right} of {count} samples are right now.").format(
        right=right_answers(rule.neuron, rule.samples), count=len(rule.samples)
    )
    repeated = rule.repeats()
    if rule.separates():
        end = translate("rule", "A whole pass without a mistake: it has learnt.")
    elif repeated is not None:
        end = translate(
            "rule", "The same weights meet the same sample as after step {step}: it goes round in circles for ever."
        ).format(step=repeated)
    elif len(rule.steps) >= MOST_STEPS:
        end = translate("rule", "No end so far; Run to the end goes on for another {steps:,} steps.").format(
            steps=MOST_STEPS
        )
    else:
        end = ""
    if most is None:
        bound = translate("rule", "No line separates these samples.")
    else:
        bound = translate(
            "rule", "Novikoff: a line separates these, so there are at most (R/γ)² = {most} mistakes."
        ).format(most=figure(round(most, 1)))
    return f"{counts} {right}\n{end + ' ' if end else ''}{bound}"
