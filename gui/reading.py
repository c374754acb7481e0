"""Reading a document: what can go wrong is an answer, so that it can be done in another thread."""

from pathlib import Path

from gui.any_file import UnreadableFileError, read_any
from model.atomic_file import in_words
from model.experiment import Experiment
from model.message import QT_TRANSLATE_NOOP, Message
from model.saved_run import SavedRun


def read_document(path: Path) -> Experiment | SavedRun | UnreadableFileError:
    """The experiment or the run in this file, or why it cannot be opened."""
    try:
        return read_any(path)
    except UnreadableFileError as error:
        return error
    except OSError as error:
        return UnreadableFileError(in_words(error))
    except (ValueError, MemoryError) as error:  # ValueError: a path with a null character
        text = QT_TRANSLATE_NOOP("model", "the file cannot be used: {reason}")
        return UnreadableFileError(Message(text, {"reason": str(error) or type(error).__name__}))
