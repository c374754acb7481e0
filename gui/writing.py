"""Writing a document: what can go wrong is an answer, so that it can be done in another thread."""

from pathlib import Path

from model.atomic_file import in_words, write_atomically
from model.experiment import Experiment
from model.experiment_file import to_json
from model.message import Message
from model.own_files import for_folder
from model.run_file import RunFileError, write
from model.saved_run import SavedRun


def write_run(path: Path, run: SavedRun) -> Message | None:
    """Write the run, whole or not at all. Why it was not written, else None."""
    try:
        write(path, for_folder(run, path.parent))
    except RunFileError as error:
        return error.message
    return None


def write_experiment(path: Path, experiment: Experiment) -> Message | None:
    """Write the experiment, whole or not at all. Why it was not written, else None."""
    try:
        write_atomically(path, to_json(for_folder(experiment, path.parent)))
    except OSError as error:
        return in_words(error)
    return None
