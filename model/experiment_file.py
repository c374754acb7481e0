"""Experiments as files: read, checked, written.

A file is checked twice. First every field on its own, against its declaration: is it there, is it known, is it of the
right type, does it lie in its domain? Then the fields against each other: do the layers' shapes fit, does the output
fit the loss? Whatever is wrong is said in one sentence with the place in the file.
"""

from typing import Any

import msgspec

from model.experiment import VERSION, Experiment
from model.fitting import problems
from model.message import QT_TRANSLATE_NOOP, Message


class ExperimentError(Exception):
    """An experiment that cannot be. `place` is where in the file ("$.network.layers[2].units"), `message` says why."""

    def __init__(self, place: str, message: Message) -> None:
        super().__init__(f"{place}: {message}")
        self.place = place
        self.message = message


def from_json(text: bytes | str) -> Experiment:
    """Read an experiment. Raises ExperimentError with one sentence and the place in the file."""
    try:
        raw: object = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ExperimentError("$", _not_json(str(error))) from error
    return from_plain(raw)


def from_plain(raw: object) -> Experiment:
    """An experiment from dictionaries and lists, as JSON has them. Raises ExperimentError."""
    if isinstance(raw, dict):
        version: object = raw.get("version", VERSION)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        if isinstance(version, int) and not isinstance(version, bool) and version != VERSION:
            raise ExperimentError("$.version", _wrong_version(version))
    try:
        experiment = msgspec.convert(raw, Experiment)
    except msgspec.ValidationError as error:
        raise _invalid(str(error)) from error
    return _fitting(experiment)


def checked(experiment: Experiment) -> Experiment:
    """The same experiment after every check that a file goes through. Raises ExperimentError."""
    return from_plain(msgspec.to_builtins(experiment))


def changed(experiment: Experiment, **changes: Any) -> Experiment:
    """The experiment with some of its fields changed, checked. Raises ExperimentError where it cannot be."""
    return checked(msgspec.structs.replace(experiment, **changes))


def to_json(experiment: Experiment) -> bytes:
    """The experiment as a file: indented, every field written, by name."""
    return msgspec.json.format(msgspec.json.encode(experiment), indent=2) + b"\n"


def schema() -> dict[str, Any]:
    """The JSON Schema of an experiment (draft 2020-12), with every declared label, meaning and default."""
    made: dict[str, Any] = msgspec.json.schema(Experiment)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def _fitting(experiment: Experiment) -> Experiment:
    for place, message in problems(experiment):
        raise ExperimentError(place, message)
    return experiment


def _invalid(text: str) -> ExperimentError:
    """A validation message, 'Expected `int` >= 1 - at `$.network.layers[2].units`', as place and sentence."""
    reason, _, place = text.partition(" - at `")
    return ExperimentError(
        place.rstrip("`") or "$", Message(QT_TRANSLATE_NOOP("model", "{reason}"), {"reason": _sentence(reason)})
    )


def _sentence(reason: str) -> str:
    return reason[:1].lower() + reason[1:]


def _not_json(reason: str) -> Message:
    return Message(
        QT_TRANSLATE_NOOP("model", "this is not a complete JSON file ({reason})"), {"reason": _sentence(reason)}
    )


def _wrong_version(version: int) -> Message:
    return Message(
        QT_TRANSLATE_NOOP("model", "the file is of version {version}, this Downhill reads version {known}; update it"),
        {"version": version, "known": VERSION},
    )
