"""How far a search has come, and which of its trials was opened, in one line."""

from PySide6.QtCore import QCoreApplication

from gui.search_views.found import MEASURE, Found, title
from model.search.trial_record import TrialRecord
from search_engine.conductor import Figures

translate = QCoreApplication.translate

A_WHILE = 90  # s: from here on minutes are said


def progress(found: Found | None, figures: Figures | None, left: str) -> str:
    """How many trials are finished, how long it will take, which is the best and what it reached on the test part."""
    if found is None:
        return translate("Search", "Nothing is searched yet: choose what varies, and press Start.")
    done = sum(each.finished for each in found.trials)
    early = sum(each.state == "pruned" for each in found.trials)
    parts = [translate("Search", "{done:,} of {wanted:,}").format(done=done, wanted=found.spec.trials)]
    if early:
        parts.append(translate("Search", "{count:,} ended early").format(count=early))
    if left and done < found.spec.trials:
        parts.append(left)
    if found.winner is not None:
        text = translate("Search", "best: trial {number}, {mark}")
        parts.append(text.format(number=title(found.winner), mark=found.text(found.winner, MEASURE)))
    if figures is not None:
        parts.append(_tested(found, figures))
    return " · ".join(parts)


def _tested(found: Found, figures: Figures) -> str:
    share, loss = figures.accuracy, figures.loss
    mark = found.mark_text(100 * share) if share is not None else f"{loss:.4g}" if loss is not None else "–"
    if found.winner is not None and figures.place != found.winner.place:  # more trials came, and a better one
        text = translate("Search", "trial {number} on the test part {mark}")
        return text.format(number=f"{figures.place + 1:,}", mark=mark)
    return translate("Search", "on the test part {mark}").format(mark=mark)


def time_left(seconds: float | None) -> str:
    """None where nothing tells yet."""
    if seconds is None:
        return translate("Search", "starting")
    if seconds < A_WHILE:
        return translate("Search", "{seconds:.0f} s left").format(seconds=seconds)
    return translate("Search", "{minutes:.0f} min left").format(minutes=seconds / 60)


def opened(trial: TrialRecord) -> str:
    """A trial is a run of the window: what it will come to, where that is known."""
    if trial.loss is not None and trial.result is not None:
        text = translate(
            "Search", "Trial {number} is open: press Run, and at step {step:,} its validation loss is {loss:.4g} again."
        )
        return text.format(number=title(trial), step=trial.result.step, loss=trial.loss)
    return translate("Search", "Trial {number} is open: run it, and see.").format(number=title(trial))
