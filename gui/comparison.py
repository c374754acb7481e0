"""Which branches are compared, and in which colours: one answer for all panels."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor

from gui.branch_colors import BRANCHES, branch_color
from gui.branch_words import branch_title
from gui.run import Progress
from gui.session import Session
from model.branch import BranchView
from model.branch_tree import shared_steps
from model.datasets import OfFile
from model.experiment import Experiment

MOST = len(BRANCHES)  # branches in one picture, the shown one among them


class Comparison(QObject):
    """The ticks of the branches of a session.

    A new branch is ticked by itself, and then the oldest other one hidden where there are too many. A branch keeps its
    colour as long as it is ticked.
    """

    changed = Signal()  # other branches, other ticks, or another one is shown

    def __init__(self, session: Session) -> None:
        """Whoever looks for the one of a session calls `comparison_of`."""
        super().__init__(session)
        self.branches: tuple[BranchView, ...] = ()
        self.shown = 0  # the number of the branch that all panels show
        self._records: dict[int, object] = {}  # of the branches seen so far: another run has the same numbers again
        self._places: dict[int, int] = {}  # the colour of each branch that is or was ticked
        self._ticked: list[int] = []
        self._titles: dict[int, str] = {}
        session.progressed.connect(self._follow)
        if session.progress is not None:
            self._follow(session.progress)

    def is_ticked(self, number: int) -> bool:
        return number in self._ticked

    def tick(self, number: int, ticked: bool) -> bool:
        """Compare a branch, or hide it. False where it cannot be: there are too many, or it is the one shown."""
        if ticked == self.is_ticked(number):
            return True
        if (ticked and len(self._ticked) >= MOST) or (not ticked and number == self.shown):
            return False
        if ticked:
            self._take(number)
        else:
            self._ticked.remove(number)
        self.changed.emit()
        return True

    def color(self, number: int) -> QColor | None:
        """The colour of a ticked branch; None for one that is hidden."""
        return branch_color(self._places[number]) if number in self._ticked else None

    def others(self) -> list[BranchView]:
        """The ticked branches besides the shown one, by rising number."""
        return [each for each in self.branches if each.number != self.shown and each.number in self._ticked]

    def title(self, number: int) -> str:
        """What a branch is called: asked for at every frame, and found out once."""
        if number not in self._titles:
            view = self.view(number)
            self._titles[number] = branch_title(view, self.branches) if view is not None else ""
        return self._titles[number]

    def view(self, number: int) -> BranchView | None:
        return next((each for each in self.branches if each.number == number), None)

    def parted(self, other: BranchView) -> int:
        """After how many steps a branch leaves the one that is shown, and all ticked ones that came before it."""
        before = [each for each in self.others() if each.number < other.number]
        shown = self.view(self.shown)
        drawn = [shown, *before] if shown is not None else before
        return max((shared_steps(self.branches, each, other) for each in drawn), default=0)

    def _follow(self, progress: Progress) -> None:
        if progress.branches == self.branches and progress.branch == self.shown:
            return
        if progress.branches != self.branches:
            self._titles.clear()
        turned = self.shown != progress.branch
        self.branches, self.shown = progress.branches, progress.branch
        there = {each.number: each.record for each in self.branches}
        for number, record in self._records.items():
            if there.get(number) is not record and number in self._ticked:
                self._ticked.remove(number)
        new = [number for number, record in there.items() if self._records.get(number) is not record]
        self._records = dict(there)
        if turned:
            self._hide_what_measures_otherwise()
        for number in [*new, self.shown]:
            if number in there and number not in self._ticked:
                self._make_room()
                self._take(number)
        self.changed.emit()

    def _hide_what_measures_otherwise(self) -> None:
        """The loss of other data, or another loss, is on another scale; whoever wants to see it ticks it."""
        shown = self.view(self.shown)
        if shown is not None:
            self._ticked = [
                each.number for each in self._ticked_views() if are_on_one_scale(each.experiment, shown.experiment)
            ]

    def _ticked_views(self) -> list[BranchView]:
        views = (self.view(number) for number in self._ticked)  # in the order in which they were ticked
        return [each for each in views if each is not None]

    def _make_room(self) -> None:
        """Hide the oldest where there are too many; never the one that is shown."""
        while len(self._ticked) >= MOST:
            self._ticked.remove(next(number for number in self._ticked if number != self.shown))

    def _take(self, number: int) -> None:
        taken = {self._places[each] for each in self._ticked}
        if self._places.get(number, -1) not in set(range(MOST)) - taken:
            self._places[number] = min(set(range(MOST)) - taken)
        self._ticked.append(number)


def are_on_one_scale(one: Experiment, other: Experiment) -> bool:
    """Whether the losses of two experiments can be compared: of one kind, on one kind of data."""
    first, second = one.data.dataset, other.data.dataset
    of_file = isinstance(first, OfFile) or isinstance(second, OfFile)
    same_data = first.title() == second.title() if of_file else type(first) is type(second)
    return same_data and type(one.loss) is type(other.loss)


def comparison_of(session: Session) -> Comparison:
    """The one comparison of a session, made when the first panel asks for it."""
    found = session.findChild(Comparison)
    return found if isinstance(found, Comparison) else Comparison(session)
