"""A row for each part of the data: whether it is shown, and how the network did on it at the last evaluation."""

import math

import numpy as np
from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QCheckBox, QGridLayout, QRadioButton, QWidget

from gui.live_label import LiveLabel
from gui.output_views.marks import MOST, mark_icon, part_name
from gui.theme import GRID, Theme, current_theme, font, theme_switch
from model.data import Part, Parts
from model.evaluation import MOST_SAMPLES
from model.record import Evaluation
from model.scores import r_squared_from_loss

translate = QCoreApplication.translate

BEYOND_WORDS = 1000  # a fit so many times worse than the mean is bad, to whatever decimal


class PartRows(QWidget):
    """Check boxes where parts are shown on top of each other, radio buttons where one is shown at a time."""

    chosen = Signal(tuple)  # the parts to be shown

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2 * GRID)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, 3)
        self._grid.setColumnStretch(2, 4)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QAbstractButton] = {}
        self._losses: dict[str, LiveLabel] = {}
        self._qualities: dict[str, LiveLabel] = {}
        self._made_for: tuple[object, ...] = ()  # the parts, and whether one can be chosen
        self._unticked: set[str] = set()  # remembered from run to run
        self._one = "test"
        theme_switch().changed.connect(self._restyle)

    def begin(self, parts: Parts, *, one: bool) -> None:
        """Rows for the parts that are not empty; `one`: only one of them can be chosen."""
        sizes = tuple((name, len(part.points)) for name, part in parts.named())
        shape = [name for name, _ in sizes], one
        if shape == self._made_for:
            for name, size in sizes:
                self.buttons[name].setToolTip(_tool_tip(name, size, one))
            return
        self._made_for = shape
        self._clear()
        self._group.setExclusive(one)  # first: an exclusive group unticks all but one
        names = [name for name, _ in sizes]
        if self._one not in names:
            self._one = names[-1]
        for row, (name, size) in enumerate(sizes):
            button = QRadioButton(part_name(name)) if one else QCheckBox(part_name(name))
            button.setObjectName(name)
            button.setAccessibleName(part_name(name))
            button.setChecked(name == self._one if one else name not in self._unticked)
            button.setToolTip(_tool_tip(name, size, one))
            button.clicked.connect(self._choose)
            self._group.addButton(button)
            self.buttons[name] = button
            self._grid.addWidget(button, row, 0)
            for column, labels in ((1, self._losses), (2, self._qualities)):
                label = LiveLabel(small=True)
                labels[name] = label
                self._grid.addWidget(label, row, column)
        self._restyle(current_theme())

    def parts(self) -> tuple[str, ...]:
        """The parts to be shown."""
        return tuple(name for name, button in self.buttons.items() if button.isChecked())

    def write(self, evaluation: Evaluation, parts: Parts) -> None:
        """The numbers of the last evaluation."""
        for name, part in parts.named():
            loss: float | None = getattr(evaluation, f"{name}_loss")
            if name not in self.buttons or loss is None:
                continue
            self._losses[name].setText(translate("PartRows", "loss {loss}").format(loss=f"{loss:.4g}"))
            self._qualities[name].setText(_quality(getattr(evaluation, f"{name}_accuracy"), loss, part))

    def say_when(self, measured: int, shown: int) -> None:
        """Evaluations are made now and then: after `measured` steps, while the picture is of step `shown`."""
        if measured == shown:
            tip = ""
        else:
            sentence = translate(
                "PartRows", "Measured at step {measured:,}, the last evaluation; the picture below is of now."
            )
            tip = f"<p>{sentence.format(measured=measured)}</p>"
        for label in (*self._losses.values(), *self._qualities.values()):
            if label.toolTip() != tip:
                label.setToolTip(tip)

    def _choose(self) -> None:
        if self._group.exclusive():
            self._one = self.parts()[0]
        else:
            self._unticked = {name for name, button in self.buttons.items() if not button.isChecked()}
        self.chosen.emit(self.parts())

    def _clear(self) -> None:
        for each in (*self.buttons.values(), *self._losses.values(), *self._qualities.values()):
            self._grid.removeWidget(each)
            each.hide()
            each.deleteLater()
        for labels in (self.buttons, self._losses, self._qualities):
            labels.clear()

    def _restyle(self, theme: Theme) -> None:
        small = font(theme.small)
        for name, button in self.buttons.items():
            button.setFont(small)
            if isinstance(button, QCheckBox):
                button.setIcon(mark_icon(name, theme))


def _quality(accuracy: float | None, loss: float, part: Part) -> str:
    """The accuracy of a classification, R squared of a regression."""
    if accuracy is not None:
        return translate("PartRows", "accuracy {percent} %").format(percent=f"{100 * accuracy:.1f}")
    explained = (
        r_squared_from_loss(loss, np.asarray(part.targets[:MOST_SAMPLES], float)) if math.isfinite(loss) else math.nan
    )
    if not math.isfinite(explained):
        return ""
    # Of a run that diverges the number has hundreds of digits before its point.
    value = f"{explained:.3f}" if abs(explained) < BEYOND_WORDS else f"{explained:.3g}"
    return translate("PartRows", "R² {value}").format(value=value)


def _tool_tip(name: str, size: int, one: bool) -> str:
    meaning = {
        "train": translate("PartRows", "The samples that the network learns from."),
        "validation": translate("PartRows", "Samples kept for choosing between networks and settings."),
        "test": translate("PartRows", "Samples that the network never learns from: how good is it on new data?"),
    }[name]
    cut = translate("PartRows", "The first {most:,} of them are drawn.").format(most=MOST) if size > MOST else ""
    shown = translate("PartRows", "Show these {size:,} samples.").format(size=size)
    cut = "" if one else cut
    return f"<p>{meaning} {shown} {cut}</p>"
