"""The bar of a walk through one training step: back, on, slow motion, the phases, and whose numbers are shown."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSlider, QSpinBox, QToolButton, QWidget

from gui.phase_track import PhaseTrack
from gui.phase_walk import SPEEDS
from gui.phase_words import phase_name
from gui.session import Session
from gui.theme import GRID, current_theme

LEAST_WITH_SPEED = 40  # times the type size: the width from which there is room for the speed


class PhaseBar(QWidget):
    """Stands in place of the timeline while a person walks through a step."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("phase bar")
        self._walk = session.phases
        self.back = self._button(self.tr("Back"), self.tr("One phase back (Shift+L)"), self._walk.back)
        self.on = self._button(self.tr("Next"), self.tr("The next phase (L)"), self._walk.forward)
        self.play = self._button(
            self.tr("Play"), self.tr("Slow motion: one phase after the other, step after step (M)"), self._walk.toggle
        )
        self.play.setCheckable(True)
        self.track = PhaseTrack()
        self.track.wanted.connect(self._walk.go)
        self.track.walked.connect(lambda direction: self._walk.forward() if direction > 0 else self._walk.back())
        self.done = self._button(self.tr("Done"), self.tr("Leave this step, back to whole steps"), self._walk.leave)
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID // 2, 0, GRID // 2, 0)
        row.setSpacing(GRID // 2)
        for widget in (self.back, self.on, self.play, self._make_speed()):
            row.addWidget(widget)
        row.addWidget(self.track, 1)
        row.addWidget(self._make_sample())
        row.addWidget(self.done)
        self._walk.changed.connect(self._show)
        self._walk.row_changed.connect(self._show)
        self._walk.playing_changed.connect(self.play.setChecked)
        self._show()

    def _make_speed(self) -> QSlider:
        self.speed = QSlider(Qt.Orientation.Horizontal)
        self.speed.setRange(0, len(SPEEDS) - 1)
        self.speed.setPageStep(1)
        self.speed.setValue(self._walk.speed)
        self.speed.setFixedWidth(6 * GRID)
        self.speed.setAccessibleName(self.tr("Speed of the slow motion"))
        self.speed.setToolTip(self.tr("How fast the phases follow each other: Ctrl+. is faster, Ctrl+, slower."))
        self.speed.valueChanged.connect(self._walk.set_speed)
        self._walk.speed_changed.connect(self.speed.setValue)
        return self.speed

    def _make_sample(self) -> QSpinBox:
        """0 is the whole batch, as Qt's spin boxes have it: their lowest value may have words of its own."""
        self.sample = QSpinBox()
        self.sample.setObjectName("sample of the batch")
        self.sample.setAccessibleName(self.tr("Sample of the batch"))
        self.sample.setToolTip(
            self.tr("Whose numbers are shown: one sample of the batch, or the whole batch: its mean, or its sum.")
        )
        self.sample.setSpecialValueText(self.tr("batch"))
        self.sample.setPrefix(self.tr("sample "))
        self.sample.setKeyboardTracking(False)
        self.sample.setWrapping(True)
        self.sample.valueChanged.connect(lambda value: self._walk.show_row(value - 1 if value else None))
        return self.sample

    def _button(self, text: str, tip: str, slot: Callable[[], object]) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleDescription(tip)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda _=False: slot())
        return button

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the phases have it."""
        super().resizeEvent(event)
        self.speed.setVisible(self.width() >= LEAST_WITH_SPEED * current_theme().body)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._walk.leave()
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def _show(self) -> None:
        step, experiment = self._walk.step, self._walk.experiment
        if step is None or experiment is None:
            return
        layers = experiment.network.layers
        self.track.show_phases(step.phases, [phase_name(phase, layers) for phase in step.phases], self._walk.at)
        self.sample.blockSignals(True)
        self.sample.setRange(0, len(step.batch))
        self.sample.setValue(0 if self._walk.row is None else self._walk.row + 1)
        self.sample.blockSignals(False)
