"""A picture that may be wider than its room is scrolled sideways; its whole height is always shown."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from gui.initial_weights.spread_grid import SpreadGrid


class SidewaysArea(QScrollArea):
    """Holds the histograms: many layers stand beside each other."""

    def __init__(self, grid: SpreadGrid, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = grid
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(grid)
        grid.fitted.connect(self.updateGeometry)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._grid.minimumHeight() + self.horizontalScrollBar().sizeHint().height())

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()
