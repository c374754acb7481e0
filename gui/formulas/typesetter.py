"""The typesetter keeps what was set, and has set what is missing."""

import time
from collections import OrderedDict
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, QRectF, Signal
from PySide6.QtGui import QFont, QFontDatabase, QPainter

from gui.formulas.typeset import INK, Drawing, typeface, typeset
from gui.picture_worker import PictureWorker

if TYPE_CHECKING:
    from PySide6.QtSvg import QSvgRenderer

MOST = 1024  # drawings that are kept: those used last
TURN = 0.015  # s of setting at a time: other pictures wait meanwhile


class Typesetter(QObject):
    """Draws formulas. Those it has not met yet are set in the picture thread; `arrived` says when they can be drawn."""

    arrived = Signal()

    def __init__(self, pictures: PictureWorker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._drawings: OrderedDict[str, Drawing] = OrderedDict()
        self._renderers: OrderedDict[tuple[str, str], QSvgRenderer] = OrderedDict()
        self._missing: dict[str, None] = {}

    def drawing(self, latex: str) -> Drawing | None:
        """The drawing of `latex`; None where it is not set yet: it will be."""
        found = self._drawings.get(latex)
        if found is not None:
            self._drawings.move_to_end(latex)
        elif latex not in self._missing:
            self._missing[latex] = None
            self._ask()
        return found

    def draw(self, painter: QPainter, latex: str, color: str, x: float, baseline: float, size: float) -> None:
        """Draw `latex`, which is set, with its line of writing at `baseline`."""
        drawing = self._drawings[latex]
        key = latex, color
        renderer = self._renderers.get(key)
        if renderer is None:
            from PySide6.QtSvg import QSvgRenderer  # a library of its own, loaded with the first formula

            renderer = QSvgRenderer(QByteArray(drawing.svg.replace(INK, color).encode()))
            self._renderers[key] = renderer
            if len(self._renderers) > MOST:
                self._renderers.popitem(last=False)
        self._renderers.move_to_end(key)
        height = drawing.ascent + drawing.descent
        top = baseline - drawing.ascent * size
        renderer.render(painter, QRectF(x, top, drawing.width * size, height * size))

    def _ask(self) -> None:
        wanted = tuple(self._missing)
        self._pictures.request(self, lambda: set_some(wanted), self._take)

    def _take(self, made: dict[str, Drawing]) -> None:
        self._drawings |= made
        while len(self._drawings) > MOST:
            self._drawings.popitem(last=False)
        for latex in made:
            self._missing.pop(latex, None)
        if self._missing:
            self._ask()
        self.arrived.emit()


def set_some(wanted: tuple[str, ...]) -> dict[str, Drawing]:
    """As many of them as can be set in one turn; one at least."""
    made: dict[str, Drawing] = {}
    began = time.perf_counter()
    for latex in wanted:
        made[latex] = typeset(latex)
        if time.perf_counter() - began > TURN:
            break
    return made


@cache
def family() -> str:
    """The family of the typeface of formulas; "" where it cannot be had: then the window's own does."""
    path = typeface()
    families = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(path))) if path else []
    return families[0] if families else ""


def formula_font(size: int) -> QFont:
    """The typeface of formulas in `size` device-independent pixels."""
    made = QFont(family()) if family() else QFont()
    made.setPixelSize(size)
    return made
