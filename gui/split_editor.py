"""How the samples are shared out: training, validation, test, their shares and counts."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from gui.experiment_rows import with_value
from gui.hyperparameter_editor import editor
from gui.number_editor import NumberEditor, as_text
from gui.palette import curve_color
from gui.session import Session
from gui.share_bar import ShareBar
from gui.text_label import TextLabel
from gui.theme import GRID, current_theme, theme_switch
from gui.words import words
from model.data import Data, Parts
from model.evaluation import MOST_SAMPLES
from model.experiment import Experiment
from model.hyperparameter import hyperparameters
from model.split import PART_NAMES

BOX_LETTERS = 5  # the width of a box in sizes of its type: "0.125" and the arrows
PARTS = ("train", "validation", "test")  # as the curves are called, in the order of PART_NAMES


class SplitEditor(QWidget):
    """Validation and test have their shares, training takes the rest."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.shares: dict[str, NumberEditor] = {}
        self.counts: dict[str, QLabel] = {}
        self.rest = QLabel()
        self.notes = TextLabel(kind="warning")
        self.notes.setWordWrap(True)
        self.notes.setObjectName("split notes")
        self._bar = ShareBar(self)
        self._headings = [TextLabel(self.tr("share"), "muted"), TextLabel(self.tr("samples"), "muted")]
        self._build()
        theme_switch().changed.connect(self._restyle)
        self._restyle()
        session.experiment_changed.connect(self.show_experiment)
        self.show_experiment(session.experiment)

    def show_experiment(self, experiment: Experiment) -> None:
        """Take over the shares of `experiment`."""
        data = experiment.data
        for name, box in self.shares.items():
            if box.value() != getattr(data, name):
                box.set_value(getattr(data, name))
        self.rest.setText(as_text(round(1 - data.validation - data.test, 9)))

    def show_parts(self, parts: Parts) -> None:
        """Show what the shares came to, and what could not be shared out as asked."""
        counts = {name: len(getattr(parts, name).inputs) for name in PARTS}
        for name, count in counts.items():
            self.counts[name].setText(f"{count:,}")
        self._bar.show_counts(counts)
        sentences = [words(note) for note in parts.notes]
        if max(counts.values()) > MOST_SAMPLES:
            sentences.append(
                self.tr("Losses and accuracies are measured on the first {most} samples of a part.").format(
                    most=f"{MOST_SAMPLES:,}"
                )
            )
        self.notes.setText("\n".join(sentences))
        self.notes.setVisible(bool(sentences))

    def _build(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(GRID // 2)
        grid.setColumnStretch(0, 1)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for column, heading in enumerate(self._headings, start=1):
            grid.addWidget(heading, 0, column, right)
        declared = {each.name: each for each in hyperparameters(Data)}
        for row, (name, label) in enumerate(zip(PARTS, PART_NAMES, strict=True), start=1):
            # The little square is the key to the bar, in the colour that the part's curve has in the plots.
            title = QLabel(f'<span style="color: {curve_color(name).name()}">■</span> {words(label)}')
            title.setAccessibleName(words(label))
            count = QLabel()
            count.setAccessibleName(self.tr("{part} samples").format(part=words(label)))
            self.counts[name] = count
            grid.addWidget(title, row, 0)
            grid.addWidget(count, row, 2, right)
            if name not in declared:
                self.rest.setAccessibleName(self.tr("training share"))
                self.rest.setToolTip(self.tr("Training takes what validation and test leave."))
                title.setToolTip(self.rest.toolTip())
                grid.addWidget(self.rest, row, 1, right)
                continue
            box = editor(declared[name], getattr(self._session.experiment.data, name), self)
            assert isinstance(box, NumberEditor)
            box.setObjectName(f"data.{name}")
            box.edited.connect(lambda value, name=name: self._edited(name, value))
            title.setToolTip(box.toolTip())
            title.setBuddy(box)
            self.shares[name] = box
            grid.addWidget(box, row, 1)
        grid.addWidget(self._bar, 4, 0, 1, 3)
        grid.addWidget(self.notes, 5, 0, 1, 3)

    def _edited(self, name: str, share: float) -> None:
        after = with_value(self._session.experiment, ("data", name), share)
        label = self.tr("change {label}").format(label=self.shares[name].accessibleName())
        if not self._session.propose(after, label, merge=self.shares[name].merge):
            self.show_experiment(self._session.experiment)

    def _restyle(self) -> None:
        theme = current_theme()
        for box in self.shares.values():
            box.setMinimumWidth(BOX_LETTERS * theme.body)
