"""What stands in the rows of the overfitting lab: training, validation, and the gap between them."""

from PySide6.QtCore import QCoreApplication

from gui.overfit_views.contest import Contest
from model.gap_words import loss_text, percent, points

translate = QCoreApplication.translate

Three = tuple[str, str, str]


def headings(*, accuracy: bool) -> tuple[Three, Three]:
    """The headings of the three columns, and what they mean."""
    texts = translate("RemedyTable", "Train"), translate("RemedyTable", "Validation"), translate("RemedyTable", "Gap")
    if accuracy:
        tips = (
            translate("RemedyTable", "Accuracy on the samples that the network learns from"),
            translate("RemedyTable", "Accuracy on samples that it has not learnt from: what counts"),
            translate(
                "RemedyTable",
                "Training accuracy minus validation accuracy, in percentage points: what is known by heart",
            ),
        )
    else:
        tips = (
            translate("RemedyTable", "Loss on the samples that the network learns from"),
            translate("RemedyTable", "Loss on samples that it has not learnt from: what counts"),
            translate("RemedyTable", "Validation loss minus training loss: what is known by heart"),
        )
    return texts, tips


def numbers(contest: Contest, name: str, *, accuracy: bool) -> Three:
    """Those of one run; empty where nothing is known yet."""
    run, outcome = contest.so_far.get(name), contest.outcome(name, accuracy=accuracy)
    if run is None or outcome is None:
        return "", "", ""
    if run.diverged is not None:
        return translate("RemedyTable", "diverged"), "", ""
    if outcome.has_classes:
        return percent(outcome.train), percent(outcome.held_out), points(outcome.gap)
    return loss_text(outcome.train), loss_text(outcome.held_out), loss_text(outcome.gap)
