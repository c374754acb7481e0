"""A slider and a box for one declared positive number: equal ways of the slider are equal factors."""

import math

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from gui.hyperparameter_editor import tool_tip
from gui.number_editor import NumberEditor
from gui.theme import GRID
from gui.words import words
from model.hyperparameter import Hyperparameter

A_DECADE = 20  # places of the slider for a factor of 10


class LogSlider(QWidget):
    """Every place on the slider's way is `edited`, and so is what is typed."""

    edited = Signal(object)

    def __init__(self, parameter: Hyperparameter, value: float, parent: QWidget | None = None) -> None:
        """Raises AssertionError where the declared domain is not bounded above 0."""
        super().__init__(parent)
        assert parameter.minimum is not None and parameter.maximum is not None and parameter.minimum > 0
        self.slider, self.box = _Slider(Qt.Orientation.Horizontal), NumberEditor(parameter, value)
        self.slider.setRange(place_of(parameter.minimum), place_of(parameter.maximum))
        self.slider.setPageStep(A_DECADE // 2)
        for each in (self.slider, self.box):
            each.setAccessibleName(words(parameter.label))
            each.setAccessibleDescription(words(parameter.meaning))
            each.setToolTip(tool_tip(parameter))
        self.box.setObjectName(parameter.name)
        self.slider.setObjectName(f"{parameter.name} slider")
        self.setToolTip(self.box.toolTip())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID // 2)
        row.addWidget(self.slider, 1)
        row.addWidget(self.box)
        self._show(value)
        self.slider.valueChanged.connect(self._slid)
        self.box.edited.connect(self._typed)

    def value(self) -> float:
        value = self.box.value()
        assert value is not None
        return value

    def set_value(self, value: float) -> None:
        """Show `value` without a signal."""
        self.box.set_value(value)
        self._show(value)

    def _show(self, value: float) -> None:
        blocked = self.slider.blockSignals(True)
        self.slider.setValue(place_of(value))
        self.slider.blockSignals(blocked)

    def _slid(self, place: int) -> None:
        value = float(f"{10 ** (place / A_DECADE):.2g}")  # 0.032, not 0.0316227766
        if value != self.value():
            self.box.set_value(value)
            self.edited.emit(value)

    def _typed(self, value: float) -> None:
        self._show(value)
        self.edited.emit(value)


def place_of(value: float) -> int:
    """Where `value` lies on the slider."""
    return round(A_DECADE * math.log10(value))


class _Slider(QSlider):
    """Short where there is little room, and a wheel that scrolls past must not move it."""

    def sizeHint(self) -> QSize:
        return QSize(7 * GRID, super().sizeHint().height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
