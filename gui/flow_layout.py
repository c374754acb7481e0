"""Controls beside each other, and in the next line where there is no room: narrow docks and large type cut nothing."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from gui.theme import GRID


class FlowLayout(QLayout):
    """Lines from the left to the right, each as high as its highest control. Hidden ones take no room.

    What wants all the width there is gets what is left of its line. `equal`: the controls stand in columns that are
    equally wide and fill the line. `gap`: between controls and between lines, px.
    """

    def __init__(self, parent: QWidget | None = None, *, equal: bool = False, gap: int = GRID) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._equal = equal
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(gap)

    # What QLayout asks of a kind of layout.

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        """All in one line."""
        hints = [item.sizeHint() for item in self._shown()]
        width = sum(hint.width() for hint in hints) + self.spacing() * max(0, len(hints) - 1)
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:
        """One below the other."""
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        return size

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _sizes(self, width: int) -> list[QSize]:
        """Of the controls that are shown, in lines of this width."""
        shown = self._shown()
        widths = [item.sizeHint().width() for item in shown]
        if self._equal and shown:
            widest = max(item.minimumSize().width() for item in shown)
            columns = min(len(shown), max(1, (width + self.spacing()) // (widest + self.spacing())))
            widths = [(width - self.spacing() * (columns - 1)) // columns] * len(shown)
        return [
            QSize(wide, item.heightForWidth(wide) if item.hasHeightForWidth() else item.sizeHint().height())
            for item, wide in zip(shown, widths, strict=True)
        ]

    def _place(self, rect: QRect, *, move: bool) -> int:
        """Go through the lines; the height that they take."""
        lines: list[list[tuple[QLayoutItem, QSize, int]]] = [[]]
        x = 0
        for item, size in zip(self._shown(), self._sizes(rect.width()), strict=True):
            if lines[-1] and x + size.width() > rect.width():
                lines.append([])
                x = 0
            lines[-1].append((item, size, x))
            x += size.width() + self.spacing()
        y = rect.y()
        for line in lines:
            height = max((size.height() for _, size, _ in line), default=0)
            for item, size, left in line if move else ():
                greedy = not self._equal and bool(item.expandingDirections() & Qt.Orientation.Horizontal)
                width = rect.width() - left if greedy else min(size.width(), rect.width())
                corner = QPoint(rect.x() + left, y + (height - size.height()) // 2)
                item.setGeometry(QRect(corner, QSize(width, size.height())))
            y += height + self.spacing()
        return y - self.spacing() - rect.y()
