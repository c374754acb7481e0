"""Arrays before they are opened: which hold the samples and which the targets, and whether there is a test part."""

from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QWidget

from gui.own_data.data_dialog import DataDialog
from gui.theme import GRID
from model.datasets.arrays import sample_shape
from model.datasets.dataset import Task
from model.datasets.from_file import FoundArrays, pair_of

Chosen = tuple[int, int, int | None, int | None]  # samples, targets, and those of the test part


class ArrayDialog(DataDialog):
    """Four choices among the arrays of a file, and the task."""

    def __init__(self, found: FoundArrays, parent: QWidget) -> None:
        super().__init__(found.name, parent)
        self.found = found
        self.size_line.setText(self.tr("%n arrays", "", len(found.arrays)))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(2 * GRID)
        self._grid.setVerticalSpacing(GRID)
        self._grid.setColumnStretch(1, 1)
        self.page.addLayout(self._grid)
        chosen = pair_of(found)
        tips = (
            (self.tr("Samples"), self.tr("An array whose first axis counts the samples: images, or rows of numbers.")),
            (self.tr("Targets"), self.tr("The answer to each sample: a class, or a number.")),
            (self.tr("Test samples"), self.tr("Samples that the data sets aside: they are measured, never learnt.")),
            (self.tr("Test targets"), self.tr("The answer to each of the test samples.")),
        )
        self.boxes = [
            self._box(name, tip, place, optional=i > 1)
            for i, ((name, tip), place) in enumerate(zip(tips, chosen, strict=True))
        ]
        self.task = QComboBox()
        for text, task in (
            (self.tr("as the targets suggest"), None),
            (self.tr("classification"), "classification"),
            (self.tr("regression"), "regression"),
        ):
            self.task.addItem(text, task)
        self._add(self.tr("Task"), self.tr("Classes are told apart; of a regression a number is said."), self.task)
        self.standardize.setChecked(False)  # pixels are from 0 to 1 already
        self._look()
        self.setMinimumWidth(72 * GRID)

    def chosen(self) -> Chosen:
        """The places of the arrays that are meant."""
        inputs, targets, *test = (box.currentData() for box in self.boxes)
        return inputs, targets, test[0], test[1]

    def asked(self) -> Task | None:
        """The task, or None: as the targets suggest."""
        return self.task.currentData()

    def _box(self, name: str, tip: str, place: int | None, *, optional: bool) -> QComboBox:
        box = QComboBox()
        if optional:
            box.addItem(self.tr("none"), None)
        for i, (_, member, called) in enumerate(self.found.arrays):
            shape = " × ".join(f"{length:,}" for length in member.shape)
            box.addItem(self.tr("{name}  ({shape})").format(name=called, shape=shape), i)
        box.setCurrentIndex(box.findData(place))
        box.activated.connect(self._look)
        self._add(name, tip, box)
        return box

    def _add(self, name: str, tip: str, box: QComboBox) -> None:
        label = QLabel(name)
        label.setBuddy(box)
        for each in (label, box):
            each.setToolTip(tip)
        box.setAccessibleName(name)
        row = self._grid.rowCount()
        self._grid.addWidget(label, row, 0)
        self._grid.addWidget(box, row, 1)

    def _look(self) -> None:
        inputs, targets, test_inputs, test_targets = self.chosen()
        shapes = [member.shape for _, member, _ in self.found.arrays]
        problem = self._problem(shapes[inputs], shapes[targets])
        if not problem and (test_inputs is None) != (test_targets is None):
            problem = self.tr("The test part needs both, samples and targets.")
        if not problem and test_inputs is not None and test_targets is not None:
            problem = self._problem(shapes[test_inputs], shapes[test_targets])
            if not problem and shapes[test_inputs][1:] != shapes[inputs][1:]:
                problem = self.tr("The test samples have another shape than the samples.")
        self.say("" if problem else self._in_words(shapes), problem)

    def _problem(self, inputs: tuple[int, ...], targets: tuple[int, ...]) -> str:
        if not inputs or not targets or inputs[0] != targets[0]:
            return self.tr("There are {samples} samples and {targets} targets: each sample needs one.").format(
                samples=f"{inputs[0]:,}" if inputs else 0, targets=f"{targets[0]:,}" if targets else 0
            )
        if sample_shape(inputs) is None:
            return self.tr("No sample has so many axes: a row of numbers or an image is needed.")
        return ""

    def _in_words(self, shapes: list[tuple[int, ...]]) -> str:
        inputs, _, test_inputs, _ = self.chosen()
        sample = list(sample_shape(shapes[inputs]) or [0])
        what = (
            self.tr("images of {rows} × {columns}").format(rows=sample[1], columns=sample[2])
            if len(sample) > 1
            else self.tr("rows of %n numbers", "", sample[0])
        )
        if test_inputs is None:
            return self.tr("{count} samples: {what}.").format(count=f"{shapes[inputs][0]:,}", what=what)
        return self.tr("{count} samples to learn from and {test} of the test part: {what}.").format(
            count=f"{shapes[inputs][0]:,}", test=f"{shapes[test_inputs][0]:,}", what=what
        )
