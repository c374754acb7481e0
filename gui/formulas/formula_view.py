"""Formulas on the screen: rows of typeset terms that answer the pointer and the arrow keys."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui.formulas.flow import Box, Spot, flow
from gui.formulas.term import Row, Term, plain_text
from gui.formulas.typesetter import Typesetter, formula_font
from gui.theme import GRID, Theme, current_theme, font, theme_switch

RAISED = 0.7  # size of an exponent, and how far it is lifted
LIFT = 0.42
SMALLEST = 0.55  # a term wider than the page is drawn smaller, down to this
ROOM = 4.0  # px around all terms
MARK = 2.0  # px that a mark reaches beyond its term
GAP = 0.12  # between two terms, in units of the type size


class FormulaView(QWidget):
    """Some formulas, one a row."""

    walks_with_arrows = True  # see `own_keys`

    pointed = Signal(object)  # Sources | None: of the term under the pointer or the keys

    def __init__(self, typesetter: Typesetter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._typesetter = typesetter
        self._rows: tuple[Row, ...] = ()
        self._spots: list[Spot] = []
        self._marked: tuple[int, int] | None = None  # row and place
        self.still = True  # it may become lower; while numbers run, what stands below should not jump
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        typesetter.arrived.connect(self._set_anew)
        theme_switch().changed.connect(self._restyle)
        self._restyle(theme_switch().theme)

    # What is shown

    @property
    def rows(self) -> tuple[Row, ...]:
        return self._rows

    @property
    def marked(self) -> Term | None:
        """The term under the pointer or the keys."""
        return self._rows[self._marked[0]][self._marked[1]] if self._marked is not None else None

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these formulas; a term that is pointed at stays so while it is there."""
        rows = tuple(rows)
        if rows == self._rows:
            return
        before = self.marked
        self._rows = rows
        if self._marked is not None:
            row, place = self._marked
            there = row < len(rows) and place < len(rows[row]) and rows[row][place].can_be_pointed_at
            if not there:
                self._mark(None)
            elif before is not None and self.marked is not None and before.sources != self.marked.sources:
                self.pointed.emit(self.marked.sources)
        self._set_anew()
        self.setAccessibleName("; ".join(plain_text(row) for row in rows))

    def unmark(self) -> None:
        """Point at nothing: what is shown next is about something else."""
        self._mark(None)

    def text(self) -> str:
        """All formulas in plain characters, one a line."""
        return "\n".join(plain_text(row) for row in self._rows)

    def place_of(self, row: int, place: int) -> QRectF:
        """Where a term stands."""
        return next(spot.room for spot in self._spots if (spot.row, spot.place) == (row, place))

    def sizeHint(self) -> QSize:
        return QSize(0, self.minimumHeight())

    # Setting and painting

    def _set_anew(self) -> None:
        width = max(1.0, self.width() - 2 * ROOM)
        boxes = [[self._box(row, place, width) for place in range(len(row))] for row in self._rows]
        self._spots, height = flow(boxes, width)
        needed = round(height + 2 * ROOM) if self._rows else 0
        if needed > self.minimumHeight() or (self.still and needed != self.minimumHeight()):
            self.setFixedHeight(needed)
        self.update()

    def _box(self, row: Row, place: int, width: float) -> Box:
        term = row[place]
        size = self._size * (RAISED if term.raised else 1)
        under = self._under.height() if term.under else 0.0
        drawing = self._typesetter.drawing(term.latex) if term.latex else None
        gap = GAP * self._size
        if drawing is not None:
            scale = size * self._shrunk(drawing.width * size, width)
            wide = max(drawing.width * scale + 2 * gap, self._under.horizontalAdvance(term.under) + gap)
            return Box(wide, drawing.ascent * scale, drawing.descent * scale, under)
        metrics = self._raised if term.raised else self._metrics
        lift = LIFT * self._size if term.raised else 0.0
        tall = metrics.tightBoundingRect("0(").height()
        wide = max(metrics.horizontalAdvance(term.text), self._under.horizontalAdvance(term.under) + gap)
        breaks = place == 0 or self._may_break(row[place - 1], term)
        return Box(wide, 0.85 * tall + lift, 0.35 * tall, under, breaks)

    def _may_break(self, before: Term, term: Term) -> bool:
        if term.raised:
            return False
        return bool(term.latex or before.latex) or before.text.endswith(" ") or term.text.startswith(" ")

    def _shrunk(self, wide: float, width: float) -> float:
        return max(SMALLEST, min(1.0, (width - 2 * GAP * self._size) / wide)) if wide > 0 else 1.0

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current_theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(ROOM, ROOM)
        for spot in self._spots:
            term = self._rows[spot.row][spot.place]
            if (spot.row, spot.place) == self._marked:
                self._paint_mark(painter, spot, theme)
            self._paint_term(painter, spot, term, theme)
        painter.end()

    @contextmanager
    def exporting(self, scale: float) -> Iterator[None]:
        """The formulas without the mark of the pointer."""
        marked, self._marked = self._marked, None
        try:
            yield
        finally:
            self._marked = marked

    def _paint_term(self, painter: QPainter, spot: Spot, term: Term, theme: Theme) -> None:
        color = theme.muted if term.muted else theme.text
        size = self._size * (RAISED if term.raised else 1)
        drawing = self._typesetter.drawing(term.latex) if term.latex else None
        if drawing is not None:
            scale = spot.room.height() / (drawing.ascent + drawing.descent)
            x = spot.room.center().x() - drawing.width * scale / 2
            self._typesetter.draw(painter, term.latex, color, x, spot.pen.y(), scale)
        else:
            painter.setFont(formula_font(round(size)))
            painter.setPen(QColor(color))
            metrics = self._raised if term.raised else self._metrics
            x = spot.room.center().x() - metrics.horizontalAdvance(term.text) / 2
            lift = LIFT * self._size if term.raised else 0.0
            painter.drawText(QPointF(x, spot.pen.y() - lift), term.text)
        if term.under:
            painter.setFont(font(theme.small))
            painter.setPen(QColor(theme.muted))
            room = QRectF(
                spot.room.left() - GRID, spot.room.bottom(), spot.room.width() + 2 * GRID, self._under.height()
            )
            painter.drawText(room, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, term.under)

    def _paint_mark(self, painter: QPainter, spot: Spot, theme: Theme) -> None:
        room = spot.room.adjusted(0, -MARK, 0, MARK)
        tint = QColor(theme.accent)
        tint.setAlphaF(0.18)
        painter.fillRect(room, tint)
        painter.setPen(QPen(QColor(theme.accent), theme.line_width))
        painter.drawLine(room.bottomLeft(), room.bottomRight())

    def _restyle(self, theme: Theme) -> None:
        self._size = round(theme.body * 1.25)
        self._metrics = QFontMetricsF(formula_font(self._size))
        self._raised = QFontMetricsF(formula_font(round(self._size * RAISED)))
        self._under = QFontMetricsF(font(theme.small))
        self._set_anew()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._set_anew()

    # Pointing

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._mark(self._at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if not self.hasFocus():
            self._mark(None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self._walk(0)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._mark(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ways = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in ways:
            self._walk(ways[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Escape and self._marked is not None:
            self._mark(None)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            spot = self._at(QPointF(event.pos()))
            term = self._rows[spot[0]][spot[1]] if spot is not None else None
            QToolTip.showText(event.globalPos(), tip_of(term) if term is not None else "", self)
            return True
        return super().event(event)

    def _at(self, where: QPointF) -> tuple[int, int] | None:
        for spot in self._spots:
            room = spot.room.translated(ROOM, ROOM).adjusted(0, -MARK, 0, MARK)
            if room.contains(where) and self._rows[spot.row][spot.place].can_be_pointed_at:
                return spot.row, spot.place
        return None

    def _walk(self, way: int) -> None:
        """To the next term that can be pointed at; at the ends it stays."""
        places = [
            (row, place) for row, terms in enumerate(self._rows) for place, t in enumerate(terms) if t.can_be_pointed_at
        ]
        if not places:
            return
        now = places.index(self._marked) + way if self._marked in places else 0
        self._mark(places[min(max(now, 0), len(places) - 1)])
        if self.marked is not None:
            self.setAccessibleDescription(tip_of(self.marked))
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    def _mark(self, spot: tuple[int, int] | None) -> None:
        if spot != self._marked:
            self._marked = spot
            self.update()
            self.pointed.emit(self.marked.sources if self.marked is not None else None)


def tip_of(term: Term) -> str:
    """What a term is, and its number in full."""
    if term.value is None:
        return term.name
    return f"{term.name} = {term.value!r}" if term.name else repr(term.value)
