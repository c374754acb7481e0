"""The EXPERIMENT of a command line: the name of a starter, or else a file.

Nothing is imported before one is loaded: `--help` needs neither NumPy nor Qt.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from headless import CommandError, reason

if TYPE_CHECKING:
    from model.experiment import Experiment
    from model.saved_run import SavedRun


def what_to_open(argument: str) -> "Experiment | SavedRun | Path":
    """What the window opens: data stays a path, since somebody has to say what its columns are. Raises
    CommandError."""
    from gui.any_file import is_data

    path = Path(argument)
    return path if is_data(path) and path.is_file() else load_any(argument)


def load(argument: str) -> "Experiment":
    """The starter of this name, or else the experiment in this file. Raises CommandError."""
    from model.experiment import Experiment

    opened = load_any(argument)
    if not isinstance(opened, Experiment):
        raise CommandError(f"{argument}: this is a run; it is opened in the window, which can save it as an experiment")
    from model.data_files.error import DataFileError
    from model.own_files import datasets_of_files

    try:
        for dataset in datasets_of_files(opened):
            dataset.read()
    except DataFileError as error:
        raise CommandError(f"{argument}: $.data.dataset: {error}") from error
    return opened


def load_any(argument: str) -> "Experiment | SavedRun":
    """The starter of this name, or else the experiment or the run in this file. Raises CommandError."""
    from gui.any_file import UnreadableFileError, is_data, read_any
    from model.starters import STARTERS, starter

    if argument in STARTERS:
        return starter(argument)
    try:
        return read_any(Path(argument))
    except UnreadableFileError as error:
        if is_data(Path(argument)):
            way = f"open it in the window (downhill {argument}) and save the experiment there"
            raise CommandError(f"{argument}: this is data, not an experiment that learns from it: {way}") from error
        raise CommandError(f"{argument}: {error}") from error
    except IsADirectoryError as error:
        raise CommandError(f"{argument}: this is a folder; an experiment is a file") from error
    except FileNotFoundError as error:
        import difflib

        near = difflib.get_close_matches(argument, STARTERS, n=1)
        hint = f"did you mean {near[0]}?" if near else f"starters are {', '.join(STARTERS)}"
        raise CommandError(f"{argument}: there is no such file and no such starter; {hint}") from error
    except (OSError, ValueError) as error:  # ValueError: a path with a null character
        raise CommandError(f"{argument}: cannot be read ({reason(error)})") from error


def stopping(experiment: "Experiment", argument: str, steps: int | None) -> "Experiment":
    """The experiment with its stop at `steps`, where given. Raises CommandError where the run would have no end."""
    from msgspec import structs

    if steps is not None:
        return structs.replace(experiment, stop=structs.replace(experiment.stop, step=steps))
    if experiment.stop.step is None and experiment.stop.loss is None:
        raise CommandError(f"{argument}: $.stop: the run has no end; give one with --steps N")
    return experiment
