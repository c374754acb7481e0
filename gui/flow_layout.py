"""Controls beside each other, and in the next line where there is no room: narrow docks and large type cut nothing."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from gui.theme import GRID


class FlowLayout(QLayout):
    """Lines from the left to the right, each as high as its highest control. Hidden ones take no room.

    What wants all the width there is gets what is left of its line.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(GRID)

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
        hints = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(hint.width() for hint in hints) + self.spacing() * max(0, len(hints) - 1)
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:
        """One below the other."""
        size = QSize()
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, rect: QRect, *, move: bool) -> int:
        """Go through the lines; the height that they take."""
        lines: list[list[tuple[QLayoutItem, QSize, int]]] = [[]]
        x = 0
        for item in self._items:
            if item.isEmpty():
                continue
            hint = item.sizeHint()
            if lines[-1] and x + hint.width() > rect.width():
                lines.append([])
                x = 0
            lines[-1].append((item, hint, x))
            x += hint.width() + self.spacing()
        y = rect.y()
        for line in lines:
            height = max((hint.height() for _, hint, _ in line), default=0)
            for item, hint, left in line if move else ():
                greedy = bool(item.expandingDirections() & Qt.Orientation.Horizontal)
                width = rect.width() - left if greedy else min(hint.width(), rect.width())
                corner = QPoint(rect.x() + left, y + (height - hint.height()) // 2)
                item.setGeometry(QRect(corner, QSize(width, hint.height())))
            y += height + self.spacing()
        return y - self.spacing() - rect.y()
