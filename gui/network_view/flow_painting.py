"""Painting a phase of a step: the column at work, the numbers in the neurons, what flows along the links."""

import math
from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QCoreApplication, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from gui.network_view.flow import Flow, Numbers, Quantity
from gui.network_view.geometry import Geometry
from gui.palette import blend, diverging, image
from gui.selection import INPUTS, Sources
from gui.theme import GRID, Theme, font
from model.arrays import Vector

translate = QCoreApplication.translate

CENTER = Qt.AlignmentFlag.AlignCenter
GLOW = 0.14  # share of the accent in the ground of a column at work
DARK = 110  # luma below which a colour carries light letters
LEAST_POWER = -300  # 10**-324 is no number any more
WIDEST = "-.88"  # of the numbers in the neurons
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def paint_ground(painter: QPainter, geometry: Geometry, flow: Flow, theme: Theme) -> None:
    """The columns at work stand on a ground of the accent."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(QPen(QColor(theme.accent), 3 if theme.projector else 2))
    painter.setBrush(QColor(blend(theme.accent, theme.panel, GLOW)))
    for stage in flow.lit:
        place = column_rect(geometry, stage)
        if not place.isEmpty():
            painter.drawRoundedRect(QRectF(place), GRID / 2, GRID / 2)
    if flow.loss_lit:
        painter.drawRoundedRect(QRectF(geometry.loss.adjusted(-4, -4, 4, 4)), GRID, GRID)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def column_rect(geometry: Geometry, stage: int) -> QRect:
    """Around all neurons of a column, or the picture of the inputs."""
    around = QRect()
    for unit, rect in geometry.units.items():
        if unit.stage == stage:
            around = around.united(rect)
    if stage == INPUTS and geometry.image is not None:
        around = geometry.image
    return around.adjusted(-4, -4, 3, 4) if not around.isEmpty() else around  # beside it stand names of classes


def way(geometry: Geometry, stage: int) -> QRect:
    """Where the links into a column run, with the neurons at both ends."""
    both = column_rect(geometry, stage - 1).united(column_rect(geometry, stage))
    return both.adjusted(-GRID, -GRID, GRID, GRID)


def paint_numbers(painter: QPainter, geometry: Geometry, shown: Mapping[int, Numbers], theme: Theme) -> None:
    """Each neuron with its number, in the colour of its sign; one that nothing has reached yet stays empty."""
    painter.setFont(_fitting(geometry.side, theme))
    known = {
        stage: (numbers.values, scale_of(numbers.values), diverging(numbers.values, _limit(numbers.values), theme))
        for stage, numbers in shown.items()
    }
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for unit, rect in geometry.units.items():
        if unit.stage not in known:
            painter.fillRect(rect, QColor(theme.panel))
            continue
        values, power, colors = known[unit.stage]
        red, green, blue, _ = colors[unit.index].tolist()
        color = QColor(red, green, blue)
        painter.fillRect(rect, color)
        painter.setPen(QColor("#ffffff" if brightness(color) < DARK else "#000000"))
        painter.drawText(rect.adjusted(-GRID, 0, GRID, 0), CENTER, text_of(float(values[unit.index]), power))
    if geometry.image is not None and INPUTS in known:
        values, _, colors = known[INPUTS]
        shape = geometry.diagram.columns[0].image
        assert shape is not None and len(values) == shape[0] * shape[1]
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.drawImage(geometry.image, image(colors.reshape(*shape, 4)))
    painter.setPen(QPen(QColor(theme.muted), 1))
    painter.drawRects(geometry.frames)


def symbol_of(quantity: Quantity) -> str:
    """How a number in a neuron is written."""
    symbols = {"dL/dy": translate("flow", "∂L/∂y"), "dL/dz": translate("flow", "∂L/∂z")}
    return symbols.get(quantity, quantity)


def caption(numbers: Numbers) -> str:
    """What the numbers of a column are: "z", "∂L/∂z · 10⁻³"."""
    power, symbol = scale_of(numbers.values), symbol_of(numbers.quantity)
    return f"{symbol} · 10{str(power).translate(SUPERSCRIPTS)}" if power else symbol


def captions(shown: Mapping[int, Numbers]) -> dict[int, str]:
    """What stands under the title of each column."""
    return {stage: caption(numbers) for stage, numbers in shown.items()}


def scale_of(values: Vector) -> int:
    """The power of ten that a column's numbers are written in: 0 where two or three digits say enough without one."""
    largest = _limit(values)
    if largest == 0 or 0.0995 <= largest < 999.5:
        return 0
    return max(LEAST_POWER, math.floor(math.log10(largest) + 1e-9))


def text_of(value: float, power: int) -> str:
    """A number in the room of a neuron: .98, -1.2, 42; the power of ten stands above the column."""
    if not math.isfinite(value):
        return "nan" if math.isnan(value) else "∞" if value > 0 else "-∞"
    value /= 10.0**power
    size = abs(value)
    if size < 0.995:
        text = f"{value:.2f}".replace("0.", ".", 1)
        return "0" if text in (".00", "-.00") else text
    return f"{value:.1f}" if size < 9.95 else f"{value:.0f}"


def paint_sources(painter: QPainter, geometry: Geometry, sources: Sources, theme: Theme) -> None:
    """The neurons and the loss that a number comes from."""
    width = 5 if theme.projector else 3
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.accent), width))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for unit, rect in geometry.units.items():
        if unit in sources.units:
            painter.drawRect(QRectF(rect).adjusted(-width / 2, -width / 2, width / 2, width / 2))
        bias = geometry.diagram.bias(unit)
        if bias is not None and bias in sources.parameters:
            painter.drawRect(geometry.bias(unit).adjusted(-2, -2, 2, 2))
    if any(unit.stage == INPUTS for unit in sources.units) and geometry.image is not None:
        painter.drawRect(geometry.image.adjusted(-2, -2, 2, 2))
    if sources.loss:
        painter.drawRoundedRect(QRectF(geometry.loss).adjusted(-2, -2, 2, 2), GRID / 2, GRID / 2)


def _fitting(side: int, theme: Theme) -> QFont:
    """The small type, or the largest in which the widest number fits into a neuron."""
    face = font(theme.small)
    width = QFontMetrics(face).horizontalAdvance(WIDEST)
    return face if width <= side - 2 else font(max(1, theme.small * (side - 2) // width))


def brightness(color: QColor) -> int:
    """How bright a colour is to the eye, from 0 to 255 (Rec. 601)."""
    return round(0.299 * color.red() + 0.587 * color.green() + 0.114 * color.blue())


def _limit(values: Vector) -> float:
    """The largest finite number of a column in absolute value; 0 where there is none."""
    sizes = np.abs(values[np.isfinite(values)])
    return float(sizes.max()) if sizes.size else 0.0
