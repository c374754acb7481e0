"""What a person presses in the overfitting lab, how far the runs are, and a sentence where something is to be said."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gui.live_label import LiveLabel
from gui.overfit_views.contest import BASE, Contest
from gui.text_label import TextLabel
from gui.theme import GRID, Theme, current_theme, theme_switch


class LabBar(QWidget):
    """Run or Stop, Start over."""

    pressed = Signal()
    start_over = Signal()
    validation_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.run, self.again = QPushButton(self.tr("Compare")), QPushButton(self.tr("Start over"))
        self.keep = QPushButton(self.tr("Keep 20 % for validation"))
        self.state = LiveLabel(small=True, wrap_lines=1)
        self.sentence = TextLabel(kind="warning")
        self.sentence.setWordWrap(True)
        self._missing = self._said = ""
        self._lay_out()
        # A click must not take the keyboard: Space goes on meaning Run of the window. Tab still gets here.
        self.run.clicked.connect(self.pressed)
        self.again.clicked.connect(self.start_over)
        self.keep.clicked.connect(self.validation_wanted)
        theme_switch().changed.connect(self._restyle)
        self.show_missing("", can_be_helped=False)
        self._restyle(current_theme())

    def show_state(self, contest: Contest) -> None:
        """What the buttons do now, and how far the runs are."""
        self.run.setText(self.tr("Stop") if contest.running else self.tr("Compare"))
        self.run.setEnabled(not self._missing and (contest.running or not contest.finished))
        self.again.setEnabled(contest.begun)
        self.state.setText(self._state(contest))

    def say(self, sentence: str) -> None:
        """Until there is something else to be said."""
        self._said = sentence
        self._show_sentence()

    def show_missing(self, sentence: str, *, can_be_helped: bool) -> None:
        """What keeps the lab from running; "" where nothing does. `can_be_helped`: by the button beside it."""
        self._missing = sentence
        self.keep.setVisible(can_be_helped)
        self.run.setEnabled(not sentence)
        self._show_sentence()

    def _show_sentence(self) -> None:
        text = self._missing or self._said
        self.sentence.setText(text)
        self.sentence.setVisible(bool(text))

    def _state(self, contest: Contest) -> str:
        if contest.failed:
            return self.tr("ended by an error: press Compare to go on")
        run = contest.so_far.get(BASE)
        if run is None:
            return self.tr("beginning") if contest.running else ""
        stop = contest.experiments[BASE].stop.step
        if contest.finished:
            return self.tr("all runs have ended")
        if stop is None:
            return self.tr("step {step:,}").format(step=run.steps)
        return self.tr("step {step:,} of {stop:,}").format(step=run.steps, stop=stop)

    def _lay_out(self) -> None:
        tips = (
            (self.run, self.tr("Train the experiment as it is, and once with each remedy that is switched on")),
            (self.again, self.tr("Forget these runs and begin again with the same initial weights")),
            (self.keep, self.tr("Give the validation part a fifth of the samples. The training part gets smaller.")),
        )
        for button, tip in tips:
            button.setToolTip(f"<p>{tip}</p>")
            button.setAccessibleDescription(tip)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.state.setAccessibleName(self.tr("How far the runs are"))
        self.sentence.setAccessibleName(self.tr("What is to be known"))
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.run)
        row.addWidget(self.again)
        row.addWidget(self.state, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(row)
        column.addWidget(self.sentence)
        column.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignLeft)

    def _restyle(self, theme: Theme) -> None:
        self.run.setStyleSheet(
            f"QPushButton {{ color: {theme.on_accent}; background: {theme.accent}; border: none; border-radius: 4px;"
            f" padding: 6px 16px; font-weight: bold; }}"
            f"QPushButton:hover {{ border: 1px solid {theme.text}; padding: 5px 15px; }}"
            f"QPushButton:focus {{ border: 2px solid {theme.text}; padding: 4px 14px; }}"
            f"QPushButton:disabled {{ color: {theme.muted}; background: {theme.grid}; }}"
        )
        # As wide with the one word as with the other: what stands beside it must not move.
        self.run.ensurePolished()
        width = self.run.fontMetrics().horizontalAdvance
        around = self.run.sizeHint().width() - width(self.run.text())
        self.run.setMinimumWidth(around + max(width(self.tr("Compare")), width(self.tr("Stop"))))
