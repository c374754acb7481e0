"""The result of a check: the verdict, the worst parameter, the heat map, and the error over the difference step."""

from html import escape

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from gui.check_views.finding import Finding
from gui.check_views.heat_map import HeatMap
from gui.check_views.step_plot import StepPlot
from gui.picture_worker import PictureWorker
from gui.text_label import TextLabel
from gui.theme import GRID, current_theme, font, theme_switch
from gui.words import words
from model.check_report import curve_in_words

MARKS = {"agrees": "✓", "disagrees": "✗"}  # else it is not backpropagation that is to blame
LINES = 12  # of small type: the least height of the pictures


class ResultView(QWidget):
    """Sentences above, pictures below."""

    def __init__(self, pictures: PictureWorker | None = None, parent: QWidget | None = None) -> None:
        """`pictures`: makes the heat map of a large network."""
        super().__init__(parent)
        self.finding: Finding | None = None
        self._stale = False  # other settings are chosen by now
        self.verdict = QLabel()
        self.verdict.setAccessibleName(self.tr("Verdict"))
        self.details, self.origin, self.curve = (TextLabel("", "muted") for _ in range(3))
        self.details.setAccessibleName(self.tr("Details of the check"))
        self.curve.setAccessibleName(self.tr("What the errors over the difference step show"))
        for each in (self.verdict, self.details, self.origin, self.curve):
            each.setWordWrap(True)
        self.origin.setAccessibleName(self.tr("What was checked"))
        self.map, self.plot = HeatMap(pictures), StepPlot()
        self._lay_out()
        theme_switch().changed.connect(self._restyle)
        self._restyle()

    def show_finding(self, finding: Finding | None) -> None:
        """Show what was found, or forget it."""
        self.finding, self._stale = finding, False
        if finding is None:
            self.map.show_comparison(None, None)
            return
        report = finding.report
        self.details.setText(finding.details())
        self.map.show_comparison(report.comparison, finding.names)
        self.plot.mark(report.comparison.settings)
        self.plot.show_errors(report.errors, finding.sampled_names())
        self.curve.setText(words(curve_in_words(report)))
        self.show_now(finding.at.step)
        self._restyle()

    def set_stale(self, stale: bool) -> None:
        """The result is not that of what is chosen now: it is not to be taken for its answer."""
        if stale != self._stale and self.finding is not None:
            self._stale = stale
            self._restyle()

    def show_now(self, step: int) -> None:
        """The step that the run is at; the result stays what it was."""
        if self.finding is not None:
            text = self.finding.origin(moved_on=step != self.finding.at.step)
            if text != self.origin.text():
                self.origin.setText(text)

    def _restyle(self) -> None:
        theme = current_theme()
        self.verdict.setFont(font(theme.body))
        good = self.finding is None or self.finding.agrees
        color = theme.text if self._stale else theme.accent if good else theme.warning
        palette = QPalette(self.verdict.palette())
        palette.setColor(QPalette.ColorRole.WindowText, QColor(color))
        self.verdict.setPalette(palette)
        self.verdict.setText(self._headline())
        for each in (self.map, self.plot):
            each.setMinimumHeight(round(LINES * 1.3 * theme.small))

    def _headline(self) -> str:
        if self.finding is None:
            return ""
        if self._stale:
            return self.tr("<b>Something else is chosen now.</b> Press Check the gradient; below is the result before.")
        headline, sentence = (escape(text, quote=False) for text in self.finding.verdict())
        mark = MARKS.get(self.finding.report.verdict.kind, "⚠")
        return f"<b>{f'{mark} {headline}'.strip()}</b> {sentence}"

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        for each in (self.verdict, self.details, self.origin):
            column.addWidget(each)
        pictures = QGridLayout()
        pictures.setSpacing(GRID)
        pictures.addWidget(self.map, 0, 0, 2, 1)
        pictures.addWidget(self.plot, 0, 1)
        pictures.addWidget(self.curve, 1, 1)
        pictures.setColumnStretch(0, 5)
        pictures.setColumnStretch(1, 4)
        pictures.setRowStretch(0, 1)
        column.addLayout(pictures, 1)
