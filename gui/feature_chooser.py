"""What the network is given to see of a point in the plane: check boxes with a small map of each feature."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from gui.theme import GRID, current_theme, theme_switch
from gui.thumbnails import feature_image
from gui.words import input_symbol
from model.features import FEATURES, FeatureName, named

COLUMNS = 2
PLAIN_AXES = "x1", "x2"


class FeatureChooser(QWidget):
    """`chosen` hands on the names that are ticked, in the order of the table. One always stays ticked."""

    chosen = Signal(object)  # tuple[FeatureName, ...]

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes: dict[FeatureName, QCheckBox] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(GRID // 2)
        for place, name in enumerate(FEATURES):
            box = QCheckBox(input_symbol(name))
            box.setObjectName(f"feature {name}")
            box.setAccessibleName(self.tr("input {feature}").format(feature=name))
            box.clicked.connect(self._clicked)
            self.boxes[name] = box
            grid.addWidget(box, place // COLUMNS, place % COLUMNS)
        theme_switch().changed.connect(self._restyle)
        self._restyle()

    def show_features(self, features: tuple[FeatureName, ...], axes: Sequence[str] = PLAIN_AXES) -> None:
        """Tick `features` and no others, without a signal; `axes`: what x1 and x2 are called in the data."""
        for name, box in self.boxes.items():
            box.setChecked(name in features)
            last = features == (name,)
            box.setEnabled(not last)
            if last:
                box.setToolTip(self.tr("The network needs at least one input: choose another one first."))
            else:
                box.setToolTip(
                    self.tr(
                        "<p>Give the network {feature} of every point as an input. The map shows it over the plane: "
                        "blue is positive, orange negative.</p>"
                    ).format(feature=f"<b>{escape(input_symbol(named(name, axes)))}</b>")
                )

    def _clicked(self) -> None:
        self.chosen.emit(tuple(name for name, box in self.boxes.items() if box.isChecked()))

    def _restyle(self) -> None:
        theme = current_theme()
        side = 3 * GRID if not theme.projector else 4 * GRID
        for name, box in self.boxes.items():
            # The picture of a disabled box stays in its colours: the feature is in use.
            icon, picture = QIcon(), QPixmap.fromImage(feature_image(name, theme))
            for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled):
                icon.addPixmap(picture, mode)
            box.setIcon(icon)
            box.setIconSize(QSize(side, side))
