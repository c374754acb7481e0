"""A box for a point of the plane: two numbers with a comma between them."""

import math

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

Point = tuple[float, float]


class PointEditor(QLineEdit):
    """Edits one point; what is no point is not taken, and the old one stays."""

    edited = Signal(float, float)

    def __init__(self, point: Point, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._point = point
        self.set_point(point)
        self.editingFinished.connect(self._commit)

    def set_point(self, point: Point) -> None:
        """Show `point` without a signal."""
        self._point = point
        self.setText("{:g}, {:g}".format(*point))

    def _commit(self) -> None:
        before, found = self._point, parsed(self.text())
        self.set_point(found or before)
        if found is not None and found != before:
            self.edited.emit(*found)


def parsed(text: str) -> Point | None:
    """The point that `text` says; None where it says none."""
    try:
        x, y = (float(part) for part in text.replace(";", ",").split(","))
    except ValueError:
        return None
    return (x, y) if math.isfinite(x) and math.isfinite(y) else None
