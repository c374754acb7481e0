"""Misclassified samples, the most confident first; one of them can be chosen."""

import numpy as np
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gui.cnn_views.image_sheet import STEPS, ring
from gui.output_views.sample_gallery import SampleGallery
from gui.theme import current_theme
from model.mistakes import Mistakes


class MistakeGallery(SampleGallery):
    """Cards of which one is framed: by a click, or with the arrow keys. A double click or Enter opens it."""

    selected = Signal(int)  # the place of a sample in its part
    opened = Signal(int)
    walks_with_arrows = True
    zoom = 1.75

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Misclassified images"))
        self.selection: int | None = None
        self._mistakes: Mistakes | None = None

    def set_mistakes(self, found: Mistakes) -> None:
        """New answers; the chosen sample stays chosen, wherever it stands now."""
        self._mistakes = found
        self.set_predictions(found.found)

    def order(self) -> list[int]:
        return self._mistakes.samples.tolist() if self._mistakes is not None else []

    def nothing(self) -> str:
        return self.tr("No image of this kind is misclassified.")

    def select(self, index: int | None) -> None:
        """Frame a sample, by its place in the part."""
        if index != self.selection:
            self.selection = index
            self.viewport().update()
            if index is not None:
                self.selected.emit(index)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self.place_at(event.position())
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self.select(self.shown[place])

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        place = self.place_at(event.position())
        if place is not None:
            self.opened.emit(self.shown[place])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, shown = Qt.Key(event.key()), self.shown
        if key in STEPS and shown and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            down, right = STEPS[key]
            here = shown.index(self.selection) if self.selection in shown else None
            place = 0 if here is None else here + down * self.columns + right
            if 0 <= place < len(shown):
                self.select(shown[place])
                self._bring_into_view(place)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.selection in shown and self.selection is not None:
            self.opened.emit(self.selection)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        if self.selection in self.shown:
            card = self.card(self.shown.index(self.selection))
            ring(painter, card.adjusted(3, 3, -3, -1), current_theme())
        elif self.hasFocus():
            painter.setPen(current_theme().accent)
            painter.drawRect(QRectF(self.viewport().rect()).adjusted(0, 0, -1, -1))
        painter.end()

    def _bring_into_view(self, place: int) -> None:
        card, bar = self.card(place), self.verticalScrollBar()
        if card.top() < 0:
            bar.setValue(bar.value() + int(card.top()) - 1)
        elif card.bottom() > self.viewport().height():
            bar.setValue(bar.value() + int(np.ceil(card.bottom() - self.viewport().height())))
