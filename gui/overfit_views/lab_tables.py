"""The tables behind the pictures of the overfitting lab."""

from collections.abc import Callable, Iterator, Sequence

from gui.export import Table
from gui.overfit_views.contest import Contest

MEASURES = "train_loss", "validation_loss", "train_accuracy", "validation_accuracy"  # as in files

Titled = Callable[[str], str]  # what the run of a name is called


def curve_table(contest: Contest, title: Titled) -> Table:
    """Every evaluation of every run."""
    return ("run", "step", *MEASURES), _evaluations(contest, title)


def remedy_table(contest: Contest, title: Titled) -> Table:
    """What has become of each run, with its numbers in full."""
    rows: list[Sequence[object]] = []
    for name, run in contest.so_far.items():
        outcome = contest.outcome(name)
        if outcome is not None:
            measured = (getattr(outcome.at, measure) for measure in MEASURES)
            rows.append((title(name), run.steps, outcome.at.step, *measured, outcome.gap))
    return ("run", "steps", "measured_at", *MEASURES, "gap"), rows


def _evaluations(contest: Contest, title: Titled) -> Iterator[Sequence[object]]:
    for name, run in contest.so_far.items():
        for each in run.evaluations:
            yield title(name), each.step, *(getattr(each, measure) for measure in MEASURES)
