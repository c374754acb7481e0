"""Training without a window: a folder to write to, the run with its progress bar, a summary, the files.

No display is needed, and neither is Qt until the plots are drawn.
"""

import math
import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from model.arrays import Floats
    from model.datasets.dataset import Integers
    from model.trainer import Trainer

CHUNK = 100  # steps between two looks at the progress bar


class CommandError(Exception):
    """What cannot be done, in one sentence for the person at the keyboard."""


def reason(error: Exception) -> str:
    """The system's words for what went wrong, to stand inside a sentence."""
    return (getattr(error, "strerror", None) or str(error)).lower()


def prepare(folder: Path) -> None:
    """Make the folder and try to write into it, before hours of training. Raises CommandError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except (FileExistsError, NotADirectoryError) as error:
        raise CommandError(f"{folder}: a file stands in the way of this folder; choose another --out") from error
    except (OSError, ValueError) as error:
        raise CommandError(f"{folder}: cannot be written to ({reason(error)}); choose another --out") from error


def run_to_the_end(trainer: "Trainer") -> bool:
    """Train until the run is finished, with a progress bar on a terminal. True where Ctrl-C ended it before."""
    from tqdm import tqdm

    tqdm.monitor_interval = 0  # no thread that watches the bar: it is told of every chunk
    # disable=None: no bar where the standard error is not a terminal.
    bar = tqdm(total=trainer.experiment.stop.step, unit=" steps", disable=None, dynamic_ncols=True)
    with bar, ctrl_c() as pressed:
        going = not trainer.finished
        while going and not pressed:
            before = trainer.steps
            going = trainer.advance(CHUNK, lambda: bool(pressed))
            bar.update(trainer.steps - before)
    cut_short = bool(pressed) and not trainer.finished
    if cut_short:
        trainer.evaluate()
    return cut_short


def summary(trainer: "Trainer") -> str:
    """One line: how far, the last evaluation (of a diverged run: before its undone update), the penalty beside it."""
    from model.regularization import penalty

    last = next(e for e in reversed(trainer.record.evaluations) if e.step <= trainer.steps)
    parts = [
        f"{name} loss {loss:.4g}{quality(loss, accuracy, part.targets)}"
        for name, loss, accuracy, part in (
            ("training", last.train_loss, last.train_accuracy, trainer.parts.train),
            ("validation", last.validation_loss, last.validation_accuracy, trainer.parts.validation),
            ("test", last.test_loss, last.test_accuracy, trainer.parts.test),
        )
        if loss is not None
    ]
    experiment = trainer.experiment
    if not experiment.regularization.is_free:
        price = penalty(experiment.regularization, trainer.network.layout, trainer.network.parameters)
        parts.append(f"penalty {price:.4g}")
    return f"{trainer.steps:,} steps, {trainer.epoch:,} epochs; at step {last.step:,}: {', '.join(parts)}"


def conspicuous(trainer: "Trainer") -> list[str]:
    """What a diagnosis finds at the end of the run, a line each. That it has diverged is said elsewhere."""
    from model.diagnosis import diagnose, evidence_of

    return [str(finding.message) for finding in diagnose(evidence_of(trainer)) if finding.kind != "diverged"]


def quality(loss: float, accuracy: float | None, targets: "Integers | Floats") -> str:
    """In brackets: the accuracy of classes, R squared of a regression; empty where there is no scale for it."""
    if accuracy is not None:
        return f" (accuracy {accuracy:.1%})"
    import numpy as np

    from model.evaluation import MOST_SAMPLES
    from model.scores import r_squared_from_loss

    explained = r_squared_from_loss(loss, np.asarray(targets[:MOST_SAMPLES], float))
    return f" (R² {explained:.3g})" if math.isfinite(explained) else ""


def class_means(trainer: "Trainer") -> str:
    """One line on the last part of the data: how well its classes are told apart, each counted alike; "" of values."""
    from model.score_table import scores_of

    if trainer.experiment.data.dataset.task == "regression":
        return ""
    name, part = trainer.parts.named()[-1]
    precision, recall, f1 = scores_of(trainer, part).macro
    said = {"train": "training"}.get(name, name)
    return f"{said}, mean over the classes: precision {precision:.1%}, recall {recall:.1%}, F1 {f1:.1%}"


def write(trainer: "Trainer", folder: Path) -> list[str]:
    """Write the numbers and the plots; returns the names of the files. Raises CommandError."""
    from model.run_files import write_run

    try:
        paths = [*write_run(trainer, folder), *plots(trainer, folder)]
    except OSError as error:
        raise CommandError(f"{folder}: the run could not be written ({reason(error)})") from error
    return [path.name for path in paths]


def plots(trainer: "Trainer", folder: Path) -> list[Path]:
    """Write the plots. They take Qt's libraries, though no display; without those the numbers stand alone."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        from gui.export import ExportError
        from gui.headless_plots import write_plots
    except ImportError as error:
        if not is_missing_library(error):
            raise
        print(f"downhill: the plots were not drawn: a library that Qt needs is missing ({error})", file=sys.stderr)
        return []
    try:
        return write_plots(trainer, folder)
    except ExportError as error:
        raise CommandError(str(error)) from error


def is_missing_library(error: ImportError) -> bool:
    """A library of the system that a compiled module needs. What else cannot be imported is a mistake of ours."""
    return str(error.path or "").endswith(tuple(EXTENSION_SUFFIXES))


@contextmanager
def ctrl_c() -> Iterator[list[int]]:
    """A list that is empty until Ctrl-C is pressed. An exception might strike in the middle of an update.

    A second Ctrl-C interrupts at once: a step, or the writing, may be long.
    """
    pressed: list[int] = []

    def note(number: int, frame: object) -> None:
        if pressed:
            raise KeyboardInterrupt
        pressed.append(number)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield pressed
    finally:
        signal.signal(signal.SIGINT, before)
