"""What is to be said of the compared runs, a sentence each."""

from collections.abc import Mapping

from msgspec import structs
from PySide6.QtCore import QCoreApplication

from gui.number_editor import as_text
from gui.overfit_views.contest import BASE, Contest
from gui.words import words
from model.compared_runs import PIECE, RunSoFar
from model.gap_words import chance_sentence, gap_sentence, remedy_sentence
from model.generalization_gap import Outcome
from model.message import Message
from model.remedies import Remedy

translate = QCoreApplication.translate


def verdict(contest: Contest, remedies: Mapping[str, Remedy], *, accuracy: bool) -> list[str]:
    """The base, each remedy that is switched on, and how far the differences may be trusted.

    In terms of accuracies where there are any, or of losses.
    """
    run, base = contest.so_far.get(BASE), contest.outcome(BASE, accuracy=accuracy)
    if run is None or base is None:
        return [_invitation()]
    if run.diverged is not None:
        return [translate("Verdict", "As it is, the network {diverged}.").format(diverged=words(run.diverged.message))]
    found = [words(gap_sentence(base))]
    told = [
        _of(contest.so_far.get(name), contest.outcome(name, accuracy=accuracy), remedy, run, base)
        for name, remedy in remedies.items()
    ]
    found += [each for each in told if each]
    chance = chance_sentence(base)
    if not remedies:
        found.append(
            translate("Verdict", "Switch on a remedy: it begins with the same initial weights and catches up.")
        )
    elif chance is not None:
        found.append(words(chance))
    return found


def _invitation() -> str:
    return translate(
        "Verdict",
        "Press Compare: beside the run in the window the experiment is trained once more as it is, and once with each "
        "remedy that is switched on, from the same initial weights.",
    )


def _of(run: RunSoFar | None, outcome: Outcome | None, remedy: Remedy, base_run: RunSoFar, base: Outcome) -> str:
    if run is None or outcome is None:
        return ""
    called = _called(remedy, outcome, run)
    if run.diverged is not None:
        return translate("Verdict", "{remedy}: {diverged}.").format(
            remedy=words(called), diverged=words(run.diverged.message)
        )
    if not run.ended and run.steps < base_run.steps - PIECE:
        text = translate("Verdict", "{remedy}: catching up, step {step:,} of {of:,}.")
        return text.format(remedy=words(remedy.label), step=run.steps, of=base_run.steps)
    return words(remedy_sentence(called, outcome, base))


def _called(remedy: Remedy, outcome: Outcome, run: RunSoFar) -> Message:
    (value,) = structs.astuple(remedy)
    learnt_from = outcome.training if run.parts is None else len(run.parts.train.inputs)  # more than are measured
    return Message(remedy.called, {"value": as_text(value), "n": f"{learnt_from:,}", "step": f"{outcome.at.step:,}"})
