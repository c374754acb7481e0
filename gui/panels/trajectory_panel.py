"""Optimizers on their way: five racing over a surface with a formula, and the path of the network being trained."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from gui.comparison import comparison_of
from gui.panel import Export, Panel
from gui.path_view import PathView
from gui.picture_worker import PictureWorker
from gui.race_view import RaceView
from gui.run import Progress, Run
from gui.session import Session
from gui.theme import GRID, current_theme, font, theme_switch
from gui.unseen_plot import lay_out
from gui.words import words

RACE, PATH = range(2)


class TrajectoryPanel(Panel):
    """The race and the path, one at a time."""

    def __init__(self, session: Session, pictures: PictureWorker, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setObjectName("trajectory panel")
        self.setAccessibleName(self.tr("Optimizer trajectory"))
        self.race, self.path = RaceView(), PathView(pictures, comparison_of(session))
        self.caption = QLabel()
        self._pages = QStackedWidget()
        self._tabs = QButtonGroup(self)
        self._build()
        session.playing_changed.connect(self.path.plot.set_animating)
        theme_switch().changed.connect(self._restyle)
        self._restyle()
        self._turn(RACE)

    def begin(self, run: Run) -> None:
        self.path.begin(run)

    def follows(self) -> bool:
        return self._pages.currentIndex() == PATH

    def draw(self, progress: Progress) -> None:
        self.path.draw(progress)

    def exports(self) -> list[Export]:
        """The path of the network, and the race once it has begun."""
        found: list[Export] = []
        progress = self.session.progress
        if progress is not None and progress.snapshot.step:
            if self._pages.currentIndex() != PATH:
                self.path.find_now(progress)
                self.path.plot.resize(self._pages.size())
                lay_out(self.path.plot)
            found.append((self.path.plot.accessibleName(), self.path.plot, self.path.rows))
        if self.race.race.steps:
            found.append((self.race.plot.accessibleName(), self.race.plot, self.race.rows))
        return found

    def _turn(self, page: int) -> None:
        self._pages.setCurrentIndex(page)
        surface = self.race.race.surface
        self.caption.setText(surface.formula if page == RACE else self.tr("○ start   ● now"))
        self.caption.setToolTip(
            words(surface.meaning)
            if page == RACE
            else self.tr(
                "Of all flat pictures of the path through the space of all parameters, this one keeps the most of the "
                "movement: its axes are the two principal directions of the path."
            )
        )
        progress = self.session.progress
        if page == PATH and progress is not None:
            self.path.draw(progress)
            self.became_visible.emit()

    def _restyle(self) -> None:
        self.caption.setFont(font(current_theme().small))

    def _build(self) -> None:
        header = QHBoxLayout()
        header.setContentsMargins(GRID, GRID // 2, GRID, 0)
        header.setSpacing(GRID // 2)
        for page, (view, name, tip) in enumerate(
            (
                (self.race, self.tr("Race"), self.tr("Five optimizers on one surface, from one start")),
                (self.path, self.tr("This network"), self.tr("The way of the network through its parameters")),
            )
        ):
            self._pages.addWidget(view)
            tab = QToolButton()
            tab.setText(name)
            tab.setAccessibleName(name)
            tab.setToolTip(tip)
            tab.setCheckable(True)
            tab.setAutoRaise(True)
            tab.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._tabs.addButton(tab, page)
            header.addWidget(tab)
        self._tabs.button(RACE).setChecked(True)
        self._tabs.idClicked.connect(self._turn)
        header.addStretch()
        header.addWidget(self.caption)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(header)
        column.addWidget(self._pages, 1)
