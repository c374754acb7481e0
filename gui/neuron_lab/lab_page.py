"""What every page of the lab promises, and how its plane and its column of controls share the room."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from gui.neuron_lab.plane import Plane
from gui.panel import Export
from gui.theme import GRID
from model.arrays import Floats

TABLE_SIDE = 21  # points of an exported plane along each axis


class LabPage(QWidget):
    """One page: planes to drag in, and the numbers beside them."""

    def reset(self) -> None:
        """Everything back to how the page was at first."""
        raise NotImplementedError

    def exports(self) -> list[Export]:
        """What of it can be written to a file."""
        raise NotImplementedError


class PlanePage(LabPage):
    """A page with one plane on the left, as large as half of the page lets it be, and a column on the right."""

    def lay_out(self, plane: Plane, column: QLayout) -> None:
        """Put both in their places; where there is too little room for the column, it scrolls."""
        self._plane = plane
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, GRID // 2)
        row.setSpacing(GRID)
        row.addWidget(plane)
        row.addWidget(scrolled(column), 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        half = (self.width() - GRID) // 2
        self._plane.setFixedWidth(max(min(self._plane.width_for(self.height()), half), self._plane.minimumHeight()))


def scrolled(column: QLayout) -> QScrollArea:
    """The column in a frame that scrolls where it is too small."""
    content, scroll = QWidget(), QScrollArea()
    column.setContentsMargins(0, 0, GRID, 0)
    content.setLayout(column)
    scroll.setWidget(content)
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QScrollArea.Shape.NoFrame)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.viewport().setBackgroundRole(QPalette.ColorRole.Window)
    return scroll


def lattice(low: float, high: float) -> Floats:
    """Points all over a square, for the table behind it: (n, 2)."""
    ticks = np.linspace(low, high, TABLE_SIDE)
    return np.stack(np.meshgrid(ticks, ticks), axis=-1).reshape(-1, 2)


def column_of(*parts: QWidget | QLayout) -> QVBoxLayout:
    """Parts under each other, at the top."""
    column = QVBoxLayout()
    column.setSpacing(GRID)
    for part in parts:
        if isinstance(part, QLayout):
            column.addLayout(part)
        else:
            column.addWidget(part)
    column.addStretch()
    return column
