"""The rows of the overfitting lab under their headings: the experiment as it is, and every remedy."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from msgspec import structs
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.overfit_views.colors import run_color
from gui.overfit_views.contest import BASE
from gui.overfit_views.remedy_row import NUMBERS, OPEN, RemedyRow
from gui.text_label import TextLabel
from gui.theme import GRID, Theme, current_theme, font, theme_switch
from gui.words import words
from model.hyperparameter import hyperparameters
from model.remedies import REMEDIES, Remedy


class RemedyTable(QWidget):
    """Which remedies are switched on, with which numbers, and what has come of each."""

    changed = Signal(str)  # the name of a run that was switched, or whose hyperparameter is another one
    refused = Signal(str)
    pointed = Signal(str)  # the name of a run; "": none
    open_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Remedies"))
        self.remedies: dict[str, Remedy] = {tag_of(kind): kind() for kind in REMEDIES}
        self.rows: dict[str, RemedyRow] = {}
        self._said: tuple[Sequence[str], Sequence[str]] = (), ()  # by the headings and their tips
        self._headings = [TextLabel(kind="muted") for _ in range(NUMBERS)]
        self._headings_row, self._over_buttons = QHBoxLayout(), QWidget()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GRID // 4)
        self._add_headings()
        meaning = self.tr("The experiment in the window, with nothing added. All others are compared with it.")
        self._add(BASE, RemedyRow(self.tr("As it is"), meaning, None))
        self.rows[BASE].check.setChecked(True)
        self.rows[BASE].check.clicked.connect(lambda: self.switch(BASE, True))  # what the others are compared with
        self.rows[BASE].hide_open()  # it is open
        for name, remedy in self.remedies.items():
            self._add(name, RemedyRow(words(remedy.label), words(remedy.meaning), remedy))
        theme_switch().changed.connect(self._restyle)
        self._restyle(current_theme())

    def chosen(self) -> dict[str, Remedy]:
        """The remedies that are switched on, by name, in their order."""
        return {name: remedy for name, remedy in self.remedies.items() if self.rows[name].check.isChecked()}

    def switch(self, name: str, on: bool) -> None:
        """Switch a remedy on or off, without a signal."""
        self.rows[name].check.setChecked(on)

    def show_headings(self, texts: Sequence[str], tips: Sequence[str]) -> None:
        if (texts, tips) != self._said:
            self._said = texts, tips
            for label, text, tip in zip(self._headings, texts, tips, strict=True):
                label.setText(text)
                label.setToolTip(f"<p>{tip}</p>")
            self._restyle(current_theme())

    def show_numbers(self, numbers: Mapping[str, Sequence[str]]) -> None:
        """Three texts a run; of a run that is not named, none."""
        for name, row in self.rows.items():
            row.show_numbers(numbers.get(name, ("",) * NUMBERS))

    def set_pointed(self, pointed: str) -> None:
        """The row of this run stands out."""
        for name, row in self.rows.items():
            row.set_pointed(name == pointed, current_theme())

    def _add(self, name: str, row: RemedyRow) -> None:
        self.rows[name] = row
        self._column.addWidget(row)
        row.switched.connect(partial(self._emit_changed, name))
        row.edited.connect(partial(self._edit, name))
        row.refused.connect(self.refused)
        row.pointed.connect(lambda on: self.pointed.emit(name if on else ""))
        row.open_wanted.connect(partial(self.open_wanted.emit, name))

    def _emit_changed(self, name: str, *_: object) -> None:
        self.changed.emit(name)

    def _edit(self, name: str, value: Any) -> None:
        remedy = self.remedies[name]
        (parameter,) = hyperparameters(type(remedy))
        self.remedies[name] = structs.replace(remedy, **{parameter.name: value})
        self.changed.emit(name)

    def _add_headings(self) -> None:
        self._headings_row.setContentsMargins(GRID // 2, 0, GRID // 2, 0)
        self._headings_row.setSpacing(GRID // 2)
        self._headings_row.addStretch(1)
        for label in self._headings:
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
            self._headings_row.addWidget(label)
        self._headings_row.addWidget(self._over_buttons)
        self._column.addLayout(self._headings_row)

    def _restyle(self, theme: Theme) -> None:
        small, body = QFontMetrics(font(theme.small)), QFontMetrics(font(theme.body))
        numbers = [
            max(body.horizontalAdvance(widest), small.horizontalAdvance(label.text())) + 1
            for widest, label in zip(("99.9 %", "99.9 %", "\u221299.9"), self._headings, strict=True)
        ]
        box, button = 9 * theme.body // 2 + GRID, body.horizontalAdvance(OPEN) + GRID
        widths = [box, *numbers, button]
        for label, width in zip(self._headings, numbers, strict=True):
            label.setFixedWidth(width)
        self._over_buttons.setFixedWidth(button)
        for place, row in enumerate(self.rows.values()):
            row.restyle(theme, run_color(place, theme), widths)
            row.set_pointed(False, theme)


def tag_of(kind: type[Remedy]) -> str:
    """The name of a remedy in files, and of its run here."""
    return str(kind.__struct_config__.tag)
