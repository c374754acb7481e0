"""The curves of a run as one table: what loss.csv holds, and what the window exports of the loss curve."""

from collections.abc import Callable, Iterator

from model.record import Record

LOSSES = ("train_loss", "validation_loss", "test_loss")  # as the fields of an Evaluation are called
ACCURACIES = ("train_accuracy", "validation_accuracy", "test_accuracy")

Cell = float | None  # None is written as an empty cell


def columns(*, classes: bool) -> tuple[str, ...]:
    """The header: with accuracies where the data has classes."""
    return ("step", "epoch", "batch_loss", *measures(classes=classes))


def rows(record: Record, epochs: Callable[[int], int], *, classes: bool) -> Iterator[tuple[Cell, ...]]:
    """Every step with nothing left out, from step 0 to the last step with a finite loss.

    `epochs(step)` is the number of whole epochs done (see `Epochs`).

    Step 0 has no batch. The batch loss of a step is that of its mini-batch before the update; the evaluations, at the
    steps that the experiment asks for, are those of whole parts after it.
    """
    names = measures(classes=classes)
    evaluations = {evaluation.step: evaluation for evaluation in list(record.evaluations)}
    batch_losses: list[Cell] = [None, *record.losses().tolist()]
    for step, batch_loss in enumerate(batch_losses):
        found = evaluations.get(step)
        yield step, epochs(step), batch_loss, *(getattr(found, name) if found else None for name in names)


def measures(*, classes: bool) -> tuple[str, ...]:
    """What is measured of whole parts of the data."""
    return LOSSES + (ACCURACIES if classes else ())
