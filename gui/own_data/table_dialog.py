"""A table before it is opened: its first rows, which column is the target, which are features."""

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QPushButton, QWidget

from gui.own_data.column_list import ColumnList
from gui.own_data.data_dialog import DataDialog
from gui.own_data.format_row import FormatRow
from gui.target_words import target_words
from gui.theme import GRID
from gui.words import words
from model.data_files.table_column import Column
from model.datasets.dataset import Task
from model.datasets.from_file import FoundTable, table_of
from model.datasets.table import ColumnSpec, Table
from model.datasets.table_guess import are_uneven, column_spec, guess_columns, scale_of

CLASSIFICATION: Task = "classification"
REGRESSION: Task = "regression"
NAMED = 8  # classes that are named in the sentence


class TableDialog(DataDialog):
    """`reformat` says that the text is to be read in another way."""

    reformat = Signal(object)  # TableFormat

    def __init__(self, found: FoundTable, parent: QWidget, *, pasted: bool) -> None:
        super().__init__(found.name, parent)
        self._pasted = pasted
        self.format = FormatRow()
        self.format.chosen.connect(self.reformat)
        self.target, self.task = QComboBox(), QComboBox()
        self.columns = ColumnList()
        self.incomplete, self.scaled = QCheckBox(), QCheckBox()
        self.every, self.none = QPushButton(self.tr("All")), QPushButton(self.tr("None"))
        self._build()
        self.show_table(found)
        self.resize(90 * GRID, 64 * GRID)

    def show_table(self, found: FoundTable) -> None:
        """Show a table, with a first guess of what its columns are."""
        self.found = found
        table = found.table
        self.size_line.setText(
            self.tr("{rows} rows, {columns} columns").format(rows=f"{table.rows:,}", columns=f"{len(table.columns):,}")
        )
        self.format.show_format(table.format, pasted=self._pasted)
        guessed = guess_columns(table)
        features = {i for i, each in enumerate(guessed) if each.role == "feature"}
        self.columns.show_columns(table, [self._kind(each, table.rows) for each in table.columns], features)
        self.target.clear()
        for i, column in enumerate(table.columns):
            if column.kinds(table.rows):
                self.target.addItem(column.name, i)
        target = next((i for i, each in enumerate(guessed) if each.role == "target"), -1)
        self.target.setCurrentIndex(self.target.findData(target))
        self._show_tasks(guessed[target] if target >= 0 else None)
        self.columns.mark_target(target)
        self.incomplete.setChecked(True)
        self.standardize.setChecked(are_uneven(table, sorted(features)))
        self._look()

    def dataset(self) -> Table:
        """The data set that is meant."""
        table, target, features = self.found.table, self.target.currentData(), self.columns.features()
        columns = tuple(
            column_spec(table, i, "target", classes=self.task.currentData() == CLASSIFICATION)
            if i == target
            else column_spec(table, i, "feature" if i in features else "ignored")
            for i in range(len(table.columns))
        )
        scale = scale_of(table, target) if self._may_scale() and self.scaled.isChecked() else (0.0, 1.0)
        return table_of(self.found, columns, leave_out_incomplete=self.incomplete.isChecked(), target_scale=scale)

    def _may_scale(self) -> bool:
        """Whether the target is a number of an unwieldy size."""
        place = self.target.currentData()
        regression = self.task.currentData() == REGRESSION
        return place is not None and regression and scale_of(self.found.table, place) != (0.0, 1.0)

    def _show_scale(self) -> None:
        self.scaled.setVisible(self._may_scale())
        if self._may_scale():
            place = self.target.currentData()
            zero, unit = scale_of(self.found.table, place)
            name = self.found.table.columns[place].name
            self.scaled.setText(self.tr("Scale the target: {formula}").format(formula=target_words(name, zero, unit)))

    def _build(self) -> None:
        self.page.addWidget(self.format)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        for name, tip, box in (
            (self.tr("Target"), self.tr("The column that the network shall say, given the features."), self.target),
            (
                self.tr("as"),
                self.tr("Classification: which of a few classes a sample belongs to. Regression: which number it has."),
                self.task,
            ),
        ):
            label = QLabel(name)
            label.setBuddy(box)
            for each in (label, box):
                each.setToolTip(tip)
            box.setAccessibleName(self.tr("Task") if box is self.task else name)
            row.addWidget(label)
            row.addWidget(box)
        self.target.setMinimumContentsLength(16)
        row.addStretch(1)
        row.addWidget(QLabel(self.tr("Features")))
        for button, tip in (
            (self.every, self.tr("Every column but the target is a feature.")),
            (self.none, self.tr("No column is a feature; check those that are.")),
        ):
            button.setToolTip(tip)
            button.setAutoDefault(False)
            row.addWidget(button)
        self.page.addLayout(row)
        self.page.addWidget(self.columns, 1)
        self.page.addWidget(self.incomplete)
        self.page.addWidget(self.scaled)
        self.scaled.setChecked(True)
        self.scaled.setToolTip(
            self.tr(
                "<p>A network begins with answers near 0. A target far from it, or large, takes long to be learnt, or "
                "makes the loss so steep that training diverges. Two round numbers bring it to the size of 1.</p>"
            )
        )
        self.scaled.clicked.connect(self._look)
        self.target.activated.connect(self._choose_target)
        self.task.activated.connect(self._look)
        self.columns.changed.connect(self._check)
        self.incomplete.clicked.connect(self._look)
        self.every.clicked.connect(lambda: self._choose_all(set(range(len(self.found.table.columns)))))
        self.none.clicked.connect(lambda: self._choose_all(set()))

    def _choose_target(self) -> None:
        table, target = self.found.table, self.target.currentData()
        self.columns.mark_target(target)
        guess = next(each for i, each in enumerate(guess_columns(table)) if i == target)
        self._show_tasks(guess)
        self._look()

    def _choose_all(self, features: set[int]) -> None:
        self.columns.set_features(features - {self.target.currentData()})
        self._look()

    def _check(self) -> None:
        """The target cannot be a feature as well."""
        if self.target.currentData() in self.columns.features():
            self.columns.mark_target(self.target.currentData())
        self._look()

    def _show_tasks(self, guess: ColumnSpec | None) -> None:
        """What the target can be asked for, the likelier chosen."""
        place = self.target.currentData()
        self._marked = place if place is not None else -1
        self.task.clear()
        kinds = self.found.table.columns[place].kinds(self.found.table.rows) if place is not None else ()
        if "category" in kinds:
            self.task.addItem(self.tr("classification"), CLASSIFICATION)
        if "number" in kinds:
            self.task.addItem(self.tr("regression"), REGRESSION)
        wanted = CLASSIFICATION if guess is not None and guess.kind == "category" else REGRESSION
        self.task.setCurrentIndex(max(0, self.task.findData(wanted)))
        self.task.setEnabled(self.task.count() > 1)

    def _look(self) -> None:
        """Say what will come of it as it stands."""
        table = self.found.table
        used = [table.columns[i] for i in sorted({*self.columns.features(), self._marked} - {-1})]
        self._show_missing(used)
        self._show_scale()
        dataset = self.dataset()
        problem = next((words(message) for _, message in dataset.problems()), "")
        wrong = next(self._wrong(dataset), "")
        self.say("" if problem or wrong else self._in_words(dataset), _sentence(problem) or wrong)

    def _show_missing(self, used: list[Column]) -> None:
        missing = [column for column in used if column.missing]
        self.incomplete.setVisible(bool(missing))
        if missing:
            first = min(missing, key=lambda column: column.first_missing)
            text = self.tr('Leave out rows with an empty cell (first: row {row}, column "{column}")')
            self.incomplete.setText(text.format(row=f"{first.first_missing:,}", column=first.name))
            self.incomplete.setToolTip(
                self.tr("A network needs every number of a sample. Else leave out the column: it is no feature then.")
            )

    def _wrong(self, dataset: Table) -> Iterator[str]:
        """Cells that are no numbers where they should be; empty ones that nobody wants left out."""
        for place in (*dataset.features, dataset.target):
            column = self.found.table.columns[place]
            if dataset.columns[place].kind == "number" and column.wrong:
                row, cell = column.first_wrong
                yield self.tr(
                    'Row {row}, column "{column}": "{cell}" is no number. Correct the table, or leave the column out.'
                ).format(row=f"{row:,}", column=column.name, cell=cell)
            if column.missing and not self.incomplete.isChecked():
                yield self.tr(
                    'Row {row}, column "{column}": the cell is empty. Leave out such rows, or the column.'
                ).format(row=f"{column.first_missing:,}", column=column.name)

    def _in_words(self, dataset: Table) -> str:
        target = dataset.columns[dataset.target].name
        inputs = f"{len(dataset.axis_names):,}"
        if dataset.task == "regression":
            return self.tr("A regression: from {inputs} inputs the network shall say the number {target}.").format(
                inputs=inputs, target=target
            )
        names = dataset.class_names
        classes = ", ".join(names[:NAMED]) + (", …" if len(names) > NAMED else "")
        return self.tr("A classification: {inputs} inputs, and {n} classes of {target}: {classes}.").format(
            inputs=inputs, n=len(names), target=target, classes=classes
        )

    def _kind(self, column: Column, rows: int) -> str:
        """What the column can be taken for; "" where it is of no use."""
        kinds = column.kinds(rows)
        if not kinds:
            return ""
        if kinds[0] == "category":
            return self.tr("%n texts", "", len(column.texts or {}))
        if column.wrong:
            return self.tr("numbers, %n wrong", "", column.wrong)
        return self.tr("numbers")


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""
