"""The race of the optimizers: play, step, reset; who takes part, with which constants, from where."""

import math

import msgspec
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.export import Table
from gui.optimizer_popup import OptimizerPopup
from gui.palette import curve_color
from gui.plot_line import Line
from gui.point_editor import PointEditor
from gui.race_plot import RacePlot, dash
from gui.theme import GRID, current_theme, font, theme_switch
from gui.words import words
from model.landscape import DEFAULT_RACE, DEFAULT_START, DEFAULT_STEPS, SURFACES, Race
from model.optimizers import Optimizer

INTERVAL = 100  # ms a step: slow enough to follow each of them
LONGEST_REDO = 300  # steps that are done again when a constant or the start is changed
START_WIDTH = 72  # px


class RaceView(QWidget):
    """The plot with its controls. Whatever is changed, the race is run again up to the step where it stands."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("race view")
        self.race = Race(DEFAULT_RACE, SURFACES[0], DEFAULT_START)
        self.plot = RacePlot(self.race.surface)
        self.plot.export_rows = self.rows
        self.plot.start_chosen.connect(self._take_start)
        self.lines: list[Line] = []
        self.boxes: list[QCheckBox] = []
        self.heights: list[QLabel] = []
        self.editors: list[QToolButton] = []
        self._stop_at: float = DEFAULT_STEPS
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL)
        self._timer.timeout.connect(self._tick)
        self.play, self.one, self.again = (QToolButton() for _ in range(3))
        self.position, self.start_label, self.start = QLabel(), QLabel(), PointEditor(self.race.start)
        self._build()
        theme_switch().changed.connect(self._restyle)
        self._restyle()
        self._show()

    @property
    def playing(self) -> bool:
        return self._timer.isActive()

    def toggle(self) -> None:
        """Play or pause. It pauses by itself at the standard number of steps, and goes on at the next press."""
        if self.playing:
            self._timer.stop()
        else:
            self._stop_at = DEFAULT_STEPS if self.race.steps < DEFAULT_STEPS else math.inf
            self._timer.start()
        self._show_playing()

    def step(self) -> None:
        self._timer.stop()
        self.race.step()
        self._show()

    def reset(self) -> None:
        """Everyone back to the start."""
        self._timer.stop()
        self.race.reset()
        self._show()

    def rows(self) -> Table:
        """Where each optimizer that takes part was at each step, and how high."""
        rows = (
            (words(optimizer.label), step, x, y, height)
            for box, optimizer, path, heights in zip(
                self.boxes, self.race.optimizers, self.race.paths, self.race.losses, strict=True
            )
            if box.isChecked()
            for step, ((x, y), height) in enumerate(zip(path.tolist(), heights.tolist(), strict=True))
        )
        return ("optimizer", "step", "x", "y", "f"), rows

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()  # nobody looks
        self._show_playing()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Space is the main window's; Enter presses the button that has the focus.
        focused = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, QAbstractButton):
            focused.click()
        else:
            super().keyPressEvent(event)

    def _tick(self) -> None:
        self.race.step()
        if self.race.steps >= self._stop_at:
            self._timer.stop()
        self._show()

    def _redo(self, start: tuple[float, float] | None = None, optimizers: tuple[Optimizer, ...] | None = None) -> None:
        steps = min(self.race.steps, LONGEST_REDO)
        try:
            self.race = Race(optimizers or self.race.optimizers, self.race.surface, start or self.race.start)
        except ValueError:  # so far out that the height is no number
            return
        for _ in range(steps):
            self.race.step()
        self._show()

    def _take_start(self, x: float, y: float) -> None:
        self._redo(start=(float(f"{x:.3g}"), float(f"{y:.3g}")))

    def _show(self) -> None:
        self.plot.show_race(self.race, self.lines)
        for label, runner in zip(self.heights, self.race.runners, strict=True):
            label.setText(self.tr("diverged") if runner.diverged else f"{runner.losses[-1]:.2g}")
        self.position.setText(self.tr("step {step:,}").format(step=self.race.steps))
        self.start.set_point(self.race.start)
        self._show_playing()

    def _show_playing(self) -> None:
        self.play.setText(self.tr("Pause") if self.playing else self.tr("Play"))
        self.plot.set_animating(self.playing)

    def _edit(self, index: int) -> None:
        popup = OptimizerPopup(self.race.optimizers[index], DEFAULT_RACE[index], self)
        popup.edited.connect(lambda optimizer: self._retune(index, optimizer))
        button = self.editors[index]
        popup.open_at(button.mapToGlobal(button.rect().bottomRight()))

    def _retune(self, index: int, optimizer: Optimizer) -> None:
        changed = list(self.race.optimizers)
        changed[index] = optimizer
        self._redo(optimizers=tuple(changed))

    def _take_part(self, index: int, takes_part: bool) -> None:
        self.lines[index].setVisible(takes_part)
        self.heights[index].setVisible(takes_part)
        self._show()

    def _restyle(self) -> None:
        if self.plot.plotItem is None:  # closed
            return
        for box, line in zip(self.boxes, self.lines, strict=True):
            box.setIcon(dash(line.color))
        buttons = self.play, self.one, self.again
        for widget in (
            *self.boxes,
            *self.heights,
            *self.editors,
            *buttons,
            self.position,
            self.start_label,
            self.start,
        ):
            widget.setFont(font(current_theme().small))
        self._show()

    def _build(self) -> None:
        side = QVBoxLayout()
        side.setSpacing(GRID // 2)
        side.addLayout(self._buttons())
        table = QGridLayout()
        table.setHorizontalSpacing(GRID // 2)
        table.setVerticalSpacing(0)
        table.setColumnStretch(0, 1)
        for row, optimizer in enumerate(self.race.optimizers):
            self._add_row(table, row, optimizer)
        side.addLayout(table)
        side.addLayout(self._start_row())
        side.addStretch()
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, GRID, GRID // 2)
        columns.setSpacing(GRID)
        columns.addWidget(self.plot, 1)
        columns.addLayout(side)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GRID // 2)
        for button, text, tip, slot in (
            (self.play, self.tr("Play"), self.tr("Let the optimizers race, or pause (Enter)"), self.toggle),
            (self.one, self.tr("Step"), self.tr("One step for every optimizer (Enter)"), self.step),
            (self.again, self.tr("Reset"), self.tr("Everyone back to the start (Enter)"), self.reset),
        ):
            button.setText(text)
            button.setAccessibleName(self.tr("{action} the race").format(action=text))
            button.setToolTip(tip)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(slot)
            row.addWidget(button)
        row.addStretch()
        return row

    def _add_row(self, table: QGridLayout, index: int, optimizer: Optimizer) -> None:
        """One optimizer: whether it takes part, its height, its constants."""
        name = words(optimizer.label)
        color = curve_color(msgspec.to_builtins(optimizer)["type"])
        self.lines.append(self.plot.line(name, color, along_x=False))
        box, height, edit = QCheckBox(name), QLabel(), QToolButton()
        box.setChecked(True)
        box.setToolTip(f"<p>{words(optimizer.meaning)}</p>")
        box.clicked.connect(lambda checked: self._take_part(index, checked))
        height.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        height.setToolTip(self.tr("f(x, y) where {optimizer} is now").format(optimizer=name))
        height.setAccessibleName(height.toolTip())
        edit.setText("…")
        edit.setAutoRaise(True)
        edit.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        edit.setToolTip(self.tr("Change the constants of {optimizer}").format(optimizer=name))
        edit.setAccessibleName(edit.toolTip())
        edit.clicked.connect(lambda: self._edit(index))
        self.boxes.append(box)
        self.heights.append(height)
        self.editors.append(edit)
        for column, widget in enumerate((box, height, edit)):
            table.addWidget(widget, index, column)

    def _start_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.start_label.setText(self.tr("start"))
        self.start_label.setBuddy(self.start)
        self.start.setAccessibleName(self.tr("Start of the race"))
        self.start.setToolTip(self.tr("Where all begin: two numbers, or click anywhere in the plot"))
        self.start.edited.connect(self._take_start)
        self.start.setMaximumWidth(START_WIDTH)
        row.addWidget(self.position)
        row.addStretch()
        row.addWidget(self.start_label)
        row.addWidget(self.start)
        return row
