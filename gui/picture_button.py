"""A square button that is a picture: a data set, for example. It draws its picture when it is first seen."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from gui.theme import Theme, current_theme, theme_switch

MARGIN = 3  # px between the picture and the ring of the chosen one
Draw = Callable[[QSize, float, Theme], QImage]  # size in px, dots a px


class PictureButton(QAbstractButton):
    """One of several pictures to choose from; the chosen one is checked. Enter chooses, arrow keys ask to go on."""

    walks_with_arrows = True  # see `own_keys`

    walked = Signal(int)  # -1, +1: Left, Right was pressed

    def __init__(self, draw: Draw, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draw = draw
        self._picture: QImage | None = None
        self._drawn: tuple[QSize, float, Theme] | None = None  # what the picture was made for
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme_switch().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(40, 40)

    def nextCheckState(self) -> None:
        """What is chosen stays chosen; who listens decides what becomes of another."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in steps:
            self.walked.emit(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        side = min(self.width(), self.height()) - 2 * MARGIN
        inside = QRect((self.width() - side) // 2, (self.height() - side) // 2, side, side)
        wanted = inside.size(), self.devicePixelRatioF(), theme
        if wanted != self._drawn:
            self._drawn = wanted
            # One picture a turn of the event loop: the window is there at once and stays awake.
            QTimer.singleShot(0, self, self._make)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pointed = self.underMouse() or self.hasFocus()
        ring = theme.accent if self.isChecked() else theme.muted if pointed else theme.grid
        width = 2 if self.isChecked() or self.hasFocus() else 1
        painter.setPen(QPen(QColor(ring), width))
        painter.setBrush(QColor(theme.panel))
        edge = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(edge, edge, -edge, -edge), 4, 4)
        if self._picture is not None:
            painter.drawImage(QRectF(inside), self._picture)

    def _make(self) -> None:
        assert self._drawn is not None
        self._picture = self._draw(*self._drawn)
        self.update()
