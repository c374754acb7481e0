"""The histograms side by side: a row for every rule, a column for every layer."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.export import Table
from gui.initial_weights.spread_cell import CUT, Cell, cell_text, numbers_text, paint_cell
from gui.initial_weights.spread_layout import SpreadLayout
from gui.output_views.picture import Picture
from gui.theme import GRID, Theme, current_theme, font
from gui.words import words
from model.initial_weights import BINS, Candidate, LayerSpread

STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}

Spreads = Mapping[str, Sequence[LayerSpread]]  # of each layer, by the key of the rule


class SpreadGrid(Picture):
    """A click, or the arrow keys, choose a cell: a rule and a layer."""

    walks_with_arrows = True  # see `own_keys`

    chosen = Signal(str, int)  # the key of the rule, and the layer
    fitted = Signal()  # it needs more room, or less

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Outputs of every layer under every rule"), parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._rules: Sequence[Candidate] = ()
        self._columns: Sequence[str] = ()
        self._spreads: Spreads = {}
        self._cursor: Cell | None = None
        self._meaning = (
            "<p>"
            + self.tr(
                "Every histogram shows what all units of a layer put out for all samples, before anything was learnt. "
                "Blue is positive, orange negative. Click on one to read what it means."
            )
            + "</p>"
        )
        self.setToolTip(self._meaning)

    def show_rows(self, rules: Sequence[Candidate], columns: Sequence[str]) -> None:
        """Have a row for each of `rules` and a column for each of the layers called `columns`; without numbers yet."""
        if (list(rules), list(columns)) != (list(self._rules), list(self._columns)):
            self._rules, self._columns = rules, columns
            row = min(self._cursor[0], len(rules) - 1) if self._cursor is not None else 0
            self._cursor = (row, min(self._cursor[1], len(columns) - 1)) if self._cursor is not None else None
            self._fit()

    def show_spreads(self, spreads: Spreads) -> None:
        """What was measured, of the rules that are ready."""
        self._spreads = dict(spreads)
        self.refresh()
        self.update()

    def choose(self, key: str, layer: int) -> None:
        """Ring a cell without a signal."""
        row = next((place for place, rule in enumerate(self._rules) if rule.key == key), None)
        self._cursor = (row, layer) if row is not None and layer < len(self._columns) else None
        self.update()

    def spread(self, cell: Cell) -> LayerSpread | None:
        """What was measured of a row and a layer; None where it is not there yet."""
        layers = self._spreads.get(self._rules[cell[0]].key, ())
        return layers[cell[1]] if cell[1] < len(layers) else None

    # Where everything is

    def minimumSizeHint(self) -> QSize:
        return self._layout().least

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def layout_now(self) -> SpreadLayout:
        """Where the cells stand at the size of the moment."""
        return self._layout()

    def _layout(self) -> SpreadLayout:
        labels = [words(rule.label) for rule in self._rules]
        return SpreadLayout(QFontMetricsF(font(current_theme().small)), labels, self._columns, self.size())

    def _fit(self) -> None:
        self.setMinimumSize(self._layout().least)
        self.fitted.emit()
        self.refresh()
        self.update()

    def restyle(self, theme: Theme) -> None:
        super().restyle(theme)
        self._fit()

    # What is said

    def text_at(self, place: QPointF) -> str:
        layout = self._layout()
        cell = layout.cell_at(place)
        if cell is None:
            return ""
        spread = self.spread(cell)
        if spread is None:
            return ""
        histogram = layout.histogram(cell)
        share = (place.x() - histogram.left()) / histogram.width()
        bin_number = min(BINS - 1, max(0, int(share * BINS)))
        return cell_text(words(self._rules[cell[0]].label), self._columns[cell[1]], spread, bin_number)

    def export_rows(self) -> Table:
        """A row for every bin of every histogram, with the numbers of its layer."""
        header = ("rule", "layer", "mean", "std", "between samples", "at the ends", "gradient", "from", "to", "share")
        rows = [
            (
                *(words(rule.label), name, each.mean, each.std, each.between_samples, each.at_ends, each.gradient),
                *(each.low + (each.high - each.low) * (place + i) / BINS for i in (0, 1)),
                float(share),
            )
            for rule in self._rules
            for name, each in zip(self._columns, self._spreads.get(rule.key, ()), strict=False)
            for place, share in enumerate(each.shares)
        ]
        return header, rows

    # Pointer and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self._layout().cell_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and cell is not None:
            self._go_to(cell)
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        over = self._layout().cell_at(event.position()) is not None
        self.setToolTip("" if over else self._meaning)  # it would cover what is said of the cell
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def event(self, event: QEvent) -> bool:
        # The window has shortcuts on the arrow keys; here they go from cell to cell.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in STEPS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._rules or event.modifiers() or event.key() not in STEPS:
            super().keyPressEvent(event)
            return
        down, right = STEPS[Qt.Key(event.key())]
        row, column = self._cursor or (0, 0)
        row, column = (row + down, column + right) if self._cursor is not None else (row, column)
        self._go_to((min(max(row, 0), len(self._rules) - 1), min(max(column, 0), len(self._columns) - 1)))

    def _go_to(self, cell: Cell) -> None:
        self._cursor = cell
        self.update()
        self.chosen.emit(self._rules[cell[0]].key, cell[1])

    # Painting

    def paint(self, painter: QPainter, theme: Theme) -> None:
        layout = self._layout()
        self._paint_names(painter, layout, theme)
        for row in range(len(self._rules)):
            for column in range(len(self._columns)):
                cell, spread = (row, column), self.spread((row, column))
                ring = cell == self._cursor and not self.for_file
                paint_cell(painter, layout.numbers(cell), layout.histogram(cell), spread, theme, ring=ring)
        self._paint_axes(painter, layout, theme)

    def _paint_names(self, painter: QPainter, layout: SpreadLayout, theme: Theme) -> None:
        for column, name in enumerate(self._columns):
            painter.setPen(QColor(theme.muted))
            painter.drawText(layout.title(column), Qt.AlignmentFlag.AlignCenter, name)
        for row, rule in enumerate(self._rules):
            chosen = self._cursor is not None and self._cursor[0] == row and not self.for_file
            painter.setPen(QColor(theme.accent if chosen else theme.text))
            align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(layout.label(row), align, words(rule.label))

    def _paint_axes(self, painter: QPainter, layout: SpreadLayout, theme: Theme) -> None:
        """Below each column the ends of its axis; below all of them what goes across, up, and what the numbers are."""
        painter.setPen(QColor(theme.muted))
        shown = next((layers for layers in self._spreads.values()), ())
        for column, spread in enumerate(shown[: len(self._columns)]):
            room: QRectF = layout.axis(column)
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft, f"{spread.low:g}".replace("-", "−"))
            painter.drawText(room, Qt.AlignmentFlag.AlignRight, f"{spread.high:g}")
            painter.drawText(room, Qt.AlignmentFlag.AlignHCenter, self.tr("output y"))
        caption = self.tr("Up: share of the outputs, cut off at {cut:.0f} %. Numbers: {numbers}").format(
            cut=100 * CUT, numbers=numbers_text(shown)
        )
        wrapped = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap
        painter.drawText(layout.caption.adjusted(0, 0, -GRID, 0), wrapped, caption)
