"""A sheet to draw on, with the pointer or with the arrow keys."""

from functools import lru_cache

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.cnn_views.image_sheet import STEPS
from gui.export import Table
from gui.output_views.picture import Picture
from gui.palette import blend
from gui.theme import GRID, Theme
from model.arrays import Floats

SIDE = 256  # px of the sheet, however large it is shown
STEP, FINE = 8, 2  # px of the sheet: how far an arrow key moves the pen, and with Shift
MOST_STROKES = 100  # that can be taken back
OWN_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Backspace, Qt.Key.Key_Delete)


@lru_cache(maxsize=8)
def _shades(theme: Theme) -> list[int]:
    """From paper to ink."""
    return [blend(theme.text, theme.panel, step / 255).rgb() for step in range(256)]


class InkCanvas(Picture):
    """White paper, a round pen, an eraser."""

    changed = Signal()  # at every piece of a stroke
    pen_set = Signal(bool)  # by a key: on the paper, or lifted
    walks_with_arrows = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Sheet to draw on"), parent)
        self.setMinimumSize(14 * GRID, 14 * GRID)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.CrossCursor)
        tip = self.tr(
            "Draw a digit with the pointer. With the keys: arrows move the pen, Space sets it on the paper and lifts "
            "it, Backspace takes the last stroke back, Delete clears the sheet."
        )
        self.setToolTip(f"<p>{tip}</p>")
        self.setAccessibleDescription(tip)
        self.thickness, self.erases = 24, False
        self._paper = QImage(SIDE, SIDE, QImage.Format.Format_Grayscale8)
        self._paper.fill(0)
        self._before: list[QImage] = []  # the sheet before each stroke
        self._at = QPointF(SIDE / 2, SIDE / 3)  # of the pen, on the sheet
        self._drawing = self._down = False  # by the pointer; by the keys

    def sizeHint(self) -> QSize:
        return QSize(32 * GRID, 32 * GRID)

    @property
    def ink(self) -> Floats:
        """What is drawn, (SIDE, SIDE): 0 for paper to 1 for ink."""
        pixels = np.frombuffer(self._paper.constBits(), np.uint8).reshape(SIDE, self._paper.bytesPerLine())
        return pixels[:, :SIDE] / 255

    @property
    def empty(self) -> bool:
        return not bool((self.ink > 0.5).any())

    def clear(self) -> None:
        """White paper; it can be taken back as a stroke can."""
        if not self.empty:
            self._keep()
            self._paper.fill(0)
            self._tell()

    def take_back(self) -> None:
        """The sheet as it was before the last stroke."""
        if self._before:
            self._paper = self._before.pop()
            self._tell()

    @property
    def has_strokes(self) -> bool:
        """Whether there is one to be taken back."""
        return bool(self._before)

    def sheet(self) -> QRectF:
        """Where the sheet lies in the widget."""
        side = min(self.width(), self.height()) - 4
        return QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)

    def on_sheet(self, place: QPointF) -> QPointF:
        """A place of the widget as a place of the sheet."""
        sheet = self.sheet()
        return (place - sheet.topLeft()) * (SIDE / sheet.width())

    def export_rows(self) -> Table:
        """One row a pixel that is not quite paper."""
        ink = self.ink
        return ("row", "column", "ink"), (
            (row + 1, column + 1, float(ink[row, column])) for row, column in np.argwhere(ink > 0).tolist()
        )

    # Pointer and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._set_down(False)
            self._keep()
            self._drawing = True
            self._at = self.on_sheet(event.position())
            self._line_to(self._at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drawing:
            self._line_to(self.on_sheet(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._drawing = False

    def event(self, event: QEvent) -> bool:
        # The window's Run is Space, too.
        asked = event if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride else None
        if asked is not None and asked.key() in OWN_KEYS and not asked.modifiers():
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in STEPS:
            down, right = STEPS[key]
            far = FINE if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP
            self._move_pen(self._at + QPointF(right * far, down * far))
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._set_down(not self._down)
            if self._down:
                self._keep()
                self._line_to(self._at)
        elif key == Qt.Key.Key_Backspace:
            self.take_back()
        elif key == Qt.Key.Key_Delete:
            self.clear()
        else:
            super().keyPressEvent(event)

    def _move_pen(self, to: QPointF) -> None:
        to = QPointF(min(max(to.x(), 0), SIDE), min(max(to.y(), 0), SIDE))
        if self._down:
            self._line_to(to)
        self._at = to
        self.update()

    def _set_down(self, down: bool) -> None:
        if down != self._down:
            self._down = down
            self.pen_set.emit(down)

    # The sheet

    def _picture(self, theme: Theme) -> QImage:
        """The same pixels, as places in a table of colours from paper to ink: nothing is computed at a stroke."""
        picture = QImage(self._paper.constBits(), SIDE, SIDE, self._paper.bytesPerLine(), QImage.Format.Format_Indexed8)
        picture.setColorTable(_shades(theme))
        return picture

    def _line_to(self, to: QPointF) -> None:
        painter = QPainter(self._paper)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = Qt.GlobalColor.black if self.erases else Qt.GlobalColor.white  # white is ink: 255
        pen = QPen(color, self.thickness, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        if to == self._at:
            painter.drawPoint(to)
        else:
            painter.drawLine(self._at, to)
        painter.end()
        self._at = to
        self._tell()

    def _keep(self) -> None:
        self._before.append(self._paper.copy())
        del self._before[:-MOST_STROKES]

    def _tell(self) -> None:
        self.update()
        self.changed.emit()

    def paint(self, painter: QPainter, theme: Theme) -> None:
        sheet = self.sheet()
        if not self.for_file:
            painter.fillRect(self.rect(), QColor(theme.window))  # the sheet alone is paper
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(sheet, self._picture(theme))
        painter.setPen(QPen(QColor(theme.muted), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(sheet)
        if self.empty and not self._drawing and not self.for_file:
            painter.setPen(QColor(theme.muted))
            painter.drawText(sheet, Qt.AlignmentFlag.AlignCenter, self.tr("Draw a digit here"))
        if self.hasFocus() and not self._drawing and not self.for_file:
            scale = sheet.width() / SIDE
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.accent), 3 if self._down else 1))
            radius = self.thickness * scale / 2
            painter.drawEllipse(sheet.topLeft() + self._at * scale, radius, radius)
