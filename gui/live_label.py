"""A line of text that changes many times a second.

A QLabel tells every layout above it of each new text, and the whole window is laid out anew: at sixty frames a second
that costs more than all the plots. This one asks for more room when a text does not fit, and never gives it back.
"""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.theme import Theme, font, theme_switch

ANY_DIGIT = str.maketrans("123456789", "000000000")


class LiveLabel(QWidget):
    """Plain text in one or more lines, drawn where it stands."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        small: bool = False,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        wrap_lines: int = 0,
    ) -> None:
        """`small`: in the smallest of the theme's three sizes. `wrap_lines`: take the width there is,
        and wrap the text into this many lines; what is left over is cut off."""
        super().__init__(parent)
        self._text = text
        self._small = small
        self._wrap_lines = wrap_lines
        self._flags = align | Qt.AlignmentFlag.AlignVCenter
        if wrap_lines > 1:
            self._flags |= Qt.TextFlag.TextWordWrap
        self._room = QSize()
        self._fitting: set[str] = set()  # texts that there is room for, with 0 for every digit
        self.setAutoFillBackground(True)  # so that what lies behind need not be painted as well
        width = QSizePolicy.Policy.Ignored if wrap_lines else QSizePolicy.Policy.Minimum
        self.setSizePolicy(width, QSizePolicy.Policy.Fixed)
        theme_switch().changed.connect(self._restyle)
        self._restyle(theme_switch().theme)

    def text(self) -> str:
        return self._text

    def setText(self, text: str) -> None:
        """Show `text` from the next frame on."""
        if text != self._text:
            self._text = text
            self._make_room()
            self.update()

    def keep_room_for(self, text: str) -> None:
        """Be at least as large as `text`, so that numbers may grow without moving what stands beside them."""
        self._room = self._room.expandedTo(self._size_of(text))
        self.updateGeometry()

    def set_color(self, color: str) -> None:
        """Another colour than the theme's text. Not by style sheet: those make every repaint dearer."""
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, QColor(color))
        self.setPalette(palette)

    def sizeHint(self) -> QSize:
        return self._room

    def minimumSizeHint(self) -> QSize:
        return self._room

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))  # paler where it is disabled
        painter.drawText(self.rect(), self._flags, self._text)

    def _make_room(self) -> None:
        shape = self._text.translate(ANY_DIGIT)  # all digits are equally wide
        if shape in self._fitting:
            return
        self._fitting.add(shape)
        size = self._size_of(self._text)
        if size.width() > self._room.width() or size.height() > self._room.height():
            self._room = self._room.expandedTo(size)
            self.updateGeometry()

    def _size_of(self, text: str) -> QSize:
        metrics = self._metrics
        if self._wrap_lines:
            return QSize(0, self._wrap_lines * metrics.lineSpacing())
        lines = text.split("\n")
        return QSize(max(metrics.horizontalAdvance(line) for line in lines) + 1, len(lines) * metrics.lineSpacing())

    def _restyle(self, theme: Theme) -> None:
        self.setFont(font(theme.small if self._small else theme.body))
        self._metrics = QFontMetrics(self.font())
        self._room = self._size_of(self._text)
        self._fitting.clear()
        self.updateGeometry()
        self.update()
