"""How much each hyperparameter matters, as bars."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.export import Table, export_dialog
from gui.export_action import add_export_action
from gui.search_views.found import Found
from gui.theme import GRID, current_theme, font, theme_switch


class ImportanceBars(QWidget):
    """A bar for each hyperparameter, the most important one on top."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Importance of each hyperparameter"))
        self.setToolTip(
            self.tr(
                "<p>How much of being among the best quarter of the trials each hyperparameter explains (PED-ANOVA): "
                "the more its values there differ from those of all trials, the more it matters.</p>"
            )
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.found: Found | None = None
        add_export_action(self, lambda: export_dialog(self, self, self.accessibleName(), self.rows))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        theme_switch().changed.connect(self.update)

    def show_found(self, found: Found | None) -> None:
        self.found = found
        self.update()

    def rows(self) -> Table:
        """The paths and their shares."""
        return ("hyperparameter", "importance"), list(self.found.importance.items()) if self.found is not None else ()

    def shown(self) -> list[tuple[str, str]]:
        """What is written: the names and the shares."""
        if self.found is None:
            return []
        named = [(self.found.labels.get(path, path), share) for path, share in self.found.importance.items()]
        return [(name, self.tr("{share:.0f} %").format(share=100 * share)) for name, share in named]

    def sizeHint(self) -> QSize:
        return QSize(48 * GRID, 20 * GRID)

    def minimumSizeHint(self) -> QSize:
        return QSize(28 * GRID, 12 * GRID)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.panel))
        painter.setFont(font(theme.body))
        metrics = QFontMetricsF(painter.font())
        area = QRectF(self.rect()).adjusted(GRID, GRID, -GRID, -GRID)
        rows = self.shown()
        if not rows or self.found is None:
            painter.setPen(QColor(theme.muted))
            text = self.tr("What matters is seen when 8 trials are finished.")
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, text)
        else:
            painter.setFont(font(theme.small))
            painter.setPen(QColor(theme.muted))
            title = self.tr("How much each one explains of being among the best quarter")
            below = QFontMetricsF(painter.font())
            title = below.elidedText(title, Qt.TextElideMode.ElideRight, area.width())
            painter.drawText(area, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, title)
            painter.setFont(font(theme.body))
            area.setTop(area.top() + below.height())
            self._paint_rows(painter, metrics, area, rows, list(self.found.importance.values()))
        if self.hasFocus():
            painter.setPen(QColor(theme.accent))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _paint_rows(
        self,
        painter: QPainter,
        metrics: QFontMetricsF,
        area: QRectF,
        rows: list[tuple[str, str]],
        shares: list[float],
    ) -> None:
        theme = current_theme()
        name_width = min(0.45 * area.width(), max(metrics.horizontalAdvance(name) for name, _ in rows))
        number_width = max(metrics.horizontalAdvance(text) for _, text in rows)
        pitch = min(area.height() / len(rows), metrics.height() + 1.5 * GRID)
        bar_left = area.left() + name_width + GRID
        bar_room = area.right() - number_width - GRID - bar_left
        for row, ((name, text), share) in enumerate(zip(rows, shares, strict=True)):
            top = area.top() + row * pitch
            if top + metrics.height() > area.bottom() + 1:
                break
            painter.setPen(QColor(theme.text))
            middle = Qt.AlignmentFlag.AlignVCenter
            short = metrics.elidedText(name, Qt.TextElideMode.ElideRight, name_width)
            painter.drawText(QRectF(area.left(), top, name_width, pitch), middle | Qt.AlignmentFlag.AlignRight, short)
            bar = QRectF(bar_left, top + pitch / 2 - GRID / 2, max(1.0, share / max(shares) * bar_room), GRID)
            painter.fillRect(bar, QColor(theme.positive))
            room = QRectF(bar.right() + GRID / 2, top, number_width + GRID, pitch)
            painter.drawText(room, middle | Qt.AlignmentFlag.AlignLeft, text)
