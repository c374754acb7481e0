"""How probable the network finds each class: a bar for each."""

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.class_colors import class_color
from gui.export import Table
from gui.figures import figure
from gui.output_views.picture import Picture
from gui.palette import blend
from gui.theme import GRID, Theme, current_theme, font
from model.arrays import Vector

WIDEST_NAME = 10.0 * GRID  # px
MOST_LINES = 2.0  # of type: the height of a row


class ClassBars(Picture):
    """Names, bars from 0 to 1, percents. Without an answer the bars are empty."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Probability of each class"), parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._names: tuple[str, ...] = ()
        self._shares: Vector | None = None

    def set_classes(self, names: tuple[str, ...]) -> None:
        """Another data set."""
        self._names, self._shares = names, None
        self.update()

    def set_probabilities(self, shares: Vector | None) -> None:
        """One number a class, (classes,); None: nothing was read."""
        self._shares = shares
        if shares is not None:
            said = (f"{name} {100 * share:.0f} %" for name, share in zip(self._names, shares.tolist(), strict=True))
            self.setAccessibleDescription(", ".join(said))
        self.update()
        self.refresh()

    def row(self, index: int) -> QRectF:
        """Where a class stands: under each other, in two columns where that would be too narrow for the names."""
        count, line = max(1, len(self._names)), QFontMetricsF(font(current_theme().small)).height()
        columns = 1 if self.height() >= count * line else 2
        lines = math.ceil(count / columns)
        high, wide = min(self.height() / lines, MOST_LINES * line), (self.width() + 2 * GRID) / columns
        column, place = divmod(index, lines)
        return QRectF(column * wide, place * high, wide - 2 * GRID, high)

    def minimumSizeHint(self) -> QSize:
        line = QFontMetricsF(font(current_theme().small)).height()
        return QSize(16 * GRID, math.ceil(5 * line))

    def restyle(self, theme: Theme) -> None:
        super().restyle(theme)
        self.updateGeometry()

    def text_at(self, place: QPointF) -> str:
        index = next((i for i in range(len(self._names)) if self.row(i).contains(place)), None)
        if index is None or self._shares is None:
            return ""
        return f"{self._names[index]}: {figure(float(self._shares[index]))}"

    def export_rows(self) -> Table:
        shares = self._shares if self._shares is not None else np.zeros(0)
        return (self.tr("class"), self.tr("probability")), zip(self._names, shares.tolist(), strict=False)

    def paint(self, painter: QPainter, theme: Theme) -> None:
        metrics = painter.fontMetrics()
        name_room = min(max((metrics.horizontalAdvance(n) for n in self._names), default=0), WIDEST_NAME) + GRID
        percent_room = QFontMetricsF(font(theme.small, bold=True)).horizontalAdvance("100.0 %") + GRID
        most = int(np.argmax(self._shares)) if self._shares is not None and np.isfinite(self._shares).all() else None
        middle = Qt.AlignmentFlag.AlignVCenter
        for i, name in enumerate(self._names):
            row = self.row(i)
            painter.setFont(font(theme.small, bold=i == most))
            painter.setPen(QColor(theme.text))
            shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, round(name_room - GRID / 2))
            painter.drawText(
                QRectF(row.left(), row.top(), name_room - GRID / 2, row.height()),
                middle | Qt.AlignmentFlag.AlignRight,
                shown,
            )
            bar = QRectF(
                row.left() + name_room, row.top() + 2, row.width() - name_room - percent_room, row.height() - 4
            )
            color = class_color(i, len(self._names), theme)
            painter.fillRect(bar, blend(color, theme.panel, 0.15))
            if self._shares is None:
                continue
            share = float(self._shares[i])
            if share > 0:
                painter.fillRect(QRectF(bar.left(), bar.top(), bar.width() * min(share, 1), bar.height()), color)
            text = f"{100 * share:.1f} %" if math.isfinite(share) else "?"
            right = QRectF(bar.right(), row.top(), percent_room - 2, row.height())
            painter.drawText(right, middle | Qt.AlignmentFlag.AlignRight, text)
