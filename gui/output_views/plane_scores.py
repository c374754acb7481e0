"""Under the plane: precision, recall and F1 of every class, for whoever wants to see them."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from gui.output_views.marks import part_name
from gui.output_views.score_table import ScoreTable
from gui.theme import GRID, Theme, current_theme, font, theme_switch
from model.arrays import Indices


class PlaneScores(QWidget):
    """A box to tick, and the scores of the last of the parts that are shown."""

    stale = Signal()  # the scores of another part are wanted, or any at all

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box, self.table = QCheckBox(), ScoreTable()
        self.box.setToolTip(
            self.tr(
                "<p>Of what was taken for a class, the share that is right (precision); of a class, the share that was "
                "found (recall); and their harmonic mean (F1).</p>"
            )
        )
        self._part = "test"
        self.table.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addWidget(self.box)
        column.addWidget(self.table)
        self.box.toggled.connect(self.table.setVisible)
        self.box.toggled.connect(self.stale)
        theme_switch().changed.connect(self._restyle)
        self._restyle(current_theme())
        self._write()

    def begin(self, names: tuple[str, ...]) -> None:
        """Another data set, with these classes; a regression has none, and no scores."""
        self.setVisible(bool(names))
        self.table.set_classes(names)

    def show_parts(self, parts: tuple[str, ...]) -> None:
        """These parts are on the plane."""
        if parts and parts[-1] != self._part:
            self._part = parts[-1]
            self._write()
            self.stale.emit()

    @property
    def wanted(self) -> str:
        """The part whose confusion matrix is to be counted; "" where nobody looks."""
        return self._part if self.box.isChecked() and not self.isHidden() else ""

    def take(self, part: str, counts: Indices | None) -> None:
        """The confusion matrix counts[right, predicted] of `part`."""
        if counts is not None and part == self.wanted:
            self.table.set_counts(counts)

    def _write(self) -> None:
        self.box.setText(self.tr("Scores per class ({part})").format(part=part_name(self._part)))

    def _restyle(self, theme: Theme) -> None:
        self.box.setFont(font(theme.small))
