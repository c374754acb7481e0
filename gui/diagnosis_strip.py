"""The diagnosis strip: what is going on in the run, in words, beside the menus.

Nothing in it is laid out: its children are placed by hand, so that a sentence that changes while the network learns
moves nothing else in the window.
"""

import time
from collections.abc import Callable, Mapping
from functools import cache, partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QDockWidget, QSizePolicy, QToolButton, QWidget

from gui.finding_line import FindingLine
from gui.finding_list import FindingList, FindingsButton, sentence_case
from gui.picture_worker import PictureWorker
from gui.run import Progress, Run
from gui.selection import Column, Unit
from gui.session import Session
from gui.settled_findings import SettledFindings
from gui.theme import GRID, Theme, current_theme, font, theme_switch
from gui.words import words
from model.diagnosis import Evidence, Finding, SampledNetwork, diagnose

INTERVAL = 0.4  # s between two diagnoses while the network learns


class DiagnosisStrip(QWidget):
    """The most serious finding, a way to the panel where it is seen, and a list of all with what to do."""

    def __init__(
        self,
        session: Session,
        pictures: PictureWorker,
        docks: Mapping[str, QDockWidget],
        bring_up: Callable[[str], object],
        parent: QWidget | None = None,
    ) -> None:
        """`docks`: the panels by name; `bring_up(name)` shows one of them."""
        super().__init__(parent)
        self.setObjectName("diagnosis strip")
        self.setAccessibleName(self.tr("Diagnosis"))
        self._session, self._pictures, self._docks, self._bring_up = session, pictures, docks, bring_up
        self._run: Run | None = None
        self._sampled: Callable[[], SampledNetwork] | None = None  # made when it is needed, in the picture thread
        self._settled = SettledFindings()
        self._asked_at = 0.0
        self.line = FindingLine(self)
        self.line.setAccessibleName(self.tr("Most serious finding"))
        self.link = QToolButton(self)
        self.link.setAccessibleName(self.tr("Show where it is seen"))
        self.link.setToolTip(
            "<p>" + self.tr("Bring up the panel in which this is seen, and select the layer or neuron.") + "</p>"
        )
        self.link.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.link.clicked.connect(self._show_first)
        self.list = FindingList(self._title_of)
        self.list.chosen.connect(self.show_place)
        tip = self.tr("Everything conspicuous in this run, the most serious first, and what to do about it.")
        self.all = FindingsButton(tip, self.list, lambda: self.findings, self)
        self.all.popup.setAccessibleName(self.tr("What to do"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        session.run_began.connect(self._begin)
        session.progressed.connect(self._progressed)
        theme_switch().changed.connect(self._restyle)
        self._restyle(current_theme())
        if session.run is not None:
            self._begin(session.run)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is shown."""
        return self._settled.shown

    def show_place(self, finding: Finding) -> None:
        """Bring up the panel where `finding` is seen, with the neuron or layer selected."""
        if self._title_of(finding.panel):
            self._bring_up(finding.panel)
        if finding.column is not None and finding.unit is not None:
            self._session.selection.select(Unit(finding.column, finding.unit))
        elif finding.column is not None:
            self._session.selection.select(Column(finding.column))

    def sizeHint(self) -> QSize:
        """Always the same, whatever it says."""
        return QSize(0, QFontMetrics(font(current_theme().body)).lineSpacing() + GRID)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._session.progress is not None:
            self._ask(self._session.progress)

    # What is found

    def _begin(self, run: Run) -> None:
        self._run = run
        self._sampled = cache(lambda: SampledNetwork(run.experiment, run.parts))
        self._settled.clear()
        self._asked_at = 0.0
        self._show()

    def _progressed(self, progress: Progress) -> None:
        if not progress.playing or time.perf_counter() - self._asked_at >= INTERVAL:
            self._ask(progress)

    def _ask(self, progress: Progress) -> None:
        if not self.isVisible() or progress.run is not self._run or self._sampled is None:
            return
        self._asked_at = time.perf_counter()
        self._pictures.request(self, partial(_examined, progress, self._sampled), partial(self._take, progress))

    def _take(self, progress: Progress, found: tuple[Finding, ...]) -> None:
        if progress.run is self._run:
            self._settled.take(found, at_rest=not progress.playing)
            self._show()

    # What is shown

    def _show(self) -> None:
        found = self.findings
        if found:
            first = found[0]
            title, sentence = words(first.title), sentence_case(words(first.sentence))
            self.line.say(title, sentence, alarming=True)
            self.line.setToolTip(f"<p><b>{title}</b>: {sentence}</p><p>{words(first.advice)}</p>")
            panel = self._title_of(first.panel)
            self.link.setText(f"→ {panel}")
            self.link.setAccessibleName(self.tr("{finding}: show in {panel}").format(finding=title, panel=panel))
        else:
            self.line.say(self.tr("Nothing conspicuous"))
            self.line.setToolTip(
                "<p>" + self.tr("The run shows none of the usual troubles, as far as can be seen.") + "</p>"
            )
        self.link.setVisible(bool(found) and bool(self._title_of(found[0].panel)))
        self.all.setVisible(bool(found))
        if len(found) > 1:
            self.all.setText(self.tr("What to do ({count})").format(count=len(found)))
        else:
            self.all.setText(self.tr("What to do"))
        self._place()

    def _show_first(self) -> None:
        if self.findings:
            self.show_place(self.findings[0])

    def _title_of(self, panel: str) -> str:
        return self._docks[panel].accessibleName() if panel in self._docks else ""

    def _place(self) -> None:
        """The buttons at the right, the line in what is left."""
        right = self.width() - GRID // 2
        for button in (self.all, self.link):
            if not button.isHidden():
                size = button.sizeHint()
                right -= size.width()
                button.setGeometry(right, 0, size.width(), self.height())
                right -= GRID
        self.line.setGeometry(0, 0, max(0, right), self.height())

    def _restyle(self, theme: Theme) -> None:
        self.updateGeometry()
        self._show()


def _examined(progress: Progress, sampled: Callable[[], SampledNetwork]) -> tuple[Finding, ...]:
    """In the picture thread."""
    run = progress.run
    evidence = Evidence(
        experiment=progress.experiment or run.experiment,
        parts=run.parts,
        record=run.record,
        snapshot=progress.snapshot,
        sampled=sampled(),
        diverged=progress.diverged,
    )
    return diagnose(evidence)
