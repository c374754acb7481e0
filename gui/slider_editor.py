"""A slider and a box for the same declared number: rough with the pointer, exact with the keyboard."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from gui.hyperparameter_editor import tool_tip
from gui.number_editor import NumberEditor
from gui.theme import GRID
from gui.words import words
from model.hyperparameter import Hyperparameter

STEPS = 100  # of the slider, over the whole domain


class SliderEditor(QWidget):
    """Edits a number whose domain has two ends. It has the signals and methods of every editor.

    While the slider is dragged every place on its way is `edited`; `merge` names the drag, so that one drag can be one
    step to undo, and so for the steps of the box. It is empty for an edit that stands alone.
    """

    edited = Signal(object)
    refused = Signal(str)

    def __init__(self, parameter: Hyperparameter, value: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        assert parameter.minimum is not None
        assert parameter.maximum is not None
        self.merge = ""
        self._drags = 0
        self._low, self._step = parameter.minimum, (parameter.maximum - parameter.minimum) / STEPS
        self.slider = _Slider(Qt.Orientation.Horizontal, self)
        self.slider.setRange(0, STEPS)
        self.slider.setPageStep(STEPS // 10)
        self.box = NumberEditor(parameter, value, self)
        for each in (self.slider, self.box):
            each.setAccessibleName(words(parameter.label))
            each.setAccessibleDescription(words(parameter.meaning))
            each.setToolTip(tool_tip(parameter))
        self.box.setObjectName(parameter.name)
        self.slider.setObjectName(f"{parameter.name} slider")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self.slider, 1)
        row.addWidget(self.box)  # whoever places it elsewhere takes it out of here
        self.setFocusProxy(self.box)
        self.set_value(value)
        self.box.edited.connect(self._typed)
        self.box.refused.connect(self.refused)
        self.slider.sliderPressed.connect(self._pressed)
        self.slider.valueChanged.connect(self._slid)

    def value(self) -> float:
        value = self.box.value()
        assert value is not None
        return value

    def set_value(self, value: float) -> None:
        """Show `value` without a signal."""
        if self.box.value() != value:
            self.box.set_value(value)
        blocked = self.slider.blockSignals(True)
        self.slider.setValue(round((value - self._low) / self._step))
        self.slider.blockSignals(blocked)

    def _pressed(self) -> None:
        self._drags += 1

    def _slid(self, place: int) -> None:
        value = float(f"{self._low + place * self._step:.12g}")  # 0.3, not 0.30000000000000004
        if value != self.value():
            self.box.set_value(value)
            self._send(value, f"{self.objectName()} {self._drags}" if self.slider.isSliderDown() else "")

    def _typed(self, value: float) -> None:
        self.set_value(value)
        self._send(value, self.box.merge)

    def _send(self, value: float, merge: str) -> None:
        self.merge = merge
        self.edited.emit(value)


class _Slider(QSlider):
    """A wheel that scrolls past must not move it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
