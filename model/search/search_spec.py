"""A search as a value: the base experiment, what varies, how it is chosen, how many trials of how many steps.

The same search gives the same trials, every time; only the TPE, which looks at the results so far, depends on the order
in which the processes finish. So a search can be left and taken up again, and several machines can share one.

    {"format": "downhill-search", "version": 1, "experiment": {...}, "axes": [{"type": "range", ...}],
     "method": "random", "trials": 50, "steps": 600, "pruning": true, "seed": 1}
"""

import math
from collections.abc import Iterator
from typing import Annotated, Literal

import msgspec
from msgspec import structs

from model.data import load
from model.data_files.error import DataFileError
from model.experiment import Experiment, Seed
from model.experiment_file import ExperimentError
from model.hyperparameter import Spec, hyperparameter
from model.message import QT_TRANSLATE_NOOP, Message
from model.search.assignment import PathError, assigned, keys_of, trial_experiment, value_at
from model.search.proposals import Values, grid_sizes, grid_values, random_values
from model.search.space import AnyAxis, Range

FORMAT, VERSION = "downhill-search", 1
STARTUP = 10  # trials by chance before the TPE knows enough to propose any
DEFAULT_STEPS = 1000

Method = Literal["random", "grid", "tpe"]
NO_VALIDATION = QT_TRANSLATE_NOOP(
    "model",
    "A search chooses by the validation part, and this experiment keeps no sample for it: set the validation share to "
    "0.2, say.",
)
METHODS = QT_TRANSLATE_NOOP("model", "random"), QT_TRANSLATE_NOOP("model", "grid"), QT_TRANSLATE_NOOP("model", "tpe")


class SearchSpec(Spec, tag_field="format", tag=FORMAT, frozen=True, kw_only=True):
    """Everything that a search depends on."""

    version: int = VERSION
    experiment: Experiment
    axes: tuple[AnyAxis, ...]
    method: Annotated[
        Method,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "method"),
            QT_TRANSLATE_NOOP(
                "model",
                "How the next values are chosen. Random: by chance, evenly over the range. Grid: at equal distances. "
                "TPE: by chance at first, then near the trials that did well.",
            ),
        ),
    ] = "random"
    trials: Annotated[
        int,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "trials"),
            QT_TRANSLATE_NOOP("model", "How many sets of values are tried: as many networks are trained."),
            at_least=1,
            at_most=100_000,
        ),
    ] = 50
    steps: Annotated[
        int,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "steps per trial"),
            QT_TRANSLATE_NOOP("model", "How many mini-batches every network is trained with."),
            at_least=1,
            at_most=10**9,
        ),
    ] = DEFAULT_STEPS
    pruning: Annotated[
        bool,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "stop hopeless trials"),
            QT_TRANSLATE_NOOP(
                "model",
                "Ends a trial early whose validation loss is worse than that of most others at the same step.",
            ),
        ),
    ] = True
    seed: Seed = 1

    def experiment_of(self, values: Values) -> Experiment:
        """The recipe of a trial."""
        return trial_experiment(self.experiment, values, self.steps)

    def values_at(self, place: int) -> Values | None:
        """What trial `place` tries; None where the TPE is asked."""
        if self.method == "grid":
            return grid_values(self.axes, self.trials, self.seed, place)
        if self.method == "tpe" and place >= STARTUP:
            return None
        return random_values(self.axes, self.seed, place)

    def same_as(self, other: "SearchSpec") -> bool:
        """Whether both search the same; how many trials is another question, except that a grid depends on it."""
        if self.method == "grid" and self.trials != other.trials:
            return False
        return structs.replace(self, trials=1) == structs.replace(other, trials=1)


def to_json(spec: SearchSpec) -> str:
    """The search in one line, by names."""
    return msgspec.json.encode(spec).decode()


def from_json(text: str | bytes) -> SearchSpec:
    """Raises msgspec.ValidationError where it is none of this version."""
    spec = msgspec.json.decode(text, type=SearchSpec)
    if spec.version != VERSION:
        raise msgspec.ValidationError("a search of another version")
    return spec


def problems(spec: SearchSpec) -> Iterator[Message]:
    """Why the search cannot be, each in a sentence. Cheap but for the last one, which loads the data."""
    if not spec.axes:
        yield Message(QT_TRANSLATE_NOOP("model", "Nothing varies: choose at least one hyperparameter to search."))
    for axis in spec.axes:
        yield from _problems_of(spec.experiment, axis)
    if len({axis.path for axis in spec.axes}) < len(spec.axes):
        yield Message(QT_TRANSLATE_NOOP("model", "A hyperparameter varies twice: name each one once."))
    if spec.method == "grid":
        try:
            grid_sizes(spec.axes, spec.trials)
        except ValueError as error:
            yield Message(
                QT_TRANSLATE_NOOP(
                    "model",
                    "The grid has {count} different points and no more: ask for at most {count} trials, or let "
                    "another hyperparameter vary.",
                ),
                {"count": error.args[0]},
            )
    data = spec.experiment.data
    try:
        if data.validation == 0 or not len(load(data).validation.inputs):
            yield Message(NO_VALIDATION)
    except DataFileError as error:
        yield Message(QT_TRANSLATE_NOOP("model", "The data cannot be read: {problem}."), {"problem": error.message})


def _problems_of(experiment: Experiment, axis: AnyAxis) -> Iterator[Message]:
    name: dict[str, object] = {"path": axis.path}
    try:
        keys_of(axis.path)
        value_at(experiment, axis.path)
    except PathError:
        yield Message(QT_TRANSLATE_NOOP("model", "{path}: the experiment has no such hyperparameter."), name)
        return
    if isinstance(axis, Range):
        ends = {"low": axis.low, "high": axis.high, **name}
        if not (math.isfinite(axis.low) and math.isfinite(axis.high) and axis.low < axis.high):
            text = QT_TRANSLATE_NOOP("model", "{path}: the range {low:g} to {high:g} must begin below its end.")
            yield Message(text, ends)
            return
        if axis.scale == "log" and axis.low <= 0:
            text = QT_TRANSLATE_NOOP("model", "{path}: a logarithmic range begins above 0, not at {low:g}.")
            yield Message(text, ends)
            return
    elif len(axis.options) < 2:
        yield Message(QT_TRANSLATE_NOOP("model", "{path}: a choice needs at least two kinds."), name)
        return
    for value in (axis.at(0.0), axis.at(1.0)) if isinstance(axis, Range) else axis.options:
        try:
            assigned(experiment, {axis.path: value})
        except ExperimentError as error:
            values: dict[str, object] = {"place": error.place, "problem": error.message}
            yield Message(QT_TRANSLATE_NOOP("model", "{place}: {problem}"), values)
            return
