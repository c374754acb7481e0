"""The speed of a run: a slider from one step a second to as fast as possible."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from gui.live_label import LiveLabel
from gui.theme import GRID
from model.experiment import Experiment

# Each stop of the slider: 1, 2, 5, ... steps a second; None is as fast as possible.
PACES: tuple[int | None, ...] = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, None)


WATCHED_FOR = 25  # s that a starter lasts: long enough to see how it learns


def watchable(experiment: Experiment) -> int | None:
    """The pace at which an experiment lasts about as long as one likes to watch; at most as fast as possible."""
    if experiment.stop.step is None:
        return PACES[1]  # it stops by itself, after a few steps
    slow_enough = [pace for pace in PACES if pace is not None and pace * WATCHED_FOR <= experiment.stop.step]
    return slow_enough[-1] if slow_enough else PACES[0]


class PaceSlider(QWidget):
    """A slider over `PACES` and what it says."""

    changed = Signal(object)  # steps a second, or None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, len(PACES) - 1)
        self.slider.setPageStep(1)
        self.slider.setValue(len(PACES) - 1)
        self.slider.setFixedWidth(8 * GRID)
        self.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.slider.setAccessibleName(self.tr("Speed"))
        tip = self.tr("Speed: from one step a second, slow enough to watch each mini-batch, to as fast as possible.")
        self.slider.setToolTip(f"<p>{tip}</p>")
        self.label = LiveLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self.slider)
        row.addWidget(self.label)
        for pace in PACES:
            self.label.keep_room_for(self._text(pace))
        self.slider.valueChanged.connect(self._moved)
        self._moved()

    @property
    def pace(self) -> int | None:
        return PACES[self.slider.value()]

    def choose(self, pace: int | None) -> None:
        """Take one of `PACES`."""
        self.slider.setValue(PACES.index(pace))

    def faster(self) -> None:
        self.slider.setValue(self.slider.value() + 1)

    def slower(self) -> None:
        self.slider.setValue(self.slider.value() - 1)

    def _moved(self) -> None:
        self.label.setText(self._text(self.pace))
        self.changed.emit(self.pace)

    def _text(self, pace: int | None) -> str:
        if pace is None:
            return self.tr("full speed")
        return self.tr("1 step/s") if pace == 1 else self.tr("{pace:,} steps/s").format(pace=pace)
