"""Experiments as files: read, checked, written.

A file is checked twice. First every field on its own, against its declaration: is it there, is it known, is it of the
right type, does it lie in its domain? Then the fields against each other: do the layers' shapes fit, does the output
fit the loss? Whatever is wrong is said in one sentence with the place in the file.
"""

import codecs
import re
from typing import Any, cast

import msgspec

from model.experiment import FORMAT, VERSION, Experiment
from model.fitting import problems, problems_alone
from model.message import QT_TRANSLATE_NOOP, Message
from model.validation import explain

# A field that came later. Where it says nothing it is left out, so that files stay as they were before it.
UNSAID = b',"training_samples":null'


class ExperimentError(Exception):
    """An experiment that cannot be. `place` is where in the file ("$.network.layers[2].units"), `message` says why."""

    def __init__(self, place: str, message: Message) -> None:
        super().__init__(f"{place}: {message}")
        self.place = place
        self.message = message


def from_json(text: bytes | str) -> Experiment:
    """Read an experiment. Raises ExperimentError with one sentence and the place in the file."""
    try:
        file = text.encode() if isinstance(text, str) else text
        file = file.removeprefix(codecs.BOM_UTF8)  # Windows editors write one
        file.decode()  # msgspec looks at the letters of texts only
        raw: object = msgspec.json.decode(file)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise ExperimentError("$", _not_json(text, error)) from error
    return from_plain(raw)


def from_plain(raw: object, *, in_a_run: bool = False) -> Experiment:
    """An experiment from dictionaries and lists, as JSON has them; `in_a_run`: it is how a run began that was changed
    since. Raises ExperimentError."""
    _check_version(raw)
    try:
        experiment = msgspec.convert(raw, Experiment)
    except msgspec.ValidationError as error:
        raise ExperimentError(*explain(str(error), Experiment, raw)) from error
    for place, message in problems(experiment) if in_a_run else problems_alone(experiment):
        raise ExperimentError(place, message)
    return experiment


def checked(experiment: Experiment) -> Experiment:
    """The same experiment after every check that a file goes through. Raises ExperimentError."""
    return from_plain(msgspec.to_builtins(experiment))


def changed(experiment: Experiment, **changes: Any) -> Experiment:
    """The experiment with some of its fields changed, checked. Raises ExperimentError where it cannot be."""
    return checked(msgspec.structs.replace(experiment, **changes))


def to_json(experiment: Experiment) -> bytes:
    """The experiment as a file: indented, every field written, by name."""
    return msgspec.json.format(encoded(experiment), indent=2) + b"\n"


def encoded(spec: msgspec.Struct) -> bytes:
    """JSON without blanks of an experiment, or of something with experiments in it."""
    return msgspec.json.encode(spec).replace(UNSAID, b"")  # inside a text the quotes would be escaped


def schema() -> dict[str, Any]:
    """The JSON Schema of an experiment (draft 2020-12), with every declared label, meaning and default."""
    made: dict[str, Any] = msgspec.json.schema(Experiment)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def _check_version(raw: object) -> None:
    """Before anything else: a file of another version may have fields that this one does not know."""
    fields = cast("dict[str, object]", raw) if isinstance(raw, dict) else {}
    version = fields.get("version", VERSION)
    if fields.get("format", FORMAT) == FORMAT and type(version) is int and version != VERSION:
        raise ExperimentError("$.version", _wrong_version(version))


def _not_json(text: bytes | str, error: Exception) -> Message:
    if not text.strip():
        return Message(QT_TRANSLATE_NOOP("model", "the file is empty"))
    reason = str(error)
    found = re.search(r"byte (\d+)", reason)
    file = (text.encode(errors="replace") if isinstance(text, str) else text).removeprefix(codecs.BOM_UTF8)
    place = int(found[1]) if found else 0
    if (
        "truncated" in reason
        or "unexpected end of data" in reason
        or ("invalid number" in reason and place == len(file))
    ):
        return Message(QT_TRANSLATE_NOOP("model", "the file ends too early: something is missing at its end"))
    if isinstance(error, UnicodeError):
        return Message(QT_TRANSLATE_NOOP("model", "this is not a text in UTF-8, as JSON has to be"))
    if isinstance(error, RecursionError):
        return Message(QT_TRANSLATE_NOOP("model", "lists and objects stand inside each other too deeply"))
    if "out of range" in reason:
        return Message(QT_TRANSLATE_NOOP("model", "a number in this file is too large to be read"))
    before = file[:place].decode(errors="replace")
    values: dict[str, object] = {"line": before.count("\n") + 1, "column": len(before) - before.rfind("\n")}
    return Message(QT_TRANSLATE_NOOP("model", "this is not JSON: look at line {line}, column {column}"), values)


def _wrong_version(version: int) -> Message:
    return Message(
        QT_TRANSLATE_NOOP("model", "the file is of version {version}, this Downhill reads version {known}; update it"),
        {"version": version, "known": VERSION},
    )
