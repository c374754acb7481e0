"""The gradients: how long each layer's gradient is at every step, and in words how the first compares to the last."""

import math
from collections.abc import Iterator, Sequence

import numpy as np
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.export import Table
from gui.gradient_plot import GradientPlot
from gui.live_label import LiveLabel
from gui.panel import Export, Panel
from gui.run import Progress, Run
from gui.selection import CurvePoint
from gui.session import Session
from gui.shown_epochs import ShownEpochs
from gui.theme import GRID, current_theme, theme_switch
from model.diagnosis.gradient_flow import FAR_APART
from model.epochs import Epochs
from model.record import Record
from model.record_curves import GradientNorms
from model.thinning import Follower

POINTS = 1024  # blocks of all curves together: many layers are drawn coarser, since each costs a curve


class GradientPanel(Panel):
    """Each layer's gradient norm over the steps of the run."""

    def __init__(self, session: Session, pictures: object = None, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setObjectName("gradient panel")
        self.setAccessibleName(self.tr("Gradients"))
        self.setToolTip(
            "<p>"
            + self.tr(
                "The norm of a layer's gradient says how strongly the loss reacts to its weights. Where the first "
                "layers lie far below the last, the gradient vanishes on its way back and they hardly learn."
            )
            + "</p>"
        )
        self.plot = GradientPlot()
        self.sentence = LiveLabel(small=True, wrap_lines=2)
        self.sentence.setAccessibleName(self.tr("First layer's gradient compared to the last's"))
        self._run: Run | None = None
        self._progress: Progress | None = None
        self._norms: Follower | None = None
        self._epochs = ShownEpochs()
        self._alarming = False
        column = QVBoxLayout(self)
        # A strip of its own: what children cover does not count as seen (`is_seen`).
        column.setContentsMargins(0, 0, 0, GRID // 2)
        column.setSpacing(0)
        column.addWidget(self.plot, 1)
        row = QHBoxLayout()
        row.setContentsMargins(GRID, 0, GRID, 0)
        row.addWidget(self.sentence)
        column.addLayout(row)
        self.plot.export_rows = self.rows
        self._looked = QTimer(self)
        self._looked.setSingleShot(True)
        self._looked.timeout.connect(self._show)
        self.plot.view.sigXRangeChanged.connect(self._look)
        self.plot.log_changed.connect(self._show)
        self.plot.point_chosen.connect(self._select)
        session.playing_changed.connect(self.plot.set_animating)
        self.plot.set_animating(session.playing)
        theme_switch().changed.connect(self._restyle)
        self._restyle()
        self._say()

    def begin(self, run: Run) -> None:
        source = GradientNorms(run.record)
        self._run, self._progress = run, None
        self._norms = Follower(source, max(64, POINTS // max(1, source.curves) // 2 * 2))
        self.plot.show_layers(source.curves)
        self.plot.view_all()
        self._say()

    def draw(self, progress: Progress) -> None:
        self._progress = progress
        self._show()
        if self.may_write():
            self._say()

    def exports(self) -> list[Export]:
        """The plot, as a picture or as the norms of every step."""
        return [(self.tr("Gradient norms"), self.plot, self.rows)]

    def rows(self) -> Table:
        """Every step with nothing left out."""
        if self._run is None:
            return ("step",), ()
        record = self._run.record
        header = ("step", "epoch", *(f"layer_{i + 1}" for i in range(len(record.layers))))
        return header, _rows(record, self._epochs.at(self._progress)) if self._progress is not None else ()

    def _show(self) -> None:
        if self._progress is not None and self._norms is not None:
            self._norms.look_at(self.plot.seen())
            shown = self._progress.snapshot.step
            furthest = max(shown, self._progress.furthest)
            self.plot.epochs = self._epochs.at(self._progress).done
            self.plot.show_run(*self._norms.points(), furthest)
            self.plot.mark_step(shown if shown < furthest else None)

    def _select(self, name: str, step: int, value: float) -> None:
        curve = self.tr("gradient norm of {layer}").format(layer=self.plot.titles[name])
        self.session.selection.select(CurvePoint(curve, step, value, f"gradient {int(name) + 1}"))

    def _look(self) -> None:
        if self.plot.held and not self._looked.isActive():
            self._looked.start(0)

    def _say(self) -> None:
        text, alarming = self.tr("Run a step, and the norm of each layer's gradient appears here."), False
        if self._progress is not None and self._progress.snapshot.step:
            text, alarming = self._comparison(norms_of(self._progress))
        self.sentence.setText(text)
        if alarming != self._alarming:
            self._alarming = alarming
            self._restyle()

    def _comparison(self, norms: Sequence[float]) -> tuple[str, bool]:
        """The first layer and the last in words; and whether this is alarming."""
        first, last = norms[0], norms[-1]
        if not all(map(math.isfinite, (first, last))):
            return self.tr("The gradient is no finite number any more."), True
        if len(norms) == 1:
            return self.tr("The only layer: {norm:.2g}").format(norm=last), False
        both = self.tr("First layer {first:.2g}, last layer {last:.2g}").format(first=first, last=last)
        if first == 0:
            return self.tr("{both}: no gradient reaches the first layer").format(both=both), True
        if last == 0:
            return both, False
        ratio = first / last
        text = self.tr("{both}: ratio {ratio}").format(both=both, ratio=ratio_text(ratio))
        if ratio < 1 / FAR_APART:
            return self.tr("{sentence} (vanishing)").format(sentence=text), True
        if ratio > FAR_APART:
            return self.tr("{sentence} (exploding)").format(sentence=text), True
        return text, False

    def _restyle(self) -> None:
        theme = current_theme()
        color = theme.warning if self._alarming else theme.text
        self.sentence.set_color(color)


def norms_of(progress: Progress) -> list[float]:
    """The norm of each learning layer's gradient at the step just done."""
    layout, gradient = progress.run.layout, progress.snapshot.gradient
    with np.errstate(over="ignore"):
        return [float(np.linalg.norm(gradient[layout.blocks[layer]])) for layer in layout.learning_layers]


def ratio_text(ratio: float) -> str:
    """A ratio as it is read aloud, to three digits: 2.5, 1/1.3, 1/12,800."""
    if ratio >= 1:
        return _plain(ratio)
    return f"1/{_plain(1 / ratio)}"


def _plain(number: float) -> str:
    rounded = float(f"{number:.3g}")
    return f"{rounded:,.10g}" if rounded < 1e8 else f"{rounded:.2g}"


def _rows(record: Record, epochs: Epochs) -> Iterator[Sequence[object]]:
    for step, norms in enumerate(record.gradient_norms().tolist(), start=1):
        yield step, epochs.done(step), *norms
