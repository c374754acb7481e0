"""Some samples and what the network says to each, side by side."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from gui.export import Table, export_dialog
from gui.export_action import add_export_action
from gui.output_views.sample_card import Answer, card_size, draw_card, ink_image, is_image
from gui.theme import GRID, Theme, current_theme, font, theme_switch
from model.pictures import Predictions

GOLDEN = 0.618034


class SampleGallery(QAbstractScrollArea):
    """Cards in rows, as many as fit; the wheel and the arrow keys scroll."""

    zoom = 1.0  # of the images

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Sample predictions"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # coming and going it would move all
        self.setMinimumHeight(9 * GRID)
        self.viewport().setMouseTracking(True)
        self._names: tuple[str, ...] = ()
        self._shape: tuple[int, ...] = ()
        self._found: Predictions | None = None
        self._shown: list[int] = []  # the samples shown, in order
        self._mistakes_only = False
        self._whole_cards = False
        self._pictures: dict[int, QImage] = {}
        self._darkest = 1.0
        self._size = QSizeF(1, 1)  # of a card
        self._columns = 1
        self._drawn = b""  # what was painted last, in short
        self._add_export()
        theme_switch().changed.connect(self._restyle)

    def begin(self, names: tuple[str, ...], shape: tuple[int, ...]) -> None:
        """Another data set or another part of it: empty."""
        self._names, self._shape = names, shape
        self._found, self._shown = None, []
        self._pictures.clear()
        self._lay_out()

    def set_predictions(self, found: Predictions) -> None:
        """The same samples as before, or the first ones, with new answers."""
        if self._found is None and len(found.points):
            self._darkest = float(np.abs(found.points).max())
        self._found = found
        self._choose()

    def set_mistakes_only(self, mistakes_only: bool) -> None:
        self._mistakes_only = mistakes_only
        self.verticalScrollBar().setValue(0)
        self._choose()

    @property
    def shown(self) -> tuple[int, ...]:
        """The samples shown, by their place in the part."""
        return tuple(self._shown)

    def answer(self, index: int) -> Answer:
        """The network's answer to a sample shown."""
        assert self._found is not None
        return Answer.of(self._found, index)

    def card(self, place: int) -> QRectF:
        """Where the card at this place of `shown` is drawn in the viewport."""
        wide, high = self.viewport().width() / self._columns, self._size.height()
        row, column = divmod(place, self._columns)
        return QRectF(column * wide, row * high - self.verticalScrollBar().value(), wide, high)

    def export(self) -> None:
        """Ask for a file and write the picture or the data."""
        export_dialog(self, self, self.accessibleName(), self.export_rows)

    def export_rows(self) -> Table:
        """A row for each sample, shown or not: right and predicted class, the probability of every class."""
        header = (self.tr("sample"), self.tr("right"), self.tr("predicted"), *self._names)
        return header, self._rows()

    def _rows(self) -> Iterable[Sequence[object]]:
        for index in range(len(self._found.points) if self._found is not None else 0):
            each = self.answer(index)
            yield index, self._names[each.right], self._names[each.predicted], *each.probabilities.tolist()

    def _choose(self) -> None:
        if self._found is None:
            return
        before, self._shown = len(self._shown), self.order()
        if len(self._shown) != before:
            self._lay_out()
        elif self._in_short() != self._drawn:
            self.viewport().update()

    def order(self) -> list[int]:
        """The samples to be shown, by their place in the part."""
        assert self._found is not None
        # Real data often lies class by class. Multiples of the golden section, in the order of their fractions, mix it,
        # always in the same way.
        mixed = np.argsort(np.arange(len(self._found.points)) * GOLDEN % 1)
        if self._mistakes_only:
            mixed = mixed[np.asarray(self._found.targets)[mixed] != np.asarray(self._found.predicted)[mixed]]
        return mixed.tolist()

    def nothing(self) -> str:
        """What is said where no sample is to be shown."""
        return self.tr("No mistakes among these samples.") if self._mistakes_only else self.tr("No samples.")

    def place_at(self, point: QPointF) -> int | None:
        """Which place of `shown` the card under a point of the viewport has."""
        return next((i for i in self._visible() if self.card(i).contains(point)), None)

    @property
    def columns(self) -> int:
        """How many cards stand in a row."""
        return self._columns

    def _in_short(self) -> bytes:
        """What can be seen, as far as it can be told apart: percents, classes, samples."""
        assert self._found is not None and self._found.probabilities is not None
        seen = [self._shown[place] for place in self._visible()]
        percents = np.rint(100 * np.nan_to_num(self._found.probabilities[seen])).astype(np.int16)
        return bytes(str(seen), "ascii") + percents.tobytes() + np.asarray(self._found.predicted)[seen].tobytes()

    def _lay_out(self) -> None:
        self._size = card_size(self._shape, self._names, current_theme(), self.zoom)
        self._columns = max(1, int(self.viewport().width() // self._size.width()))
        last = self.card(len(self._shown) - 1) if self._shown else QRectF()
        bar = self.verticalScrollBar()
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(round(last.height()) or 1)
        bar.setRange(0, max(0, round(last.bottom() + bar.value() - self.viewport().height())))
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self.place_at(event.position())
        self.viewport().setToolTip("" if at is None else self._tip(self._shown[at]))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme.panel)
        painter.setFont(font(theme.small))
        metrics = QFontMetricsF(painter.font())
        if self._found is not None and not self._shown:
            painter.setPen(theme.muted)
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, self.nothing())
        if self._found is not None:
            self._drawn = self._in_short()
        for place in self._visible():
            index = self._shown[place]
            if self._whole_cards and not QRectF(self.viewport().rect()).contains(self.card(place)):
                continue
            draw_card(
                painter, self.card(place), self.answer(index), self._picture(index, theme), self._names, theme, metrics
            )

    @contextmanager
    def exporting(self, scale: float) -> Iterator[None]:
        """While a picture is painted: whole cards only, as nobody can scroll to the rest of one."""
        self._whole_cards = True
        try:
            yield
        finally:
            self._whole_cards = False

    def _visible(self) -> range:
        if not self._shown:
            return range(0)
        row = int(self.verticalScrollBar().value() // self._size.height())
        rows = int(self.viewport().height() // self._size.height()) + 2
        return range(row * self._columns, min(len(self._shown), (row + rows) * self._columns))

    def _picture(self, index: int, theme: Theme) -> QImage | None:
        if not is_image(self._shape) or self._found is None:
            return None
        if index not in self._pictures:
            self._pictures[index] = ink_image(self._found.points[index], self._darkest, theme)
        return self._pictures[index]

    def _tip(self, index: int) -> str:
        each = self.answer(index)
        said = self.tr("Sample {number}: right {right}, predicted {predicted}").format(
            number=index + 1, right=self._names[each.right], predicted=self._names[each.predicted]
        )
        shares = zip(self._names, each.probabilities.tolist(), strict=True)
        return "\n".join([said, *(f"{name} {100 * share:.1f} %" for name, share in shares)])

    def _restyle(self, theme: Theme) -> None:
        self._pictures.clear()
        self._lay_out()

    def _add_export(self) -> None:
        add_export_action(self, self.export)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
