"""What a search has told so far."""

from dataclasses import dataclass, field

from msgspec import structs

from gui.search_views.found import Found
from model.experiment import Experiment
from model.search.search_spec import SearchSpec
from model.search.trial_record import TrialRecord
from model.search.trial_run import has_test
from search_engine.conductor import Figures, News


@dataclass
class SearchRecord:
    """The search that was begun last, with its trials and with what was measured of its winner."""

    found: Found | None = None  # None before the first search
    figures: Figures | None = None
    news: News = field(default_factory=News)  # how far it has come
    opened: Experiment | None = None  # of the trial that was opened last
    _trials: dict[int, TrialRecord] = field(default_factory=dict[int, TrialRecord])  # by place

    @property
    def finished(self) -> int:
        """Trials."""
        return sum(each.finished for each in self._trials.values())

    @property
    def is_empty(self) -> bool:
        """Whether no trial was begun."""
        return not self._trials

    @property
    def can_measure(self) -> bool:
        """Whether there is a winner that was not measured on the test part, and a test part."""
        best = self.found.winner if self.found is not None else None
        measured = best is not None and self.figures is not None and self.figures.place == best.place
        testable = self.found is not None and has_test(self.found.spec.experiment.data)
        return best is not None and testable and not measured

    def base(self, experiment: Experiment) -> Experiment:
        """What a search would search: the window's `experiment`. A trial that was opened to be looked at leaves the
        search as it is."""
        if self.found is not None and experiment == self.opened:
            return self.found.spec.experiment
        return experiment

    def begin(self, spec: SearchSpec) -> None:
        """Another search begins with nothing; the same one goes on."""
        if self.found is None or not spec.same_as(self.found.spec):
            self._trials, self.figures = {}, None
        self.found, self.news = Found(spec, self._in_order()), News()

    def take(self, news: News) -> bool:
        """Write down what is told; returns whether there is something to draw."""
        if self.found is None:
            return False
        if news.figures is not None:
            self.figures = news.figures
        if news.finished is not None:
            self.news = news
        self._trials.update((each.place, each) for each in news.trials)
        if not news.trials and news.importance is None:
            return False
        shares = news.importance if news.importance is not None else self.found.importance
        spec = self.found.spec
        if news.wanted > spec.trials:  # the same search was once asked for more
            spec = structs.replace(spec, trials=news.wanted)
        self.found = Found(spec, self._in_order(), shares)
        return True

    def drop_running(self) -> None:
        """The processes are gone: trials that ran will be run again."""
        if self.found is not None:
            self._trials = {place: each for place, each in self._trials.items() if each.finished}
            self.found = Found(self.found.spec, self._in_order(), self.found.importance)

    def _in_order(self) -> list[TrialRecord]:
        return [self._trials[place] for place in sorted(self._trials)]
