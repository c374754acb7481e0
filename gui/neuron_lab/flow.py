"""A layout that fills lines from left to right, as text does: where there is less width, there are more lines."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from gui.theme import GRID


class Flow(QLayout):
    """Widgets in lines. `equal`: in columns that are equally wide and fill the line."""

    def __init__(self, parent: QWidget | None = None, *, equal: bool = False, gap: int = GRID) -> None:
        super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(gap)
        self._equal = equal
        self._items: list[QLayoutItem] = []

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # pyright: ignore[reportIncompatibleMethodOverride]
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # pyright: ignore[reportIncompatibleMethodOverride]
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max((place.bottom() + 1 for place in self._places(width)), default=0)

    def sizeHint(self) -> QSize:
        """All in one line."""
        sizes = [item.sizeHint() for item in self._items]
        widths = sum(size.width() for size in sizes)
        return QSize(widths + self.spacing() * max(0, len(sizes) - 1), max((s.height() for s in sizes), default=0))

    def minimumSize(self) -> QSize:
        """The widest alone."""
        sizes = [item.minimumSize() for item in self._items]
        return QSize(max((s.width() for s in sizes), default=0), max((s.height() for s in sizes), default=0))

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        for item, place in zip(self._items, self._places(rect.width()), strict=True):
            item.setGeometry(place.translated(rect.topLeft()))

    def _places(self, width: int) -> list[QRect]:
        gap = self.spacing()
        widths = [item.sizeHint().width() for item in self._items]
        if self._equal and widths:
            widths = [item.minimumSize().width() for item in self._items]
            columns = min(len(widths), max(1, (width + gap) // (max(widths) + gap)))
            widths = [(width - gap * (columns - 1)) // columns] * len(widths)
        places: list[QRect] = []
        x = y = tallest = 0
        for item, wide in zip(self._items, widths, strict=True):
            if x and x + wide > width:
                x, y, tallest = 0, y + tallest + gap // 2, 0
            height = item.heightForWidth(wide) if item.hasHeightForWidth() else item.sizeHint().height()
            places.append(QRect(x, y, min(wide, max(width, 1)), height))
            x, tallest = x + wide + gap, max(tallest, height)
        return places
