"""Precision, recall and F1 of every class, and their means: each a number on a bar."""

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.export import Table
from gui.output_views.picture import Picture
from gui.palette import blend
from gui.theme import GRID, Theme, current_theme, font
from model.arrays import Indices
from model.class_scores import ClassScores, class_scores

WIDEST_NAME = 96.0  # px for the names of the classes
BAR = 0.3  # share of the colour in a bar: the number on it stays black on white


class ScoreTable(Picture):
    """A row for each class and one for the macro mean; the scores come from the counts of a confusion matrix."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Scores per class"), parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._names: tuple[str, ...] = ()
        self._take(np.zeros((0, 0), np.intp))

    def set_classes(self, names: tuple[str, ...]) -> None:
        """Another data set: no scores yet."""
        self._names = names
        self._take(np.zeros((len(names), len(names)), np.intp))
        self.restyle(current_theme())

    def set_counts(self, counts: Indices) -> None:
        """Show the scores of counts[right, predicted]."""
        if not np.array_equal(counts, self._counts):
            self._take(counts)
            self.update()
            self.refresh()

    def texts(self) -> Table:
        """The table as it is shown."""
        header = self.tr("class"), self.tr("samples"), *self._measures()
        rows = [
            (name, f"{samples:,}", *(percent(each[k]) for each in self._scores_of_classes()))
            for k, (name, samples) in enumerate(zip(self._names, self.scores.samples.tolist(), strict=True))
        ]
        total = f"{int(self.scores.samples.sum()):,}"
        return header, [*rows, (self.tr("macro mean"), total, *(percent(each) for each in self.scores.macro))]

    def export_rows(self) -> Table:
        """A row for each class and one for the macro mean, with all digits."""
        header, _ = self.texts()
        columns = self.scores.samples.tolist(), *(each.tolist() for each in self._scores_of_classes())
        rows = [*zip(self._names, *columns, strict=True)]
        return header, [*rows, (self.tr("macro mean"), int(self.scores.samples.sum()), *self.scores.macro)]

    def text_at(self, place: QPointF) -> str:
        """What a number is the share of."""
        row = int(place.y() / self.height() * (len(self._names) + 2)) - 1
        column = self._column_at(place.x())
        if column is None or not 0 <= row <= len(self._names):
            return ""
        if row == len(self._names):
            return self.tr(
                "The mean over the classes that have samples here: a rare class counts as much as the others."
            )
        name, right = self._names[row], int(self._counts[row, row])
        samples, predicted = int(self._counts[row].sum()), int(self._counts[:, row].sum())
        if not samples:
            return self.tr("There is no sample of {name} in this part.").format(name=name)
        if column == 0 and not predicted:
            return self.tr("Nothing was taken for {name}: its precision counts as 0.").format(name=name)
        sentence = (
            self.tr("precision: {right:,} of {predicted:,} taken for {name} are right"),
            self.tr("recall: {right:,} of {samples:,} samples of {name} were found"),
            self.tr("F1: the harmonic mean of precision and recall,\n2 · {right:,} / ({predicted:,} + {samples:,})"),
        )[column]
        return sentence.format(right=right, predicted=predicted, samples=samples, name=name)

    def restyle(self, theme: Theme) -> None:
        line = math.ceil(QFontMetricsF(font(theme.small)).height())
        self.setMinimumSize(28 * GRID, (len(self._names) + 2) * line)
        super().restyle(theme)

    def paint(self, painter: QPainter, theme: Theme) -> None:
        header, rows = self.texts()
        high = self.height() / (len(self._names) + 2)
        edges = self._edges()
        shares = [*zip(*self._scores_of_classes(), strict=True), self.scores.macro]
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        last = len(self._names)
        for line, texts in enumerate((header, *rows)):
            y = line * high
            for column, text in enumerate(map(str, texts)):
                cell = QRectF(edges[column], y, edges[column + 1] - edges[column] - GRID / 2, high)
                if cell.width() <= 0:
                    continue
                if line and column >= 2 and (share := shares[line - 1][column - 2]) > 0:
                    bar = QRectF(cell.left(), y + 1, cell.width() * share, high - 2)
                    painter.fillRect(bar, blend(theme.positive, theme.panel, BAR))
                painter.setPen(QColor(theme.text if line and column != 1 else theme.muted))
                shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(cell.width()))
                painter.drawText(cell.adjusted(0, 0, -GRID / 2 if column else 0, 0), right if column else left, shown)
        painter.setPen(QPen(QColor(theme.muted), 1))
        y = round((last + 1) * high)
        painter.drawLine(QPointF(edges[0], y), QPointF(edges[-1] - GRID / 2, y))

    def _take(self, counts: Indices) -> None:
        self._counts = counts
        self.scores: ClassScores = class_scores(counts)
        precision, recall, f1 = (percent(each) for each in self.scores.macro)
        self.setAccessibleDescription(
            self.tr("Macro mean: precision {precision}, recall {recall}, F1 {f1}").format(
                precision=precision, recall=recall, f1=f1
            )
        )

    def _scores_of_classes(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        return self.scores.precision, self.scores.recall, self.scores.f1

    def _measures(self) -> tuple[str, str, str]:
        return self.tr("precision"), self.tr("recall"), self.tr("F1")

    def _edges(self) -> list[float]:
        """Where the columns begin, and where the last one ends. Where it is tight the samples have no width."""
        advance = QFontMetricsF(font(current_theme().small)).horizontalAdvance
        mean = advance(self.tr("macro mean"))
        name = max(mean, min(WIDEST_NAME, max(map(advance, self._names), default=0.0))) + GRID
        samples = advance(self.tr("samples")) + GRID
        begin = GRID / 2 + name
        if (self.width() - begin - samples) / 3 < max(map(advance, self._measures())) + GRID:
            samples = 0.0
        wide = (self.width() - begin - samples) / 3
        return [GRID / 2, begin, *(begin + samples + i * wide for i in range(4))]

    def _column_at(self, x: float) -> int | None:
        """Which of the three scores stands at `x`."""
        edges = self._edges()[2:]
        return next((i for i in range(3) if edges[i] <= x < edges[i + 1]), None)


def percent(share: float) -> str:
    """A dash where a class has no score."""
    if math.isnan(share):
        return "–"
    return "100 %" if share == 1 else f"{100 * share:.1f} %"
