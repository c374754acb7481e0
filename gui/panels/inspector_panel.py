"""The inspector: what the selected thing is, its formula in symbols and with numbers, and the code that computed it."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from gui.export import Table, export_dialog
from gui.export_action import add_export_action
from gui.formulas.typesetter import Typesetter
from gui.inspector.curve_page import curve_page
from gui.inspector.known import Known
from gui.inspector.page import Page, numbers_of, only_known
from gui.inspector.page_view import PageView
from gui.inspector.phase_pages import phase_page
from gui.inspector.sample_bar import SampleBar
from gui.inspector.subject_pages import exists, page_of
from gui.panel import Export, Panel
from gui.picture_worker import PictureWorker
from gui.run import Progress, Run
from gui.selection import CurvePoint, Sources, Subject
from gui.session import Session
from gui.shown_epochs import ShownEpochs
from model.phases import PhasedStep


class InspectorPanel(Panel):
    """Follows the selection, and the walk through a step. The numbers are those of one step, taken apart."""

    per_second = 4.0  # numbers that are read

    def __init__(self, session: Session, pictures: PictureWorker, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setObjectName("inspector panel")
        self.setAccessibleName(self.tr("Inspector"))
        self._run: Run | None = None
        self._step: PhasedStep | None = None  # the one that comes next, while nobody walks
        self._asking = self._ask_again = False
        self._on_phase = False  # the phase is shown, not the subject
        self._epochs = ShownEpochs()
        self.typesetter = Typesetter(pictures, self)
        self.page = PageView(self.typesetter)
        self.bar = SampleBar()
        self._build()
        session.selection.subject_selected.connect(self._selected)
        session.phases.changed.connect(self._phase_changed)
        session.phases.row_changed.connect(self._show)
        self.became_visible.connect(self._look)
        self.page.pointed.connect(self._point)
        self.page.step_wanted.connect(session.go_to)
        self.bar.row_chosen.connect(session.phases.show_row)
        self.bar.follow_changed.connect(self._follow)
        self._show()

    # The run

    def begin(self, run: Run) -> None:
        self._run, self._step = run, None
        self._show()

    def draw(self, progress: Progress) -> None:
        self._look()

    def follows(self) -> bool:
        """Nothing moves on an empty page."""
        return self._shows_something()

    def exports(self) -> list[Export]:
        """The page as a picture, or all its numbers."""
        return [(self.tr("Inspector"), self.page, self.numbers)] if self._shows_something() else []

    def numbers(self) -> Table:
        """Every number on the page in full."""
        return numbers_of(self.page.page or Page(""))

    # What is shown

    @property
    def subject(self) -> Subject | None:
        return self.session.selection.subject

    def _shows_something(self) -> bool:
        return self.subject is not None or self.session.phases.step is not None

    def _selected(self, subject: Subject | None) -> None:
        self._on_phase = subject is None and self.session.phases.step is not None
        self._look()
        self._scroll.verticalScrollBar().setValue(0)

    def _phase_changed(self) -> None:
        walking = self.session.phases.step is not None
        self._on_phase = walking and (self.bar.follow.isChecked() or self.subject is None)
        self._look()

    def _look(self) -> None:
        """Show where the run is now, and ask for its numbers where they are not there."""
        wanted = self._wants_numbers()
        if wanted:
            self._ask()
        if not (wanted and self.session.playing and self._step is not None):  # else it is shown when they come
            self._show()

    def _wants_numbers(self) -> bool:
        """Whether the step that comes next is to be taken apart: somebody looks, and its numbers are not there yet."""
        progress, nobody_walks = self.session.progress, self.session.phases.step is None
        if progress is None or not nobody_walks or self.subject is None or isinstance(self.subject, CurvePoint):
            return False
        return self.is_seen() and not (self._step is not None and _belongs(self._step, progress))

    def _ask(self) -> None:
        """Ask for it; one question at a time."""
        self._ask_again = self._asking
        if not self._asking and self._run is not None:
            self._asking = True
            run = self._run
            self.session.ask_step(lambda step: self._heard(run, step))

    def _heard(self, run: Run, step: PhasedStep | None) -> None:
        if not isValid(self):
            return
        self.session.turns.take()
        self._asking = False
        if step is not None and run is self._run and len(step.parameters) == run.layout.size:
            self._step = step
            self._show()
        if self._ask_again and self._wants_numbers():  # the run has gone on while the question was on its way
            self._ask()

    def _known(self) -> Known | None:
        run, progress, walk = self._run, self.session.progress, self.session.phases
        if run is None or progress is None or progress.run is not run:
            return None
        experiment, parameters = progress.experiment or run.experiment, progress.snapshot.parameters
        if walk.step is not None and len(walk.step.parameters) == run.layout.size:
            done = walk.at == walk.step.last and progress.snapshot.step == walk.step.step + 1
            after = parameters if done else None
            return Known(run, experiment, parameters, walk.step, walk.at, walk.row, after)
        step = self._step  # where the run has gone on, until the answer comes: numbers that vanish are hard to read
        at = step.last - 1 if step is not None else 0
        return Known(run, experiment, parameters, step, at, walk.row, foretells=True)

    def _show(self) -> None:
        """Bring the page up to date; cheap for a panel that nobody sees."""
        if not self.is_seen():
            return
        here = self._known()
        if here is None and self._shows_something():
            return  # another run is about to begin
        self.page.show_page(self._page(here), playing=self.session.playing)
        self._show_bar(here)

    def _page(self, here: Known | None) -> Page:
        subject, phase, progress = self.subject, self.session.phases.phase, self.session.progress
        if here is None or (subject is None and phase is None):
            return self._empty_page()
        if phase is not None and (self._on_phase or subject is None):
            return phase_page(here, phase, subject if exists(subject, here) else None)
        if isinstance(subject, CurvePoint):
            return curve_page(here, subject, self._epochs.at(progress) if progress is not None else None)
        if subject is None or not exists(subject, here):
            return self._empty_page()
        return page_of(subject, here) if here.step is not None else only_known(page_of(subject, here))

    def _empty_page(self) -> Page:
        return Page(
            self.tr("Nothing is selected"),
            self.tr(
                "Select a neuron, a link, a column's title or the loss in the diagram, or click on a curve: here you "
                "see its formula, its numbers, and the code that computed them."
            ),
            self.tr("Or go through one step layer by layer: the layer at work is then shown here."),
        )

    def _show_bar(self, here: Known | None) -> None:
        walking = self.session.phases.step is not None
        offered = here is not None and (walking or not isinstance(self.subject, CurvePoint))
        self.bar.setVisible(offered and self._shows_something())
        self.bar.follow.setVisible(walking)
        self.bar.show_row(here.row if here is not None else None, here.samples if here is not None and offered else 0)

    def _point(self, sources: Sources | None) -> None:
        self.session.selection.point_at_sources(sources)

    def _follow(self, follow: bool) -> None:
        self._on_phase = self.session.phases.step is not None and (follow or self.subject is None)
        self._show()

    def _export(self) -> None:
        if self._shows_something():
            export_dialog(self, self.page, self.tr("Inspector"), self.numbers)

    def _build(self) -> None:
        self._scroll = QScrollArea()
        self._scroll.setAccessibleName(self.tr("Page of the inspector"))
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self.page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._scroll, 1)
        add_export_action(self, self._export)


def _belongs(step: PhasedStep, progress: Progress) -> bool:
    """Whether it is the step that comes next there."""
    snapshot = progress.snapshot
    return step.step == snapshot.step and np.array_equal(step.parameters, snapshot.parameters, equal_nan=True)
