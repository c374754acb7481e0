"""The activation panel: the functions side by side, and where on them the neurons of a layer are at work."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from gui.activation_plot import ActivationPlot, activation_color
from gui.live_label import LiveLabel
from gui.panel import Export, Panel
from gui.picture_worker import PictureWorker
from gui.round_limit import steady
from gui.run import Progress, Run
from gui.selection import Unit
from gui.session import Session
from gui.theme import GRID, Theme, current_theme, font, theme_switch
from gui.words import words
from model.arrays import Vector
from model.column_names import column_name
from model.distribution import reach, shares
from model.layers import ACTIVATIONS, Activation, Identity, LayerSpec, Softmax
from model.losses import SoftmaxCrossEntropy
from model.message import Message
from model.pictures import Pictures
from model.saturation import in_words, saturation

BINS = 48
NEAREST, FARTHEST = 6.0, 1e6  # z is drawn at least and at most this far; a sigmoid is flat at 6


@dataclass(frozen=True, eq=False)
class Spread:
    """Where the pre-activations of a column lie, and the sentence about it."""

    column: int
    limit: float
    shares: Vector
    sentence: Message


LAYER_LETTERS = 14  # of a layer's name at least can be read: "Hidden 3: 100 "


class ActivationPanel(Panel):
    """Functions to compare on the right, the layer whose pre-activations are shown above."""

    asks_for_pictures = True

    def __init__(self, session: Session, pictures: PictureWorker, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setObjectName("activation")
        self.setAccessibleName(self.tr("Activation functions"))
        self._worker = pictures
        self._run: Run | None = None
        self._pictures: Pictures | None = None
        self._progress: Progress | None = None
        self._limits: dict[int, float] = {}  # how far z of each column was drawn last; of the picture thread
        self._of_layer: type[Activation] | None = None  # ticked because the layer has it, not by the person
        self.plot = ActivationPlot()
        self.sentence = LiveLabel(small=True, wrap_lines=2)
        self.sentence.setToolTip(
            self.tr(
                "<p>Saturated: the slope f′ at this output is under 1 % of the steepest slope of f, so hardly any "
                "gradient comes through. Dead: the slope is exactly 0 for every training sample looked at (at most "
                "500), so the unit cannot learn any more.</p>"
            )
        )
        self.layer = QComboBox()
        self.layer.setAccessibleName(self.tr("Layer"))
        self.layer.setMinimumContentsLength(LAYER_LETTERS)
        self.layer.setToolTip(
            self.tr("<p>The layer whose pre-activations z are shown as bars: what its neurons add up before f.</p>")
        )
        self.layer.activated.connect(self._choose_layer)
        self.boxes = {kind: self._box(kind) for kind in ACTIVATIONS}
        self._lay_out()
        session.selection.unit_selected.connect(self._follow)
        theme_switch().changed.connect(self._restyle)
        self._restyle(current_theme())

    def begin(self, run: Run) -> None:
        before = self._pictures.stages if self._pictures is not None else ()
        self._run, self._progress = run, None
        self._pictures, self._limits = Pictures(run.experiment, run.parts), {}
        stages = self._pictures.stages
        kept = self.layer.currentIndex() if len(stages) == len(before) else max(0, len(stages) - 2)
        labels = [self._label(column) for column in range(len(stages))]
        if labels != [self.layer.itemText(i) for i in range(self.layer.count())]:
            self.layer.clear()
            self.layer.addItems(labels)
        self.layer.setCurrentIndex(kept)
        self._show_layer()

    def draw(self, progress: Progress) -> None:
        self._progress = progress
        self._ask()

    def exports(self) -> list[Export]:
        return [(self.plot.accessibleName(), self.plot, self.plot.export_rows)]

    def _ask(self) -> None:
        """Ask for the spread at the newest progress."""
        pictures, progress = self._pictures, self._progress
        if pictures is None or progress is None:
            return
        column, numbers, run = self.layer.currentIndex(), progress.snapshot.numbers, progress.run
        compute = partial(spread, pictures, numbers, column, self._limits)
        self._worker.request(self, compute, partial(self._accept, run))

    def _accept(self, run: Run, found: Spread) -> None:
        if run is self._run and found.column == self.layer.currentIndex():
            self.plot.set_limit(found.limit)
            self.plot.set_shares(found.shares)
            self.sentence.setText(words(found.sentence))

    def _follow(self, unit: Unit | None) -> None:
        """A neuron was selected in the diagram: show its layer."""
        if unit is not None and 0 <= unit.stage < self.layer.count():
            self.layer.setCurrentIndex(unit.stage)
            self._choose_layer()

    def _choose_layer(self) -> None:
        self._show_layer()
        self._ask()

    def _show_layer(self) -> None:
        """Tick the activation of the layer, and untick the one that was ticked for the layer before."""
        spec = self._spec(self.layer.currentIndex())
        kind = type(spec) if isinstance(spec, Activation) else None
        if kind is not self._of_layer:
            if self._of_layer is not None:
                self.boxes[self._of_layer].setChecked(False)
            # One that the person has ticked stays when the layer goes.
            self._of_layer = kind if kind is not None and not self.boxes[kind].isChecked() else None
            if kind is not None:
                self.boxes[kind].setChecked(True)
        self._show_curves()

    def _show_curves(self) -> None:
        """The ticked functions; that of the layer with the layer's own constants."""
        own = self._spec(self.layer.currentIndex())
        ticked = [kind for kind, box in self.boxes.items() if box.isChecked()]
        self.plot.show_activations([own if isinstance(own, kind) else kind() for kind in ticked])

    def _tick(self, kind: type[Activation]) -> None:
        if kind is self._of_layer:
            self._of_layer = None  # from now on it is as the person wants it
        self._show_curves()

    def _spec(self, column: int) -> LayerSpec:
        """What stands behind the affine layer of a column; where nothing does, that is the identity."""
        if self._pictures is None or not 0 <= column < len(self._pictures.stages):
            return Identity()
        return self._pictures.activation(column)

    def _label(self, column: int) -> str:
        assert self._pictures is not None
        stages = self._pictures.stages
        name, spec = words(column_name(column, len(stages))), self._spec(column)
        return self.tr("{column}: {units} × {activation}").format(
            column=name, units=stages[column].units, activation=words(spec.label)
        )

    def _box(self, kind: type[Activation]) -> QCheckBox:
        box = QCheckBox(words(kind.label))
        box.setObjectName(str(kind.__struct_config__.tag))
        box.setAccessibleName(words(kind.label))
        box.setToolTip(
            self.tr("<p>{meaning}<br>f(x) = {formula}</p>").format(meaning=words(kind.meaning), formula=kind.formula)
        )
        box.clicked.connect(lambda: self._tick(kind))
        return box

    def _lay_out(self) -> None:
        header = QHBoxLayout()
        header.setSpacing(GRID)
        header.addWidget(self.layer)
        header.addWidget(self.sentence, 1)
        boxes = QVBoxLayout()
        boxes.setSpacing(0)
        for box in self.boxes.values():
            boxes.addWidget(box)
        boxes.addStretch(1)
        body = QHBoxLayout()
        body.setSpacing(GRID)
        body.addWidget(self.plot, 1)
        body.addLayout(boxes)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        column.setSpacing(GRID // 2)
        column.addLayout(header)
        column.addLayout(body, 1)
        self.plot.setMinimumSize(20 * GRID, 12 * GRID)

    def _restyle(self, theme: Theme) -> None:
        small = font(theme.small)
        self.layer.setFont(small)
        for kind, box in self.boxes.items():
            box.setFont(font(theme.small, bold=True))
            box.setStyleSheet(f"color: {activation_color(kind).name()}")


def spread(pictures: Pictures, numbers: Vector, column: int, limits: dict[int, float]) -> Spread:
    """Where the pre-activations of a column lie. Called in the picture thread.

    `limits`: how far z of each column was drawn last; the column's new limit is put there.
    """
    z = pictures.pre_activations(numbers, column)
    spec = pictures.activation(column)
    name = column_name(column, len(pictures.stages))
    counted = saturation(spec, z)
    far = reach(z)
    limit = NEAREST if far <= NEAREST else min(max(steady(limits.get(column), far), NEAREST), FARTHEST)
    limits[column] = limit
    last = column == len(pictures.stages) - 1
    inside_loss = last and isinstance(pictures.experiment.loss, SoftmaxCrossEntropy)
    sentence = in_words(counted, Softmax() if inside_loss else spec, name)
    return Spread(column, limit, shares(z, limit, BINS), sentence)
