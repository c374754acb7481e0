"""How the samples are shared out: training, validation, test, their shares and counts, and what each part is for."""

from collections.abc import Sequence

from msgspec import structs
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from gui.experiment_rows import with_value
from gui.hyperparameter_editor import editor
from gui.number_editor import NumberEditor, as_text
from gui.palette import curve_color
from gui.session import Session
from gui.share_bar import ShareBar
from gui.split_words import uneven_classes, use_of_test, use_of_training, use_of_validation
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
    """Validation and test have their shares, training takes the rest. The bar shows them; its borders change them."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.shares: dict[str, NumberEditor] = {}
        self.counts: dict[str, QLabel] = {}
        self._test_of_file = False  # data from a file may come with a test part of their own
        self.uses: dict[str, TextLabel] = {}  # which curves and decisions a part is for
        self.rest = QLabel()
        self.notes = TextLabel(kind="warning")
        self.notes.setWordWrap(True)
        self.notes.setObjectName("split notes")
        self.bar = ShareBar(self)
        self.bar.dragged.connect(self._show_shares)
        self.bar.chosen.connect(self._choose)
        self._headings = [TextLabel(self.tr("share"), "muted"), TextLabel(self.tr("samples"), "muted")]
        self._build()
        theme_switch().changed.connect(self._restyle)
        self._restyle()
        session.experiment_changed.connect(self.show_experiment)
        self.show_experiment(session.experiment)

    def show_experiment(self, experiment: Experiment) -> None:
        """Take over the shares of `experiment`."""
        data = experiment.data
        self._show_shares(data.validation, data.test)
        self.bar.show_shares(data.validation, data.test)
        self._write_uses()

    def show_parts(self, parts: Parts, class_names: Sequence[str] = ()) -> None:
        """Show what the shares came to, and what could not be shared out as asked."""
        counts = {name: len(getattr(parts, name).inputs) for name in PARTS}
        for name, count in counts.items():
            self.counts[name].setText(f"{count:,}")
        self._test_of_file = bool(counts["test"]) and not self._session.experiment.data.test
        self._write_uses()
        sentences = [words(note) for note in parts.notes]
        uneven = uneven_classes(parts.train, class_names)
        if uneven:
            sentences.append(uneven)
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
            grid.addWidget(heading, 1, column, right)
        declared = {each.name: each for each in hyperparameters(Data)}
        grid.addWidget(self.bar, 0, 0, 1, 3)
        for place, (name, label) in enumerate(zip(PARTS, PART_NAMES, strict=True)):
            row = 2 + 2 * place
            # The little square is the key to the bar, in the colour that the part's curve has in the plots.
            title = QLabel(f'<span style="color: {curve_color(name).name()}">■</span> {words(label)}')
            title.setAccessibleName(words(label))
            count = QLabel()
            count.setAccessibleName(self.tr("{part} samples").format(part=words(label)))
            self.counts[name] = count
            self.uses[name] = use = TextLabel(kind="muted")
            use.setWordWrap(True)
            use.setObjectName(f"use of {name}")
            grid.addWidget(use, row + 1, 0, 1, 3)
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
        grid.addWidget(self.notes, 8, 0, 1, 3)

    def _edited(self, name: str, share: float) -> None:
        after = with_value(self._session.experiment, ("data", name), share)
        label = self.tr("change {label}").format(label=self.shares[name].accessibleName())
        if not self._session.propose(after, label, merge=self.shares[name].merge):
            self.show_experiment(self._session.experiment)

    def _write_uses(self) -> None:
        experiment = self._session.experiment
        test = use_of_test(experiment, of_file=self._test_of_file)
        for name, use in zip(PARTS, (use_of_training(experiment), use_of_validation(experiment), test), strict=True):
            if use != self.uses[name].text():
                self.uses[name].setText(use)

    def _choose(self, validation: float, test: float, merge: str) -> None:
        """A border of the bar was moved: both shares are one change."""
        data = structs.replace(self._session.experiment.data, validation=validation, test=test)
        self._session.change(self.tr("change the split"), merge=merge, data=data)
        self.show_experiment(self._session.experiment)

    def _show_shares(self, validation: float, test: float) -> None:
        """In numbers."""
        for name, share in (("validation", validation), ("test", test)):
            if self.shares[name].value() != share:
                self.shares[name].set_value(share)
        self.rest.setText(as_text(round(1 - validation - test, 9)))

    def _restyle(self) -> None:
        theme = current_theme()
        for box in self.shares.values():
            box.setMinimumWidth(BOX_LETTERS * theme.body)
