"""From the values of a trial to its experiment: the base with some of its fields replaced, checked as any file is.

A trial is a recipe like every run. Nothing but its experiment says what it computes, so who opens that experiment in
the window gets the same parameters and the same validation loss, to the last bit.
"""

import re
from collections.abc import Mapping
from typing import Any, cast

import msgspec

from model.experiment import Experiment
from model.experiment_file import from_plain
from model.search.space import Value

EVERY = "*"  # network.layers[*].weights: of every layer that has such a field
RAREST = 1_000_000  # steps between evaluations: what an experiment allows
EVALUATIONS = 20  # of a trial: the points of its learning curve, and where it may be stopped


class PathError(Exception):
    """A path that leads to no field of the experiment."""


def keys_of(path: str) -> tuple[str | int, ...]:
    """'network.layers[1].units' -> ('network', 'layers', 1, 'units'). Raises PathError."""
    if not re.fullmatch(r"\w+(\.\w+|\[(\d+|\*)\])*", path):
        raise PathError(path)
    found = cast("list[tuple[str, str]]", re.findall(r"\[(\d+|\*)\]|(\w+)", path))
    return tuple(name or (EVERY if index == EVERY else int(index)) for index, name in found)


def assigned(experiment: Experiment, values: Mapping[str, Value]) -> Experiment:
    """The experiment with `values` by their paths. Raises PathError, and ExperimentError where it cannot be."""
    raw = msgspec.to_builtins(experiment)
    for path, value in values.items():
        _put(raw, keys_of(path), value, path)
    return from_plain(raw)


def trial_experiment(experiment: Experiment, values: Mapping[str, Value], steps: int) -> Experiment:
    """The experiment of a trial: `values`, measured at equal distances, ending after `steps` steps and nowhere else.

    Evaluations and stop are fields like all others, so the run that is opened later is measured at the same steps.
    """
    raw = msgspec.to_builtins(assigned(experiment, values))
    raw["evaluation"] = {"every": evaluation_interval(steps), "unit": "step"}
    raw["stop"] = {"step": steps}
    return from_plain(raw)


def evaluation_interval(steps: int) -> int:
    """Steps between two evaluations of a trial of `steps` steps."""
    return min(max(1, -(-steps // EVALUATIONS)), RAREST)


def value_at(experiment: Experiment, path: str) -> Any:
    """What the experiment says at `path`; of every layer's field the first one's. Raises PathError."""
    return _look(msgspec.to_builtins(experiment), keys_of(path), path)


def _look(raw: Any, keys: tuple[str | int, ...], path: str) -> Any:
    for depth, key in enumerate(keys):
        if key == EVERY:
            rest = keys[depth + 1 :]
            return _look(next((each for each in raw if rest[0] in each), None), rest, path)
        try:
            raw = raw[key]
        except (KeyError, IndexError, TypeError) as error:
            raise PathError(path) from error
    return raw


def _put(raw: Any, keys: tuple[str | int, ...], value: Value, path: str) -> None:
    for depth, key in enumerate(keys[:-1]):
        if key == EVERY:
            rest = keys[depth + 1 :]
            for each in raw:
                if rest[0] in each:
                    _put(each, rest, value, path)
            return
        raw = _look(raw, (key,), path)
    before = _look(raw, keys[-1:], path)
    if isinstance(before, dict):  # a kind with hyperparameters of its own: they keep theirs where it stays
        raw[keys[-1]] = before if cast("dict[str, Any]", before).get("type") == value else {"type": value}
    else:
        raw[keys[-1]] = value
