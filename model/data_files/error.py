"""What is wrong with a file of data, in one sentence."""

from collections.abc import Callable

from model.message import QT_TRANSLATE_NOOP, Message

# Called now and then while a file is read, with the share that is done, 0 to 1. What it raises ends the reading.
Watch = Callable[[float], object]

LONGEST = 40  # characters of a cell or a name that are quoted


class DataFileError(Exception):
    """Data that cannot be read: `message` says what is wrong, where in the file, and what to do."""

    def __init__(self, source: str, **values: object) -> None:
        """`source`: marked for translation; `values` fill its gaps."""
        self.message = Message(source, values)
        super().__init__(str(self.message))


class MovedError(DataFileError):
    """The file is not where the experiment says, or it is not the one that it was. Another place may help."""

    def __init__(self, path: str, source: str, **values: object) -> None:
        super().__init__(source, **values)
        self.path = path


class Cancelled(Exception):  # noqa: N818 - no error: somebody wished it
    """Whoever watches a reading wants no more of it."""


def unwatched(share: float) -> None:
    """The watch of a reading that nobody watches."""


def quoted(text: str) -> str:
    """Words out of a file, fit for a sentence: on one line, and not too long."""
    line = "".join(letter if letter.isprintable() else " " for letter in text)
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"


def damaged(name: str) -> DataFileError:
    """The file's end is missing, or its checksum does not fit."""
    return DataFileError(
        QT_TRANSLATE_NOOP("model", "{name} is damaged, or its end is missing: copy or download it again"), name=name
    )
