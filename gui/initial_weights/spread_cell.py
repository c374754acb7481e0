"""One histogram of the lab: its numbers, its bars, and what is said of it under the pointer."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from gui.theme import Theme
from gui.words import words
from model.initial_weights import BINS, LayerSpread, finding

translate = QCoreApplication.translate

Cell = tuple[int, int]  # row (rule) and column (layer)

CUT = 0.12  # a bar with a larger share is cut off there, and broken
BREAK = 2  # px, the gap in a bar that is cut off
WIDEST_NUMBERS = "−0.00±0.00 · 00 %"  # and narrow enough for five layers in a window of 1280 px


def short(number: float) -> str:
    """A number in two digits, or one where it is very large or small: 0.50, 0.012, 1e−5, 280."""
    if number == 0:
        return "0"
    if 0.0095 <= abs(number) < 995:
        text = f"{number:.2f}" if 0.095 <= abs(number) < 9.95 else f"{float(f'{number:.2g}'):g}"
    else:
        text = f"{number:.0e}".replace("e-0", "e-").replace("e+0", "e").replace("e+", "e")
    return text.replace("-", "−")


def numbers(spread: LayerSpread) -> str:
    """Mean and standard deviation, and the share where f is flat, as short as they can be."""
    mean = spread.mean if abs(spread.mean) >= spread.std / 50 else 0.0  # what is left of 0 by chance
    # No finer than to a hundredth of a usual spread, or a tenth of a small one.
    mean = round(mean, 2) if spread.std >= 0.095 else float(f"{mean:.1g}") if abs(mean) < 0.095 else mean
    return f"{short(mean)}±{short(spread.std)} · {100 * spread.at_ends:.0f} %"


def numbers_text(spreads: Sequence[LayerSpread]) -> str:
    """What `numbers` are."""
    if any(getattr(each.activation, "can_die", False) for each in spreads):
        return translate("SpreadGrid", "mean ± standard deviation · share of outputs that are 0.")
    return translate("SpreadGrid", "mean ± standard deviation · share of outputs at the ends, where f is flat.")


def cell_text(rule: str, layer: str, spread: LayerSpread, bin_number: int) -> str:
    """Everything that was measured of a layer, and of the bin under the pointer."""
    width = (spread.high - spread.low) / BINS
    left, right = (round(spread.low + (bin_number + i) * width, 12) for i in (0, 1))
    lines = [
        translate("SpreadGrid", "{rule}, {layer}: {finding}").format(
            rule=rule, layer=layer, finding=words(finding(spread).word)
        ),
        translate("SpreadGrid", "mean {mean}, standard deviation {std}").format(
            mean=f"{spread.mean:.3g}", std=f"{spread.std:.3g}"
        ),
        translate("SpreadGrid", "of one unit from sample to sample {between}").format(
            between=f"{spread.between_samples:.3g}"
        ),
        translate("SpreadGrid", "{ends} % where f is flat, {beyond} % beyond the axis").format(
            ends=f"{100 * spread.at_ends:.3g}", beyond=f"{100 * spread.beyond:.3g}"
        ),
        translate("SpreadGrid", "weights: standard deviation {weights}").format(weights=f"{spread.weights:.3g}"),
        translate("SpreadGrid", "y from {left} to {right}: {share} %").format(
            left=f"{left:.3g}", right=f"{right:.3g}", share=f"{100 * spread.shares[bin_number]:.3g}"
        ),
    ]
    return "\n".join(lines)


def paint_cell(
    painter: QPainter, line: QRectF, area: QRectF, spread: LayerSpread | None, theme: Theme, *, ring: bool
) -> None:
    """The numbers in `line`, the bars in `area`; `ring`: it is the chosen one."""
    painter.fillRect(area, QColor(theme.neutral))
    if spread is not None:
        alarming = finding(spread).alarming
        painter.setPen(QColor(theme.warning if alarming else theme.text))
        align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(line, align, numbers(spread))
        _paint_bars(painter, area, spread, theme)
    painter.setPen(QPen(QColor(theme.grid), 1))
    painter.drawLine(area.bottomLeft(), area.bottomRight())
    if ring:
        painter.setPen(QPen(QColor(theme.accent), theme.line_width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area.adjusted(1, 1, -1, -1))


def _paint_bars(painter: QPainter, area: QRectF, spread: LayerSpread, theme: Theme) -> None:
    step = (spread.high - spread.low) / BINS
    for place, share in enumerate(spread.shares.tolist()):
        if not share:
            continue
        # Edges on whole pixels: no seams between the bars.
        left, right = (round(area.left() + area.width() * (place + i) / BINS) for i in (0, 1))
        height = max(1.0, area.height() * min(share, CUT) / CUT)
        positive = spread.low + (place + 0.5) * step > 0
        bar = QRectF(left, area.bottom() - height, right - left, height)
        painter.fillRect(bar, QColor(theme.positive if positive else theme.negative))
        if share > CUT:
            gap = QRectF(left, area.top() + area.height() / 4, right - left, BREAK)
            painter.fillRect(gap, QColor(theme.neutral))
