"""The curves of all compared branches as one table."""

from collections.abc import Iterator, Sequence

from gui.comparison import Comparison
from gui.export import Table
from model.branch import BranchView
from model.epochs import Epochs
from model.loss_table import columns, rows


def compared_table(comparison: Comparison) -> Table:
    """Every step of the shown branch and then of the others, behind a column with the name of the branch.

    A regression among classifications has no accuracies: its rows end earlier.
    """
    shown = comparison.view(comparison.shown)
    views = ([shown] if shown is not None else []) + comparison.others()
    return ("branch", *columns(classes=any(map(_classes, views)))), _rows(comparison, views)


def _rows(comparison: Comparison, views: Sequence[BranchView]) -> Iterator[tuple[object, ...]]:
    for view in views:
        title, epochs = comparison.title(view.number), Epochs.of(view.experiment, view.interventions)
        for row in rows(view.record, epochs.done, classes=_classes(view)):
            yield title, *row


def _classes(view: BranchView) -> bool:
    return view.experiment.data.dataset.task == "classification"
