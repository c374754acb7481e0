"""The crosshair and the small label that follow the pointer over a plot."""

from collections.abc import Callable
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QGraphicsView, QLabel

from gui.theme import GRID, Theme, font


class Readout:
    """Shows what `text_at(x, y)` says of the point under the pointer, in the view's coordinates; "" hides it."""

    def __init__(self, plot: QGraphicsView, view: Any, text_at: Callable[[float, float], str]) -> None:
        self._plot = plot
        self._view = view  # pyqtgraph's ViewBox, whose methods are made at run time
        self._text_at = text_at
        self._pointer: QPoint | None = None
        self._lines = (pg.InfiniteLine(angle=90), pg.InfiniteLine(angle=0))
        for line in self._lines:
            line.hide()
            view.addItem(line, ignoreBounds=True)
        # Over the scene and not in it: moving it repaints nothing of the curves but what it covers, and no exported
        # picture shows it.
        self.label = QLabel(plot.viewport())
        self.label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.label.setTextFormat(Qt.TextFormat.PlainText)  # a name of a curve is what a person typed
        self.label.hide()

    def follow(self, pointer: QPointF | None) -> None:
        """The pointer is at `pointer` in the plot's viewport; None: it has left."""
        self._pointer = pointer.toPoint() if pointer is not None else None
        self.refresh()

    def refresh(self) -> None:
        """Say it anew: under a resting pointer the curves move."""
        text = self._text()
        for line in self._lines:
            line.setVisible(bool(text))
        self.label.setVisible(bool(text))
        if text and self._pointer is not None:
            self.label.setText(text)
            self.label.adjustSize()
            self.label.move(self._beside(self._pointer))

    def restyle(self, theme: Theme) -> None:
        for line in self._lines:
            line.setPen(pg.mkPen(theme.muted, width=1))
        self.label.setFont(font(theme.small))
        self.label.setStyleSheet(f"color: {theme.text}; background: {theme.window}; padding: {GRID // 2}px;")

    def _text(self) -> str:
        if self._pointer is None:
            return ""
        place = self._plot.mapToScene(self._pointer)
        if not self._view.sceneBoundingRect().contains(place):
            return ""
        point = self._view.mapSceneToView(place)
        self._lines[0].setValue(point.x())
        self._lines[1].setValue(point.y())
        return self._text_at(point.x(), point.y())

    def _beside(self, pointer: QPoint) -> QPoint:
        """Where the label is fully visible and not under the pointer."""
        viewport = self._plot.viewport()
        x = pointer.x() + 2 * GRID
        if x + self.label.width() > viewport.width():
            x = pointer.x() - 2 * GRID - self.label.width()
        y = min(pointer.y() + GRID, viewport.height() - self.label.height())
        return QPoint(max(0, x), max(0, y))
