"""A box for one number: shown in full (0.003, never 0.00), typed freely ("1e-3"), stepped in its declared scale."""

import itertools
import math

from PySide6.QtCore import QCoreApplication, QLocale, Qt, Signal
from PySide6.QtGui import QFocusEvent, QValidator, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QToolTip, QWidget

from gui.words import words
from model.hyperparameter import Hyperparameter

translate = QCoreApplication.translate

Number = float | int | None

# A logarithmic value steps through 1, 2, 5 times a power of ten: 0.001, 0.002, 0.005, 0.01, ...
_MANTISSAS = (1, 2, 5)

# A logarithmic value that may be 0 steps from there to this share of the largest one, and back.
FROM_ZERO = 1e-5

_series = itertools.count(1)  # numbers the visits to all boxes


class NumberEditor(QAbstractSpinBox):
    """Edits one declared number; an entry outside its domain is refused with a sentence and the old value stays.

    `merge` is a name that the steps made during one visit to the box share, so that they can be one step to undo. It
    is empty for a number that was typed.
    """

    edited = Signal(object)  # the new value: the person pressed Enter, left the box or stepped
    refused = Signal(str)  # why an entry was not taken

    def __init__(self, parameter: Hyperparameter, value: Number, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parameter = parameter
        self._value = value
        self.merge = ""
        self._visit = next(_series)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # a wheel that scrolls past must not pick it up
        if parameter.optional:
            self.setSpecialValueText(translate("NumberEditor", "none"))
            self.lineEdit().setPlaceholderText(translate("NumberEditor", "none"))
        self.lineEdit().setAlignment(Qt.AlignmentFlag.AlignRight)
        self.set_value(value)
        self.editingFinished.connect(self._commit)

    def value(self) -> Number:
        return self._value

    def set_value(self, value: Number) -> None:
        """Show `value` without a signal."""
        self._value = value
        self.lineEdit().setText(as_text(value))
        self.lineEdit().setCursorPosition(0)

    # What QAbstractSpinBox asks of a kind of spin box.

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        flags = QAbstractSpinBox.StepEnabledFlag.StepNone
        if self._value is None or self.isReadOnly():
            return flags
        if allowed(self._parameter, stepped(self._parameter, self._value, +1)):
            flags |= QAbstractSpinBox.StepEnabledFlag.StepUpEnabled
        if allowed(self._parameter, stepped(self._parameter, self._value, -1)):
            flags |= QAbstractSpinBox.StepEnabledFlag.StepDownEnabled
        return flags

    def stepBy(self, steps: int) -> None:
        self._commit()  # what is typed and not yet taken is where the step starts
        for _ in range(abs(steps)):
            if self._value is not None:
                value = stepped(self._parameter, self._value, 1 if steps > 0 else -1)
                if allowed(self._parameter, value):
                    self._take(value, merge=f"steps {self._visit}")

    def validate(self, text: str, position: int) -> object:
        # Every text may be typed: "1e-" is on the way to a number. What was typed is judged when it is committed.
        return QValidator.State.Acceptable, text, position

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._visit = next(_series)

    def _commit(self) -> None:
        text = self.lineEdit().text().strip()
        if text == as_text(self._value):
            return
        value = parsed(self._parameter, text)
        if value is None and not (self._parameter.optional and text in ("", translate("NumberEditor", "none"))):
            if self._parameter.kind is int:
                sentence = translate("NumberEditor", "{label}: “{text}” is not a whole number; {old} stays.")
            else:
                sentence = translate("NumberEditor", "{label}: “{text}” is not a number; {old} stays.")
            self._refuse(sentence, text)
        elif value is not None and not allowed(self._parameter, value):
            self._refuse(
                translate("NumberEditor", "{label} must be {domain}: {text} was not taken, {old} stays."), text
            )
        elif value == self._value:
            self.set_value(self._value)
        else:
            self._take(value)

    def _take(self, value: Number, merge: str = "") -> None:
        self.merge = merge
        self.set_value(value)
        self.edited.emit(value)

    def _refuse(self, source: str, text: str) -> None:
        sentence = source.format(
            label=words(self._parameter.label),
            domain=domain(self._parameter),
            text=text,
            old=as_text(self._value) or translate("NumberEditor", "none"),
        )
        self.set_value(self._value)
        QToolTip.showText(self.mapToGlobal(self.rect().bottomLeft()), sentence, self)
        self.refused.emit(sentence)


def as_text(value: Number) -> str:
    """The shortest text that reads back as the same number: 0.003, 400, 1e-7."""
    if value is None:
        return ""
    if isinstance(value, int):
        return str(value)
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(value).replace("e-0", "e-").replace("e+0", "e").replace("e+", "e")


def parsed(parameter: Hyperparameter, text: str) -> Number:
    """The number that `text` says, with a point or with the comma of the person's language; None where it says none."""
    if "," in text and QLocale().decimalPoint() == ",":
        text = text.replace(",", ".")
    try:
        value = float(text)
    except ValueError:
        return None
    if not math.isfinite(value):
        return None
    if parameter.kind is int:
        return int(value) if value.is_integer() else None
    return value


def allowed(parameter: Hyperparameter, value: float) -> bool:
    """Whether `value` lies in the declared domain."""
    low, high = parameter.minimum, parameter.maximum
    above = low is None or (value > low if parameter.minimum_excluded else value >= low)
    below = high is None or (value < high if parameter.maximum_excluded else value <= high)
    return above and below


def domain(parameter: Hyperparameter) -> str:
    """The declared domain in words: "above 0 and at most 1,000"; "any number" where nothing bounds it."""
    parts: list[str] = []
    if parameter.minimum is not None:
        source = (
            translate("NumberEditor", "above {limit}")
            if parameter.minimum_excluded
            else translate("NumberEditor", "at least {limit}")
        )
        parts.append(source.format(limit=as_text(parameter.minimum)))
    if parameter.maximum is not None:
        source = (
            translate("NumberEditor", "below {limit}")
            if parameter.maximum_excluded
            else translate("NumberEditor", "at most {limit}")
        )
        parts.append(source.format(limit=as_text(parameter.maximum)))
    if not parts:
        return (
            translate("NumberEditor", "a whole number")
            if parameter.kind is int
            else translate("NumberEditor", "any number")
        )
    return translate("NumberEditor", " and ").join(parts)


def stepped(parameter: Hyperparameter, value: float, direction: int) -> float:
    """The neighbour of `value`, `direction` = +1 or -1: on a grid of equal steps, or of equal factors (1, 2, 5)."""
    least = _least_but_zero(parameter)
    if direction > 0 and 0 <= value < least:
        return least
    if direction < 0 and 0 < value <= least:
        return 0.0
    if parameter.scale == "log" and value > 0:
        return _next_mantissa(parameter, value, direction)
    step = _step(parameter)
    # 0.999 goes down to 0.95 and not to 0.949: the steps lie on a grid. The small number keeps 0.3 / 0.05 at six.
    place = value / step
    index = math.floor(place + 1e-9) + 1 if direction > 0 else math.ceil(place - 1e-9) - 1
    neighbour = float(f"{index * step:.12g}")
    return int(neighbour) if parameter.kind is int else neighbour


def _least_but_zero(parameter: Hyperparameter) -> float:
    """Where the steps of a logarithmic value that may be 0 begin; 0 where it is another one."""
    may_be_zero = parameter.minimum == 0 and not parameter.minimum_excluded and parameter.kind is float
    if parameter.scale != "log" or not may_be_zero or parameter.maximum is None:
        return 0.0
    return float(f"{parameter.maximum * FROM_ZERO:.12g}")


def _next_mantissa(parameter: Hyperparameter, value: float, direction: int) -> float:
    exponent = math.floor(math.log10(value))
    grid = [float(f"{m}e{e}") for e in range(exponent - 1, exponent + 2) for m in _MANTISSAS]
    if parameter.kind is int:
        grid = [g for g in grid if g >= 1]
        further = [g for g in grid if (g > value if direction > 0 else g < value)] or [value + direction]
        return int(min(further) if direction > 0 else max(further))
    return min(g for g in grid if g > value) if direction > 0 else max(g for g in grid if g < value)


def _step(parameter: Hyperparameter) -> float:
    if parameter.kind is int:
        return 1
    if parameter.minimum is None or parameter.maximum is None:
        return 0.1
    width = (parameter.maximum - parameter.minimum) / 20
    exponent = math.floor(math.log10(width))
    return max(float(f"{m}e{exponent}") for m in _MANTISSAS if float(f"{m}e{exponent}") <= width * (1 + 1e-9))
