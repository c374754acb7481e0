"""The picture of the trials, and what its two axes show."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from gui.search_views.found import MEASURE, Found
from gui.search_views.trial_scatter import TrialScatter
from gui.theme import GRID


class ScatterPage(QWidget):
    """A scatter of any two hyperparameters; at first the first two, or the only one and the mark."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scatter = TrialScatter()
        self.across, self.up = QComboBox(), QComboBox()
        row = QHBoxLayout()
        row.setContentsMargins(GRID, 0, GRID, 0)
        row.setSpacing(GRID)
        for box, sign, name, tip in (
            (self.across, "→", self.tr("Across"), self.tr("<p>The hyperparameter along the horizontal axis</p>")),
            (self.up, "↑", self.tr("Upwards"), self.tr("<p>The hyperparameter along the vertical axis</p>")),
        ):
            box.setAccessibleName(name)
            box.setToolTip(tip)
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(8)
            box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            box.activated.connect(self._turn)
            label = QLabel(sign)
            label.setBuddy(box)
            row.addWidget(label)
            row.addWidget(box, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addLayout(row)
        column.addWidget(self.scatter, 1)

    def show_found(self, found: Found | None) -> None:
        """The trials so far; other hyperparameters than before bring other axes."""
        offered = [*found.paths, MEASURE] if found is not None else []
        if found is not None and offered != [self.across.itemData(i) for i in range(self.across.count())]:
            for box, at in ((self.across, 0), (self.up, min(1, len(offered) - 1))):
                box.clear()
                for path in offered:
                    box.addItem(found.labels[path], path)
                box.setCurrentIndex(at)
            self._turn()
        self.scatter.show_found(found)

    def _turn(self) -> None:
        self.scatter.show_axes(self.across.currentData(), self.up.currentData())
