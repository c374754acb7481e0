"""What a search has found so far, as its pictures need it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor

from gui.number_editor import as_text
from gui.palette import signed_color
from gui.theme import Theme
from gui.words import words
from model.experiment import Experiment
from model.initializers import INITIALIZERS
from model.message import Message
from model.search.search_spec import SearchSpec
from model.search.space import Value
from model.search.trial_record import TrialRecord, winner
from model.search.trial_run import ending_at
from model.search.variables import label_of

translate = QCoreApplication.translate

SHADES = 254  # between the two ends of the palette
MEASURE = "measure"  # stands for a path where an axis shows how good a trial is
KINDS = {str(kind.__struct_config__.tag): kind.label for kind in INITIALIZERS}


@dataclass(frozen=True, eq=False)
class Found:
    """A search and its trials, by place."""

    spec: SearchSpec
    trials: Sequence[TrialRecord] = ()
    importance: dict[str, float] = field(default_factory=dict[str, float])

    @property
    def paths(self) -> list[str]:
        """What varies."""
        return [axis.path for axis in self.spec.axes]

    @cached_property
    def labels(self) -> dict[str, str]:
        """What each of them is called, and the measure."""
        named = {path: words(label_of(self.spec.experiment, path)) for path in self.paths}
        return {**named, MEASURE: self.measure}

    @property
    def by_accuracy(self) -> bool:
        """Whether a trial's mark is its accuracy; else it is its loss."""
        return self.spec.experiment.data.dataset.task == "classification"

    @property
    def measure(self) -> str:
        """What the colours say."""
        if self.by_accuracy:
            return translate("Search", "validation accuracy")
        return translate("Search", "validation loss")

    def mark(self, trial: TrialRecord) -> float | None:
        """How good it is, in percent or as a loss; None where it goes on or came to nothing."""
        if trial.result is None:
            return None
        accuracy = trial.result.validation_accuracy
        return trial.loss if not self.by_accuracy else None if accuracy is None else 100 * accuracy

    def mark_text(self, mark: float) -> str:
        if self.by_accuracy:
            return translate("Search", "{share:.1f} %").format(share=mark)
        return f"{mark:.3g}"

    @cached_property
    def marks(self) -> list[float]:
        """All marks there are, the worst first."""
        found = [mark for each in self.trials if (mark := self.mark(each)) is not None]
        return sorted(found, reverse=not self.by_accuracy)

    @cached_property
    def _ranks(self) -> dict[float, float]:
        """Of each mark its rank; of equal ones the highest."""
        last = max(1, len(self.marks) - 1)
        return {mark: place / last if len(self.marks) > 1 else 1.0 for place, mark in enumerate(self.marks)}

    def rank(self, trial: TrialRecord) -> float | None:
        """0 for the worst, 1 for the best of those that have a mark."""
        mark = self.mark(trial)
        return None if mark is None else self._ranks[mark]

    def color(self, trial: TrialRecord, theme: Theme) -> QColor | None:
        """Orange for the worst, blue for the best, by rank; None where there is no mark."""
        rank = self.rank(trial)
        return None if rank is None else _shade(round(SHADES * rank), theme)

    @cached_property
    def winner(self) -> TrialRecord | None:
        return winner(self.trials)

    def trial(self, place: int | None) -> TrialRecord | None:
        """The trial at `place`, once it was begun."""
        return next((each for each in self.trials if each.place == place), None)

    def experiment_of(self, trial: TrialRecord) -> Experiment:
        """What it trains, with the stop where it ended."""
        experiment = self.spec.experiment_of(trial.values)
        return ending_at(experiment, trial.result) if trial.result is not None else experiment

    def value(self, trial: TrialRecord, path: str) -> Value | None:
        """What it tries, or its mark."""
        return self.mark(trial) if path == MEASURE else trial.values.get(path)

    def text(self, trial: TrialRecord, path: str) -> str:
        """The same as one reads it."""
        value = self.value(trial, path)
        if value is None:
            return "–"
        if path == MEASURE:
            return self.mark_text(float(value))
        return value_text(value)

    def ending(self, trial: TrialRecord) -> str:
        """How it ended, or that it goes on."""
        how = trial.result.how if trial.result is not None else trial.state
        return {
            "running": translate("Search", "runs"),
            "complete": translate("Search", "complete"),
            "hopeless": translate("Search", "ended early"),
            "diverged": translate("Search", "diverged"),
            "failed": translate("Search", "failed"),
        }.get(how, how)

    def summary(self, trial: TrialRecord) -> str:
        """A trial in a few lines, under the pointer."""
        lines = [translate("Search", "trial {number}: {ending}").format(number=title(trial), ending=self.ending(trial))]
        lines += [f"{self.labels[path]} {self.text(trial, path)}" for path in self.paths]
        if self.mark(trial) is not None:
            lines.append(f"{self.measure} {self.text(trial, MEASURE)}")
        if trial.result is not None and trial.result.note:
            lines.append(trial.result.note)
        return "\n".join(lines)


@lru_cache(maxsize=4 * SHADES)
def _shade(number: int, theme: Theme) -> QColor:
    return signed_color(2 * number / SHADES - 1, 1.0, theme)


def title(trial: TrialRecord) -> str:
    """Its number, counted from 1."""
    return f"{trial.place + 1:,}"


def value_text(value: Value) -> str:
    """A number in full, or a kind by its name."""
    if isinstance(value, str):
        return words(Message(KINDS.get(value, value)))
    return as_text(value)
