"""A curve of a plot, and the words that name the curves above it."""

import numpy as np
import pyqtgraph as pg
from numpy.typing import ArrayLike, NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QGraphicsTextItem

from gui.palette import blend
from gui.theme import Theme, font

# Smoothed edges make a curve of thousands of points many times as dear to paint.
LONGEST_SMOOTH = 500
# A pale curve stands behind the others: the batch's noisy loss behind the mean of it.
PALE = 0.45


class Line(pg.PlotCurveItem):
    """One named curve; it keeps the data as given, whatever scale it is drawn in."""

    def __init__(self, name: str, color: QColor, width: int | None, pale: bool, along_x: bool) -> None:
        super().__init__(connect="finite")
        self.label = name
        self.color = color
        self.along_x = along_x  # x never decreases: the readout may look a point up by its x
        self.x: NDArray[np.float64] = np.empty(0)
        self.y: NDArray[np.float64] = np.empty(0)
        self._width = width
        self._pale = pale
        self._log = False

    def draw(self, x: ArrayLike, y: ArrayLike) -> None:
        """Show the points (x, y), both of shape (N,); what is not finite leaves a gap."""
        x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
        # A mean over a whole part stays as it is for many frames; to paint it again is dear.
        if np.array_equal(x, self.x) and np.array_equal(y, self.y, equal_nan=True):
            return
        self.x, self.y = x, y
        self._show()

    def _show(self) -> None:
        shown = self.y
        if self._log:
            # A logarithm has no place for zero and below: a gap.
            shown = np.log10(np.where(self.y > 0, self.y, np.nan))
        self.setData(self.x, shown, antialias=len(self.x) <= LONGEST_SMOOTH)

    def boundingRect(self) -> QRectF:
        """All of the view: to look for the extent of all points at every frame costs as much as to draw them."""
        view = self.getViewBox()
        return view.viewRect() if view is not None else QRectF()

    def set_log(self, log: bool) -> None:
        self._log = log
        self._show()

    def shade(self, theme: Theme) -> QColor:
        """The colour it is drawn in: opaque also when pale, since a transparent pen is dear."""
        return blend(self.color, theme.panel, PALE) if self._pale else self.color

    def restyle(self, theme: Theme, animating: bool, scale: float) -> None:
        """One pixel wide while the picture runs (thick pens are dear), the theme's width at rest.

        `scale` is the number of device pixels a pixel has: the pen is cosmetic, so its width is in device pixels.
        """
        thin = 2 if theme.projector else 1
        width = thin if animating or self._pale else max(thin, self._width or theme.line_width)
        self.setPen(pg.mkPen(self.shade(theme), width=width if animating else width * scale))


def values_at(lines: list[Line], x_label: str, x: float) -> str:
    """The values of all shown curves at their points nearest to `x`, a row each; "" where there is none."""
    curves = [line for line in lines if line.along_x and len(line.x) and line.isVisible()]
    rows: list[str] = []
    for line in curves:
        index = int(np.searchsorted(line.x, x))
        if index == len(line.x) or (index > 0 and x - line.x[index - 1] < line.x[index] - x):
            index -= 1
        if not rows:
            rows.append(f"{x_label} {line.x[index]:,.6g}")
        rows.append(f"{line.label} {line.y[index]:.4g}")
    return "\n".join(rows)


class Legend(pg.GraphicsWidget):
    """The names of the curves, each behind a dash of its colour, wrapped to the width of the plot.

    It stands above the axes and not in them, so that it never covers a curve.
    """

    def __init__(self) -> None:
        super().__init__()
        self._text = QGraphicsTextItem(self)
        self._text.document().setDocumentMargin(2)
        self.setMinimumWidth(0)
        self._entries = ""

    def write(self, lines: list[Line], theme: Theme) -> None:
        self._text.setFont(font(theme.small))
        self._text.setDefaultTextColor(QColor(theme.text))
        # The no-break spaces keep a name and its dash on one line.
        self._entries = "&nbsp;&nbsp; ".join(
            f'<span style="color:{line.shade(theme).name()}; font-weight:900">━</span>&nbsp;'
            + line.label.replace("&", "&amp;").replace("<", "&lt;").replace(" ", "&nbsp;")
            for line in lines
        )
        self._text.setHtml(self._entries)
        self._fold()

    def resizeEvent(self, event: object) -> None:
        self._fold()

    def boundingRect(self) -> QRectF:
        return QRectF(0, 0, self.size().width(), self.size().height())

    def _fold(self) -> None:
        self._text.setTextWidth(max(1.0, self.size().width()))
        height = self._text.boundingRect().height() if self._entries else 0.0
        if height != self.maximumHeight():
            self.setMinimumHeight(height)
            self.setMaximumHeight(height)
