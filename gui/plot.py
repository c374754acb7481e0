"""What every plot here shares: named axes, a range that rarely moves, a readout under the pointer, export."""

import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pyqtgraph as pg
from pyqtgraph.GraphicsScene.mouseEvents import MouseClickEvent
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QMouseEvent, QPen
from PySide6.QtWidgets import QWidget

from gui.export import export_dialog
from gui.plot_actions import PlotActions
from gui.plot_axis import Axis, dress, prepare
from gui.plot_line import Legend, Line, values_at
from gui.plot_range import Interval, fitted
from gui.readout import Readout
from gui.theme import current_theme, theme_switch


class Plot(pg.PlotWidget):
    """A plot with labelled axes. Panels add lines, draw into them and call `fit` with the extent of their data."""

    def __init__(
        self,
        name: str,
        x_label: str,
        y_label: str,
        *,
        x_unit: str = "",
        y_unit: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """`name` says what the plot shows: to a screen reader, and as the proposed name of an exported file."""
        axes = {side: Axis(side) for side in ("bottom", "left")}
        super().__init__(parent, viewBox=pg.ViewBox(enableMenu=False), enableMenu=False, axisItems=axes)
        self.setAccessibleName(name)
        # pyqtgraph makes these methods at run time, where no type checker sees them.
        self.item: Any = self.getPlotItem()
        self.view: Any = self.item.getViewBox()
        self.x_label, self.y_label = x_label, y_label
        self.lines: list[Line] = []
        named = (("bottom", x_label, x_unit), ("left", y_label, y_unit))
        self._titles = {side: f"{label} ({unit})" if unit else label for side, label, unit in named}
        self._log = False
        self._animating = False
        self._pen_scale = self.devicePixelRatioF()
        self._held = False  # the person has moved the view: leave it to them
        self._data: tuple[float, float, float, float, float] | None = None  # what was last to fit, and the margin
        self._shown: list[Interval | None] = [None, None]  # the ranges last set, x and y in the view's coordinates
        self._build()
        self._actions = PlotActions(self, self.view_all, self.set_log, self.export)
        theme_switch().changed.connect(self.restyle)
        self.restyle()

    def line(
        self, name: str, color: QColor | str, width: int | None = None, pale: bool = False, along_x: bool = True
    ) -> Line:
        """Add a curve and its entry in the legend; `Line.draw(x, y)` fills it. `width` in px, None for the theme's.

        `along_x` is False for a path that may turn back; the readout then leaves it out.
        """
        made = Line(name, QColor(color), width, pale, along_x)
        made.set_log(self._log)
        made.restyle(current_theme(), self._animating, self._pen_scale)
        self.lines.append(made)
        self.addItem(made)
        self._legend.write(self.lines, current_theme())
        return made

    def clear_lines(self) -> None:
        for each in self.lines:
            self.removeItem(each)
        self.lines.clear()
        self._legend.write(self.lines, current_theme())

    def set_animating(self, animating: bool) -> None:
        """Thin pens while the picture runs; the theme's at rest."""
        if animating != self._animating:
            self._animating = animating
            for each in self.lines:
                each.restyle(current_theme(), animating, self._pen_scale)

    def fit(self, x_low: float, x_high: float, y_low: float, y_high: float, margin: float = 0.05) -> None:
        """Bring the data's extent into view, unless the person has moved the view.

        The ranges are set only when the data has left them or fills less than half of them. `margin` is the share left
        free above and below. On a logarithmic axis a lowest value of zero or less becomes the highest / 10,000.
        """
        self._data = x_low, x_high, y_low, y_high, margin
        if not self._held:
            self._fit()
        self._readout.refresh()

    def show_extent(self, x_low: float, x_high: float, y_low: float, y_high: float, margin: float = 0.05) -> None:
        """Bring exactly this extent into view, whatever is shown now."""
        self._data = x_low, x_high, y_low, y_high, margin
        self.view_all()

    def view_all(self) -> None:
        """Show all data and follow it again."""
        self._held = False
        self._shown = [None, None]
        self._fit()

    @property
    def held(self) -> bool:
        """Whether the person has moved the view, so that `fit` leaves it alone."""
        return self._held

    def set_log(self, log: bool) -> None:
        """A logarithmic y axis, or a linear one."""
        self._log = log
        self._actions.log.setChecked(log)
        axis = self.item.getAxis("left")
        axis.setLogMode(log)
        axis.setStyle(maxTickLevel=1 if log else 0)  # between powers of ten there are ticks to read, too
        for each in self.lines:
            each.set_log(log)
        self.view_all()

    @property
    def log(self) -> bool:
        return self._log

    def _fit(self) -> None:
        if self._data is None:
            return
        x_low, x_high, y_low, y_high, margin = self._data
        if self._log:
            y_high = math.log10(y_high) if y_high > 0 else 0.0
            y_low = math.log10(y_low) if y_low > 0 else y_high - 4
        if not all(map(math.isfinite, (x_low, x_high, y_low, y_high))):
            return
        x_range = fitted(self._shown[0], x_low, x_high, 0.0)
        y_range = fitted(self._shown[1], y_low, y_high, margin)
        if x_range or y_range:
            self._shown = [x_range or self._shown[0], y_range or self._shown[1]]
            self.view.setRange(xRange=self._shown[0], yRange=self._shown[1], padding=0)
            # Left to the painting, the curves would learn of the new range in its midst and ask for a second one.
            self.item.scene().prepareForPaint()

    def _hold(self) -> None:
        self._held = True

    def readout(self, x: float, y: float) -> str:
        """What the label under the pointer at (x, y) says, in data coordinates; "" hides it. Panels may say more.

        Here: the values of all curves at the point nearest in x.
        """
        return values_at(self.lines, self.x_label, x) or f"{self.x_label} {x:.4g}\n{self.y_label} {y:.4g}"

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._readout.follow(event.position())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._readout.follow(None)

    def _text_at(self, x: float, y: float) -> str:
        return self.readout(x, 10**y if self._log else y)

    def export_rows(self) -> tuple[Sequence[str], Iterable[Sequence[object]]]:
        """The header and the rows of the table behind the picture. Panels with a better table give theirs."""
        rows = (
            (each.label, x, y) for each in self.lines for x, y in zip(each.x.tolist(), each.y.tolist(), strict=True)
        )
        return ("curve", self.x_label, self.y_label), rows

    def export(self) -> None:
        """Ask for a file and write the picture or the data."""
        export_dialog(self, self, self.accessibleName(), self.export_rows)

    @contextmanager
    def exporting(self, scale: float) -> Iterator[None]:
        """While a picture with `scale` device pixels a pixel is painted: lines at rest, smooth, and no crosshair."""
        before = self._animating, self._pen_scale
        self._animating, self._pen_scale = False, scale
        self._readout.follow(None)
        self.restyle()
        # pyqtgraph's items then paint themselves with vectors, and not from the pictures that they keep.
        items: list[Any] = [each for each in self.scene().items() if hasattr(each, "setExportMode")]
        for each in items:
            each.setExportMode(True, {"antialias": True})
        try:
            yield
        finally:
            for each in items:
                each.setExportMode(False)
            self._animating, self._pen_scale = before
            self.restyle()

    def pen(self, color: QColor | str, width: float | None = None) -> QPen:
        """A solid pen, `width` pixels wide (None: the theme's) on this screen or in the picture being exported.

        Panels make the pens of their own items with it, in their `restyle`.
        """
        return pg.mkPen(color, width=(width or current_theme().line_width) * self._pen_scale)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:  # moved to another screen
            self._pen_scale = self.devicePixelRatioF()
            self.restyle()
        return super().event(event)

    def restyle(self) -> None:
        """Take the theme in use. Panels with items of their own extend it, and make their pens with `pen`."""
        if self.plotItem is None:  # closed
            return
        theme = current_theme()
        self.setBackground(theme.panel)
        for side, title in self._titles.items():
            dress(self.item.getAxis(side), title, theme, self.pen(theme.grid, 1))
        for each in self.lines:
            each.restyle(theme, self._animating, self._pen_scale)
        self._readout.restyle(theme)
        self._legend.write(self.lines, theme)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        # A right press may begin a drag that zooms, so the mouse's menu waits for the click (`_clicked`).
        if event.reason() != QContextMenuEvent.Reason.Mouse:
            self._actions.open_menu(event.globalPos())
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self.view_all()

    def _clicked(self, event: MouseClickEvent) -> None:
        if event.button() == Qt.MouseButton.RightButton:
            self._actions.open_menu(event.screenPos().toPoint())

    def _build(self) -> None:
        self.item.hideButtons()
        self.item.disableAutoRange()
        self.item.showGrid(x=True, y=True, alpha=1.0)
        self.view.sigRangeChangedManually.connect(self._hold)
        for side in ("bottom", "left"):
            prepare(self.item.getAxis(side))
        self._legend = Legend()
        self.item.layout.removeItem(self.item.titleLabel)
        self.item.titleLabel.hide()
        self.item.layout.addItem(self._legend, 0, 1)
        self._readout = Readout(self, self.view, self._text_at)
        self.item.scene().sigMouseClicked.connect(self._clicked)
