"""A card of the start page: the picture of a starter experiment, its title and three sentences."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from gui.network_sketch import draw_network
from gui.starter_texts import StarterText
from gui.theme import GRID, Theme, current_theme, font, theme_switch
from gui.thumbnails import blank, draw_dataset
from model.experiment import Experiment

PADDING = 2 * GRID
PICTURE = 8 * GRID  # px, its height
WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class StarterCard(QAbstractButton):
    """Opens a starter: by a click, Enter or Space. Its picture is drawn after the page has been shown."""

    walked = Signal(int, int)  # how many cards to the right and down an arrow key goes

    def __init__(
        self, name: str, text: StarterText, experiment: Callable[[], Experiment], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.text_shown = text
        self._experiment = experiment
        self._picture: QImage | None = None
        self._drawn: tuple[QSize, float, Theme] | None = None  # what the picture was made for
        self.setObjectName(f"starter {name}")
        self.setAccessibleName(text.title)
        self.setToolTip(self.tr("Open this experiment, ready to run"))
        self.setAccessibleDescription(" ".join(text.sentences))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme_switch().changed.connect(self.update)

    def height_for(self, width: int) -> int:
        """The height in px that all the text takes on a card of this width."""
        return self._lay_out(width)[-1][1].bottom() + 1 + PADDING

    def sizeHint(self) -> QSize:
        return QSize(32 * GRID, self.height_for(32 * GRID))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in steps:
            self.walked.emit(*steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pointed = self.underMouse() or self.hasFocus()
        width = 2 if self.hasFocus() else 1
        painter.setPen(QPen(QColor(theme.accent if pointed else theme.grid), width))
        painter.setBrush(QColor(theme.panel))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), GRID, GRID)
        self._paint_picture(painter)
        for place, (text, area) in enumerate(self._lay_out(self.width())):
            painter.setFont(_font(place, theme))
            painter.setPen(QColor(theme.text))
            painter.drawText(area, WRAPPED, text)

    def _lay_out(self, width: int) -> list[tuple[str, QRect]]:
        """Every text and where it stands, from top to bottom: the title, then the sentences."""
        theme = current_theme()
        left, room, top = PADDING, width - 2 * PADDING, PADDING + PICTURE + GRID
        placed: list[tuple[str, QRect]] = []
        for place, text in enumerate((self.text_shown.title, *self.text_shown.sentences)):
            metrics = QFontMetrics(_font(place, theme))
            needed = metrics.boundingRect(QRect(0, 0, room, 10_000), WRAPPED, text).height() if text else 0
            placed.append((text, QRect(left, top, room, needed)))
            top += needed + GRID // 2
        return placed

    def _paint_picture(self, painter: QPainter) -> None:
        area = QRect(PADDING, PADDING, self.width() - 2 * PADDING, PICTURE)
        wanted = area.size(), self.devicePixelRatioF(), current_theme()
        if wanted != self._drawn:
            self._drawn = wanted
            # One picture a turn of the event loop: the page is there at once, its pictures follow.
            QTimer.singleShot(0, self, self._make_picture)
        if self._picture is not None:
            painter.drawImage(area.topLeft(), self._picture)

    def _make_picture(self) -> None:
        assert self._drawn is not None
        self._picture = starter_image(self._experiment(), *self._drawn)
        self.update()


def _font(place: int, theme: Theme) -> QFont:
    """Of the title (place 0) or a sentence; on a projector the small type is large enough for sentences."""
    return font(theme.small if place and theme.projector else theme.body, bold=place == 0)


def starter_image(experiment: Experiment, size: QSize, ratio: float, theme: Theme) -> QImage:
    """The data on the left, the network that is to learn it on the right; `size` in px, `ratio` dots a px."""
    made = blank(size, ratio)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    side = size.height()
    draw_dataset(painter, QRectF(0, 0, side, side), experiment.data.dataset, experiment.data.seed, theme)
    network = QRectF(side + 2 * GRID, GRID, size.width() - side - 2 * GRID, side - 2 * GRID)
    draw_network(painter, network, experiment, theme)
    painter.end()
    return made
