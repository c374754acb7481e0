"""How the text of a table is to be read: separator, decimal mark, encoding, names in the first row."""

from typing import Any

from msgspec import structs
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QWidget

from gui.theme import GRID
from model.data_files.table_format import TableFormat


class FormatRow(QWidget):
    """Shows a format; `chosen` says which one a person wants instead."""

    chosen = Signal(object)  # TableFormat

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._format = TableFormat()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GRID)
        self.delimiter = self._box(
            self.tr("Separator"),
            self.tr("What parts two cells of a row."),
            (
                (self.tr("comma"), ","),
                (self.tr("semicolon"), ";"),
                (self.tr("tab"), "\t"),
                (self.tr("vertical bar"), "|"),
            ),
        )
        self.decimal = self._box(
            self.tr("Decimal mark"),
            self.tr("What stands before the fraction of a number: 1.5 or 1,5."),
            ((self.tr("point"), "."), (self.tr("comma"), ",")),
        )
        self.encoding = self._box(
            self.tr("Encoding"),
            self.tr("How letters are written as bytes. Wrongly read, accents and umlauts look odd."),
            (
                ("UTF-8", "utf-8"),
                (self.tr("UTF-8 with mark"), "utf-8-sig"),
                ("UTF-16", "utf-16"),
                ("Latin-1", "latin-1"),
            ),
        )
        self.header = QCheckBox(self.tr("Names in the first row"))
        self.header.setToolTip(self.tr("The first row holds the names of the columns, not a sample."))
        self.header.clicked.connect(self._choose)
        self._row.addWidget(self.header)
        self._row.addStretch(1)

    def show_format(self, found: TableFormat, *, pasted: bool = False) -> None:
        """Show how the table was read; what was `pasted` has no encoding."""
        self._format = found
        for box, value in ((self.delimiter, found.delimiter), (self.decimal, found.decimal)):
            box.setCurrentIndex(box.findData(value))
        self.encoding.setCurrentIndex(self.encoding.findData(found.encoding))
        self.encoding.setEnabled(not pasted)
        self.header.setChecked(found.header)

    def _box(self, name: str, tip: str, choices: tuple[tuple[str, str], ...]) -> QComboBox:
        label, box = QLabel(name), QComboBox()
        for text, value in choices:
            box.addItem(text, value)
        box.setAccessibleName(name)
        box.setToolTip(tip)
        label.setToolTip(tip)
        label.setBuddy(box)
        box.activated.connect(self._choose)
        self._row.addWidget(label)
        self._row.addWidget(box)
        return box

    def _choose(self, _: Any = None) -> None:
        wanted = structs.replace(
            self._format,
            delimiter=self.delimiter.currentData(),
            decimal=self.decimal.currentData(),
            encoding=self.encoding.currentData(),
            header=self.header.isChecked(),
        )
        if wanted != self._format:
            self.chosen.emit(wanted)
