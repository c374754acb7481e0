"""The output panel: what the network says about its data, and how well it does."""

from typing import Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.adapting import adapted
from gui.output_views.curve_view import CurveView
from gui.output_views.draft import copied
from gui.output_views.output_view import OutputView, is_unit_of
from gui.output_views.own_points_button import OwnPointsButton
from gui.output_views.part_rows import PartRows
from gui.output_views.plane_view import PlaneView
from gui.output_views.regression_view import RegressionView
from gui.output_views.samples_view import SamplesView
from gui.panel import Export, Panel
from gui.picture_worker import PictureWorker
from gui.run import Progress, Run
from gui.selection import Unit
from gui.session import Session
from gui.theme import GRID, Theme, current_theme, font, theme_switch
from gui.unit_name import unit_name
from gui.words import words
from model.data import Parts
from model.datasets.points import Points
from model.experiment import Experiment
from model.experiment_file import ExperimentError, checked
from model.pictures import Pictures


class OutputPanel(Panel):
    """Decision regions, a fitted curve or surface, or a confusion matrix; a hovered neuron instead while it lasts."""

    asks_for_pictures = True

    def __init__(self, session: Session, pictures: PictureWorker, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setObjectName("output")
        self.setAccessibleName(self.tr("Output"))
        self._worker = pictures
        self._run: Run | None = None
        self._pictures: Pictures | None = None
        self._progress: Progress | None = None
        self._unit: Unit | None = None
        self.view: OutputView | None = None
        self.caption = QLabel()
        self.own_points = OwnPointsButton()
        self.rows = PartRows()
        self.rows.chosen.connect(self._show_parts)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        self._column.setSpacing(GRID // 2)
        self._column.addWidget(self.rows)
        self._header = QWidget()
        header = QHBoxLayout(self._header)
        header.setContentsMargins(0, 0, 0, 0)
        header.addWidget(self.caption, 1)
        header.addWidget(self.own_points)
        self._column.addWidget(self._header)
        self._listen_to_painting()
        session.playing_changed.connect(self._animate)
        session.selection.unit_hovered.connect(self._hover)
        theme_switch().changed.connect(self._restyle)
        self._restyle(current_theme())

    def begin(self, run: Run) -> None:
        self._run, self._progress = run, None
        self._pictures = Pictures(run.experiment, run.parts)
        view = self._view_for(run.parts)
        self.rows.begin(run.parts, one=view.one_part)
        view.begin(run, self._pictures)
        view.show_parts(self.rows.parts())
        self._unit = None
        self._write_caption()
        self._show_experiment(self.session.experiment)

    def draw(self, progress: Progress) -> None:
        self._progress = progress
        if self.may_write():
            self._write_scores(progress)
        self._ask()

    def _write_scores(self, progress: Progress) -> None:
        """The last evaluation of the parameters shown: a diverged run goes back, and what it measured last is gone."""
        for evaluation in reversed(progress.run.record.evaluations):
            if evaluation.step <= progress.snapshot.step:
                self.rows.write(evaluation, progress.run.parts)
                self.rows.say_when(evaluation.step, progress.snapshot.step)
                break

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask()  # a neuron may have been hovered, or left, while nobody could see

    def exports(self) -> list[Export]:
        """What File > Export offers: a name, the widget, the table behind it."""
        return self.view.exports() if self.view is not None else []

    def _view_for(self, parts: Parts) -> OutputView:
        """The view for this kind of data; the one there is, where it fits."""
        assert self._pictures is not None
        regression = self._pictures.regression
        variables = len(parts.plane or ())
        kind: type[OutputView] = RegressionView if regression else SamplesView
        if variables == 2 or (variables == 1 and regression):
            kind = PlaneView if variables == 2 else CurveView
        if self.view is not None and isinstance(self.view, kind):
            return self.view
        if self.view is not None:
            self._column.removeWidget(self.view)
            self.view.close()
            self.view.deleteLater()
        self.view = made = kind()
        made.stale.connect(self._ask)
        made.mistakes_wanted.connect(self.session.selection.mistakes_wanted)
        self._header.show()
        if isinstance(made, PlaneView):
            made.painter.proposed.connect(self._take_points)
            made.painting_changed.connect(lambda painting: self._header.setVisible(not painting))
        self._column.addWidget(made, 1)
        return made

    def _ask(self) -> None:
        """Ask for the picture of the newest progress."""
        if self._progress is None or self.view is None:
            return
        run, numbers = self._progress.run, self._progress.snapshot.numbers
        compute = self.view.request(self._unit)
        self._worker.request(self, lambda: compute(numbers), lambda answer: self._accept(run, answer))

    def _accept(self, run: Run, answer: Any) -> None:
        if run is self._run and self.view is not None:
            self.view.accept(answer)

    def _hover(self, unit: Unit | None) -> None:
        if self._pictures is not None:
            self._unit = unit if is_unit_of(self._pictures, unit) else None
            self._write_caption()
            if self.is_seen():
                self._ask()

    # Own points

    def _listen_to_painting(self) -> None:
        self.own_points.hide()
        self.own_points.began.connect(self._paint)
        self.own_points.copied.connect(self._copy_points)
        self.own_points.emptied.connect(lambda: self._paint(empty=True))
        self.session.selection.painting_wanted.connect(self._want_painting)
        self.session.experiment_changed.connect(self._show_experiment)

    def _show_experiment(self, experiment: Experiment) -> None:
        """The data may be others, by whatever way."""
        dataset = experiment.data.dataset
        plane = isinstance(self.view, PlaneView)
        self.own_points.show_dataset(dataset if plane else None)
        if isinstance(self.view, PlaneView):
            self.view.painter.take(dataset)

    def _paint(self, *, empty: bool = False) -> None:
        if isinstance(self.view, PlaneView):
            self.view.paint_points(self.session.experiment.data.dataset, empty=empty)

    def _want_painting(self) -> None:
        if isinstance(self.view, PlaneView) and not self.view.painter.open:
            self.own_points.click()

    def _copy_points(self) -> None:
        data = self.session.experiment.data
        label = self.tr("own points from {name}").format(name=words(data.dataset.label))
        if self.session.propose(adapted(self.session.experiment, copied(data.dataset, data.seed)), label):
            self._paint()

    def _take_points(self, points: Points, words_for_undo: str) -> None:
        """A stroke has ended. What cannot be learnt from yet is said where it was painted, not in a box in the way."""
        proposed = adapted(self.session.experiment, points)
        try:
            checked(proposed)
        except ExperimentError as error:
            assert isinstance(self.view, PlaneView)
            self.view.painter.refuse(words(error.message))
            return
        self.session.propose(proposed, words_for_undo)

    def _animate(self, playing: bool) -> None:
        if self.view is not None:
            self.view.set_animating(playing)

    def _show_parts(self, parts: tuple[str, ...]) -> None:
        if self.view is not None:
            self.view.show_parts(parts)

    def _write_caption(self) -> None:
        if self.view is None or self._run is None or self._pictures is None:
            return
        if self._unit is None:
            self.caption.setText(self.view.title())
        else:
            self.caption.setText(unit_name(self._unit, len(self._pictures.stages), self._run.parts.input_names))

    def _restyle(self, theme: Theme) -> None:
        self.caption.setFont(font(theme.body, bold=True))
