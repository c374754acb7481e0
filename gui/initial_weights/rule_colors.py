"""The colours of the rules in the plots of the lab: a uniform rule has the colour of its normal one, and is dashed."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap

# Mid tones out of `palette.CURVES`: each can be read on the light and on the dark panel.
COLORS = {
    "std_1": "#f25000",
    "std_0.01": "#a07a00",
    "own": "#e0457b",
    "xavier": "#2f74b8",
    "he": "#aa2bff",
    "xavier_uniform": "#2f74b8",
    "he_uniform": "#aa2bff",
}
DASHED = frozenset({"xavier_uniform", "he_uniform"})
DASH, WIDTH, HEIGHT = 18, 22, 6  # px: a dash, and the icon that it stands in, away from the text behind it


def rule_color(key: str) -> QColor:
    """The colour of a rule, by its key, in every theme."""
    return QColor(COLORS[key])


def rule_icon(key: str, ratio: float) -> QIcon:
    """A short piece of the rule's line; `ratio` dots a px."""
    picture = QPixmap(round(WIDTH * ratio), round(HEIGHT * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    pieces = [(0, DASH)] if key not in DASHED else [(0, 5), (6.5, 5), (13, 5)]
    painter.setPen(QPen(Qt.PenStyle.NoPen))
    for left, width in pieces:
        painter.fillRect(QRectF(left, HEIGHT / 2 - 1.5, width, 3), rule_color(key))
    painter.end()
    return QIcon(picture)
