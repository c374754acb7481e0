"""The settings of a search: what varies, how values are chosen, how many trials, how much work on each."""

import os
from typing import Annotated, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from gui.flow_layout import FlowLayout
from gui.hyperparameter_editor import Editor, editor
from gui.search_views.space_form import SpaceForm
from gui.text_label import TextLabel
from gui.theme import GRID
from gui.words import words
from model.experiment import Experiment
from model.hyperparameter import Hyperparameter, Spec, hyperparameter, hyperparameters
from model.message import QT_TRANSLATE_NOOP
from model.search.search_spec import DEFAULT_STEPS, SearchSpec

SHARE = 0.2  # that is kept for validation where nothing is


class Workers(Spec, tag=False, frozen=True):
    """How much of this machine the search may take: no part of what it finds."""

    workers: Annotated[
        int,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "processes"),
            QT_TRANSLATE_NOOP(
                "model", "How many trials are trained at the same time, each on a core of its own, at low priority."
            ),
            at_least=1,
            at_most=256,
        ),
    ] = 1


class SettingsPage(QScrollArea):
    """Everything that is chosen before a search begins."""

    edited = Signal()
    refused = Signal(str)
    validation_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.space = SpaceForm()
        self.space.edited.connect(self.edited)
        self.space.refused.connect(self.refused)
        self.editors: dict[str, Editor] = {}
        self.keep = QPushButton(self.tr("Keep {share:.0f} % for validation").format(share=100 * SHARE))
        self.no_validation = TextLabel(
            self.tr("A search chooses by the validation part, and this experiment keeps no sample for it."), "warning"
        )
        self._steps_set = False
        self._build()

    def show_experiment(self, experiment: Experiment) -> None:
        """What may vary in it, and whether it can be judged."""
        self.space.show_experiment(experiment)
        missing = experiment.data.validation == 0
        self.no_validation.setVisible(missing)
        self.keep.setVisible(missing)
        if not self._steps_set:
            self.editors["steps"].set_value(experiment.stop.step or DEFAULT_STEPS)  # pyright: ignore[reportArgumentType]

    def spec(self, experiment: Experiment) -> SearchSpec:
        """The search of `experiment` as it is set here."""
        chosen: dict[str, Any] = {name: each.value() for name, each in self.editors.items() if name != "workers"}
        return SearchSpec(experiment=experiment, axes=self.space.axes(), **chosen)

    @property
    def workers(self) -> int:
        return int(self.editors["workers"].value() or 1)

    def set_busy(self, busy: bool) -> None:
        """While a search runs its settings stand still."""
        self._inside.setEnabled(not busy)

    def _build(self) -> None:
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what has the focus inside is brought into view
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(GRID, GRID // 2, GRID, GRID)
        column.setSpacing(GRID)
        self.no_validation.setWordWrap(True)
        self.keep.setToolTip(
            self.tr("<p>Takes this share of the samples away from training, to compare trials by: a new run</p>")
        )
        self.keep.clicked.connect(self.validation_wanted)
        row = FlowLayout()
        row.addWidget(self.keep)
        column.addWidget(self.no_validation)
        column.addLayout(row)
        promise = TextLabel(
            self.tr(
                "Trials learn from the training part and are compared by the validation part. The test part is never "
                "seen by the search; the winner is measured on it once."
            ),
            "muted",
        )
        promise.setWordWrap(True)
        column.addWidget(promise)
        column.addWidget(TextLabel(self.tr("What varies"), "heading"))
        column.addWidget(self.space)
        column.addWidget(TextLabel(self.tr("How it is searched"), "heading"))
        column.addLayout(self._rows())
        column.addStretch()
        self.setWidget(self._inside)

    def _rows(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(GRID // 2)
        declared: list[Hyperparameter] = [*hyperparameters(SearchSpec), *hyperparameters(Workers)]
        for number, each in enumerate(declared):
            value = (os.cpu_count() or 1) if each.name == "workers" else each.default
            made = editor(each, value)
            made.edited.connect(self.edited)
            made.refused.connect(self.refused)
            label = QLabel(words(each.label))
            label.setToolTip(made.toolTip())
            label.setBuddy(made)
            grid.addWidget(label, number, 0)
            grid.addWidget(made, number, 1)
            self.editors[each.name] = made
        self.editors["steps"].edited.connect(self._set_steps)
        grid.setColumnStretch(1, 1)
        return grid

    def _set_steps(self) -> None:
        self._steps_set = True
