"""The output for data that is no plane: a confusion matrix and sample predictions; of a neuron, what it does."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from gui.output_views.activation_strip import ActivationStrip
from gui.output_views.confusion_matrix import ConfusionMatrix
from gui.output_views.key import Key
from gui.output_views.map_colors import SOFTENED
from gui.output_views.output_view import OutputView
from gui.output_views.sample_card import is_image
from gui.output_views.sample_gallery import SampleGallery
from gui.output_views.samples_in_turn import SamplesInTurn
from gui.output_views.score_table import ScoreTable
from gui.output_views.weight_image import WeightImage
from gui.panel import Export
from gui.round_limit import steady
from gui.run import Run
from gui.selection import INPUTS, Confused, Unit
from gui.theme import GRID, Theme, current_theme, font, theme_switch
from gui.words import words
from model.arrays import Floats, Indices, Vector
from model.layers import Affine, Convolution
from model.pictures import SAMPLES, Confusion, Pictures, Predictions


@dataclass(frozen=True, eq=False)
class Said:
    """What the network says about a part of the data."""

    part: str
    confusion: Confusion
    predictions: Predictions


@dataclass(frozen=True, eq=False)
class Weights:
    """The weights into a neuron, as an image."""

    unit: Unit
    weights: Floats  # (rows, columns)


@dataclass(frozen=True, eq=False)
class Activations:
    """What a neuron puts out for training samples."""

    unit: Unit
    values: Vector  # (n,)
    classes: Indices  # (n,)


class SamplesView(OutputView):
    """For samples of any shape that belong to classes."""

    one_part = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.matrix, self.scores, self.gallery = ConfusionMatrix(), ScoreTable(), SampleGallery()
        self.weights, self.strip = WeightImage(), ActivationStrip()
        self.mistakes = QCheckBox(self.tr("Mistakes only"))
        self.mistakes.setToolTip(
            self.tr(
                "<p>Among the sample predictions, show only those where the predicted class is not the right one.</p>"
            )
        )
        self.mistakes.toggled.connect(self.gallery.set_mistakes_only)
        self.per_class = QCheckBox(self.tr("Scores per class"))
        self.per_class.setToolTip(
            self.tr(
                "<p>In place of the confusion matrix: of what was taken for a class, the share that is right "
                "(precision); of a class, the share that was found (recall); and their harmonic mean (F1).</p>"
            )
        )
        self.per_class.toggled.connect(self._show_scores)
        self.matrix.mistake_clicked.connect(self._want_mistakes)
        self.scores.hide()
        self._lay_out()
        self._run: Run | None = None
        self._pictures: Pictures | None = None
        self._part = "test"
        self._turns: SamplesInTurn | None = None
        self._animating = False
        self._names: tuple[str, ...] = ()
        self._limits: dict[Unit, float] = {}
        theme_switch().changed.connect(self._restyle)
        self._restyle(current_theme())

    def _lay_out(self) -> None:
        self.answers = QWidget()
        boxes = QHBoxLayout()
        boxes.addWidget(self.mistakes)
        boxes.addStretch()
        boxes.addWidget(self.per_class)
        column = QVBoxLayout(self.answers)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addWidget(self.matrix, 3)
        column.addWidget(self.scores, 3)
        column.addLayout(boxes)
        column.addWidget(self.gallery, 2)
        self._pages = QStackedLayout(self)
        self.key = Key()
        self.weights_page = QWidget()
        column = QVBoxLayout(self.weights_page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addWidget(self.weights, 1)
        column.addWidget(self.key)
        for page in (self.answers, self.weights_page, self.strip):
            self._pages.addWidget(page)

    def begin(self, run: Run, pictures: Pictures) -> None:
        self._run, self._pictures = run, pictures
        self._limits.clear()
        self._turns = None
        self._names = tuple(words(name) for name in run.experiment.data.dataset.class_names)
        self.matrix.set_classes(self._names)
        self.scores.set_classes(self._names)
        self.gallery.begin(self._names, run.experiment.data.dataset.shape)
        self._pages.setCurrentWidget(self.answers)

    def show_parts(self, parts: tuple[str, ...]) -> None:
        if parts and parts[0] != self._part:
            self._part = parts[0]
            self.gallery.begin(self._names, self._run.experiment.data.dataset.shape if self._run else ())
            self.stale.emit()

    def set_animating(self, animating: bool) -> None:
        self._animating = animating
        if not animating:
            self.stale.emit()  # the last picture may have been of several moments

    def title(self) -> str:
        return self.tr("Confusion matrix and samples")

    def request(self, unit: Unit | None) -> Callable[[Vector], Any]:
        pictures, name = self._pictures, self._part
        assert pictures is not None
        if unit is not None:
            return lambda numbers: _of_unit(pictures, numbers, unit)
        part = getattr(pictures.parts, name)
        if self._turns is None or self._turns.part is not part:
            self._turns = SamplesInTurn(pictures, part)
        return partial(_said, name, pictures, self._turns, whole=not self._animating)

    def accept(self, answer: Said | Weights | Activations) -> None:
        if isinstance(answer, Said):
            if answer.part == self._part:
                self.matrix.set_counts(answer.confusion.counts)
                self.scores.set_counts(answer.confusion.counts)
                self.gallery.set_predictions(answer.predictions)
            self._pages.setCurrentWidget(self.answers)
        elif isinstance(answer, Weights):
            limit = self._limit(answer.unit, answer.weights)
            self.weights.set_weights(answer.weights, limit * SOFTENED)
            self.key.set_scale(limit)
            self._pages.setCurrentWidget(self.weights_page)
        else:
            limit = self._limit(answer.unit, answer.values)
            self.strip.set_values(answer.values, answer.classes, self._names, limit)
            self._pages.setCurrentWidget(self.strip)

    def exports(self) -> list[Export]:
        shown = self.scores if self.per_class.isChecked() else self.matrix  # the other has no size
        return [
            (shown.accessibleName(), shown, shown.export_rows),
            (self.gallery.accessibleName(), self.gallery, self.gallery.export_rows),
        ]

    def _want_mistakes(self, right: int, predicted: int) -> None:
        if self._run is not None and is_image(self._run.experiment.data.dataset.shape):
            self.mistakes_wanted.emit(Confused(self._part, right, predicted))

    def _show_scores(self, shown: bool) -> None:
        self.matrix.setVisible(not shown)
        self.scores.setVisible(shown)

    def _restyle(self, theme: Theme) -> None:
        for box in (self.mistakes, self.per_class):
            box.setFont(font(theme.small))

    def _limit(self, unit: Unit, values: Floats) -> float:
        finite = np.abs(values[np.isfinite(values)])
        self._limits[unit] = steady(self._limits.get(unit), float(finite.max()) if finite.size else 1.0)
        return self._limits[unit]


def _said(name: str, pictures: Pictures, turns: SamplesInTurn, numbers: Vector, *, whole: bool) -> Said:
    outputs, part = turns.outputs(numbers, whole=whole), turns.part
    return Said(name, pictures.confusion_of(outputs, part), pictures.predictions_of(outputs[:SAMPLES], part))


def _of_unit(pictures: Pictures, numbers: Vector, unit: Unit) -> Weights | Activations:
    """In the first layer behind an image: its weights, or its filter, as an image. Elsewhere its activations."""
    shape, first = pictures.network.shapes[0], pictures.stages[0].affine
    kind = pictures.experiment.network.layers[first]
    if unit.stage == 0 and is_image(shape) and isinstance(kind, Affine | Convolution):
        weights = pictures.network.layout.view(numbers, first, "weights")
        if isinstance(kind, Convolution):
            return Weights(unit, weights[unit.index, 0])
        return Weights(unit, weights[:, unit.index].reshape(shape)[0])
    train = pictures.parts.train
    if unit.stage == INPUTS:
        inputs = train.inputs[: pictures.samples]
        values = inputs.reshape(len(inputs), -1)[:, unit.index]
    else:
        values = pictures.activations(numbers, unit.stage)[:, unit.index]
    return Activations(unit, values, np.asarray(train.targets[: len(values)]).astype(np.intp))
