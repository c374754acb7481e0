"""Searching hyperparameters without a window: the search with its progress bar, the table, the plots, the winner."""

import argparse
import csv
import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from headless import CommandError, ctrl_c, is_missing_library, prepare, reason
from headless_search_options import search_of

if TYPE_CHECKING:
    from model.experiment import Experiment
    from model.search.trial_record import TrialRecord
    from search_engine.study import Study

INTERRUPTED = 130  # exit code: 128 + the signal of Ctrl-C

SEARCH_HELP = """\
Search hyperparameters of an experiment: train it with other values, many times, on all
cores, and compare the validation loss. The test part is never seen by the search; the
winner is measured on it once, at the end.

Ctrl-C ends the search, and the same command goes on with it. The same command, given in
several places with one --storage, shares the work. With --out, DIR receives

  search.db     the trials, where --storage names no other database
  trials.csv    every trial: its values, how it ended, its losses
  best.json     the experiment of the trial with the lowest validation loss
  *.png         the trials over two hyperparameters, learning curves, what matters
"""
SEARCH_EXAMPLES = """\
examples:
  python main.py search digits --validation 0.2 --trials 100 --out digits_search
  python main.py search my.json --vary learning_rate=1e-4..1:log --vary units=8..64
  python main.py search my.json --vary network.layers[*].weights=he,xavier --method grid
  python main.py search my.json --method tpe --storage postgresql://me@host/searches

exit codes:
  0     all trials are finished
  2     the experiment, an option, the database or DIR cannot be used
  130   ended by Ctrl-C
"""


def search(experiment: "Experiment", argument: str, options: argparse.Namespace) -> int:
    """Run the search that the options ask for, say how it went, write the files. Returns the exit code."""
    spec = search_of(experiment, argument, options)
    if options.out is not None:
        prepare(options.out)
    from search_engine.names import name_of
    from search_engine.storage import StorageError
    from search_engine.study import begin

    try:
        study = begin(options.storage or _default_url(options.out), name_of(spec), spec)
    except StorageError as error:
        raise CommandError(str(error)) from error
    try:
        trials, interrupted = run(study, options.workers)
        lines = [said_of(study, trials)]
        if not interrupted:
            lines.append(said_of_test(study, trials))
    except StorageError as error:
        raise CommandError(f"{error} What is finished is kept: the same command goes on.") from error
    if interrupted:
        finished = sum(each.finished for each in trials)
        done = f"{finished:,} of {study.spec.trials:,} trials"
        print(f"downhill: interrupted after {done}; the same command goes on with them", file=sys.stderr)
    print("\n".join(line for line in lines if line))
    if options.out is not None:
        with ctrl_c():  # a table or a picture that is half written is worth nothing
            print(f"{', '.join(write(study, trials, options.out))} are in {options.out}")
    study.close()
    return INTERRUPTED if interrupted else 0


def run(study: "Study", workers: int) -> tuple[list["TrialRecord"], bool]:
    """Conduct the search with a progress bar on a terminal: its trials, and whether Ctrl-C ended it before."""
    from tqdm import tqdm

    from model.search.trial_record import winner
    from search_engine.conduct import conduct

    tqdm.monitor_interval = 0  # no thread that watches the bar: it is told at every look
    trials: list[TrialRecord] = []
    over = False
    # disable=None: no bar where the standard error is not a terminal.
    bar = tqdm(total=study.spec.trials, unit=" trials", disable=None, dynamic_ncols=True)
    with bar, ctrl_c() as pressed:
        for standing in conduct(study, workers, lambda: bool(pressed)):
            trials, over = standing.trials, standing.over
            if not bar.n:
                bar.initial = standing.finished  # what was done before tells nothing of the pace
            best = winner(trials)
            if best is not None:
                bar.set_postfix_str(f"best validation loss {best.loss:.4g}", refresh=False)
            bar.update(standing.finished - bar.n)
    return trials, not over


def said_of(study: "Study", trials: list["TrialRecord"]) -> str:
    """How many trials ended how, and which was the best."""
    from model.search.trial_record import winner

    complete, pruned = (sum(each.state == state for each in trials) for state in ("complete", "pruned"))
    noun = "trial" if complete + pruned == 1 else "trials"
    text = f"{complete + pruned:,} {noun}: {complete:,} complete, {pruned:,} ended early"
    best = winner(trials)
    if best is None:
        return text
    values = ", ".join(f"{path} {value}" for path, value in best.values.items())
    accuracy = best.result.validation_accuracy if best.result is not None else None
    share = f", accuracy {accuracy:.1%}" if accuracy is not None else ""
    return f"{text}\nbest: trial {best.place + 1} with {values}: validation loss {best.loss:.4g}{share}"


def said_of_test(study: "Study", trials: list["TrialRecord"]) -> str:
    """The winner on the test part, measured now where it never was; "" where there is no such part."""
    from model.search.trial_record import winner
    from model.search.trial_run import has_test
    from search_engine.conductor import measured

    best = winner(trials)
    if best is None or not has_test(study.spec.experiment.data):
        return ""
    figures: dict[str, Any] | None = study.test
    if figures is None or figures["place"] != best.place:
        figures = measured(study, best)
    if figures is None or figures["loss"] is None:
        return ""
    share = f", accuracy {figures['accuracy']:.1%}" if figures["accuracy"] is not None else ""
    return f"on the test part, which the search never saw: loss {figures['loss']:.4g}{share}"


def write(study: "Study", trials: list["TrialRecord"], folder: Path) -> list[str]:
    """Write the table, the winner and the plots; returns the names of the files. Raises CommandError."""
    from model.atomic_file import write_atomically
    from model.experiment_file import to_json
    from model.search.trial_record import table, winner

    out = io.StringIO(newline="")
    csv.writer(out).writerows(table(study.spec.axes, trials))
    files = {"trials.csv": out.getvalue().encode()}
    best = winner(trials)
    if best is not None:
        files["best.json"] = to_json(study.spec.experiment_of(best.values))
    try:
        for name, content in files.items():
            write_atomically(folder / name, content)
        drawn = plots(study, trials, folder) if any(each.finished for each in trials) else []
        return [*files, *(path.name for path in drawn)]
    except OSError as error:
        raise CommandError(f"{folder}: the search could not be written ({reason(error)})") from error


def plots(study: "Study", trials: list["TrialRecord"], folder: Path) -> list[Path]:
    """Write the plots. They take Qt's libraries, though no display; without those the numbers stand alone."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        from gui.export import ExportError
        from gui.headless_search_plots import write_search_plots
    except ImportError as error:
        if not is_missing_library(error):
            raise
        print(f"downhill: the plots were not drawn: a library that Qt needs is missing ({error})", file=sys.stderr)
        return []
    try:
        return write_search_plots(study.spec, trials, study.importance(trials), folder)
    except ExportError as error:
        raise CommandError(str(error)) from error


def _default_url(folder: Path | None) -> str:
    """SQLite in the folder for the files, else where the application keeps its data."""
    from search_engine.names import database

    if folder is None:
        from gui.data_folder import data_folder

        folder = data_folder()
        prepare(folder)
    return database(folder)
