"""A bar cut into shares: how the samples are divided, at a glance. Its borders can be moved."""

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.palette import curve_color
from gui.share_border import ShareBorder
from gui.theme import GRID, current_theme, theme_switch

LEAST = 1  # percent that are left for training


class ShareBar(QWidget):
    """Training, validation and test side by side, each in the colour that its curve has in the plots.

    The first border moves samples between training and validation, the second between validation and test; one that
    meets the other takes it along. While it is dragged only the bar follows (and `dragged` says where to); the choice
    is made when it is let go.
    """

    dragged = Signal(float, float)  # the shares of validation and test, not yet chosen
    chosen = Signal(float, float, str)  # the same, and a name that choices have in common which are one step to undo

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shares = (0.0, 0.0)  # of validation and test
        self.borders = ShareBorder(left=True, parent=self), ShareBorder(left=False, parent=self)
        tip = self.tr(
            "<p>Drag, or press the arrow keys: one percent a step. "
            "Each class is shared out alike (a stratified split), by the data seed.</p>"
        )
        names = self.tr("border of training and validation"), self.tr("border of validation and test")
        for place, (border, name) in enumerate(zip(self.borders, names, strict=True)):
            border.setAccessibleName(name)
            border.setObjectName(f"share border {place + 1}")
            border.setToolTip(f"<p><b>{name}</b></p>{tip}")
            border.dragged.connect(lambda x, place=place: self._drag(place, self.value_at(x)))
            border.stepped.connect(lambda value, place=place: self._step(place, value))
            border.released.connect(lambda: self.chosen.emit(*self._shares, ""))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme_switch().changed.connect(self._restyle)

    def show_shares(self, validation: float, test: float) -> None:
        """Shares of the whole; training has the rest."""
        self._shares = validation, test
        for border, share in zip(self.borders, self._ends(), strict=True):
            border.setValue(round(100 * share))
        self._place_borders()
        self.update()

    def value_at(self, x: float) -> int:
        """The percentage of the bar that lies left of `x` px."""
        bar = self._bar()
        return round(100 * min(max((x - bar.left()) / max(1.0, bar.width()), 0.0), 1.0))

    def place_of(self, share: float) -> float:
        """Where the first `share` of the bar ends, px from the left."""
        bar = self._bar()
        return bar.left() + share * bar.width()

    def sizeHint(self) -> QSize:
        return QSize(10 * GRID, current_theme().body + GRID)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_borders()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        bar, (first, second) = self._bar(), self._ends()
        painter.fillRect(bar, QColor(current_theme().grid))
        for name, low, high in (("train", 0.0, first), ("validation", first, second), ("test", second, 1.0)):
            width = (high - low) * bar.width()
            if width > 0:
                place = QRectF(self.place_of(low), bar.top(), max(1.0, width - 1), bar.height())
                painter.fillRect(place, curve_color(name))

    def _ends(self) -> tuple[float, float]:
        """Where training ends and where validation ends, as shares of the bar."""
        validation, test = self._shares
        return 1 - validation - test, 1 - test

    def _bar(self) -> QRectF:
        edge = self._wide()
        return QRectF(edge, (self.height() - GRID) // 2, max(1, self.width() - 2 * edge), GRID)

    @staticmethod
    def _wide() -> int:
        """px of a border."""
        return current_theme().marker + 4

    def _place_borders(self) -> None:
        wide = self._wide()
        for border, share in zip(self.borders, self._ends(), strict=True):
            x = round(self.place_of(share)) - (wide if border.left else 0)
            border.setGeometry(x, 0, wide, self.height())

    def _moved(self, place: int, value: int) -> tuple[float, float]:
        """The shares with one border at `value` percent; the other gives way."""
        first, second = (100 * end for end in self._ends())
        if place == 0:
            first = min(max(value, LEAST), 100)
            second = max(first, second)
        else:
            second = min(max(value, LEAST), 100)
            first = min(first, second)
        return round((second - first) / 100, 9), round((100 - second) / 100, 9)

    def _drag(self, place: int, value: int) -> None:
        self.show_shares(*self._moved(place, value))
        self.dragged.emit(*self._shares)

    def _step(self, place: int, value: int) -> None:
        self.chosen.emit(*self._moved(place, value), f"share border {self.borders[place].visit}")

    def _restyle(self) -> None:
        self.updateGeometry()
        self._place_borders()
        self.update()
