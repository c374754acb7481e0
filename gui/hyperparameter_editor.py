"""Editors made from the declarations of the model: a new hyperparameter appears here by itself, with its tool tip."""

from typing import Any

import msgspec
from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from gui.number_editor import NumberEditor, as_text, domain
from gui.theme import GRID, current_theme, font, theme_switch
from gui.words import words
from model.hyperparameter import Hyperparameter, hyperparameters

translate = QCoreApplication.translate


class BoolEditor(QCheckBox):
    """Edits yes or no."""

    edited = Signal(object)
    refused = Signal(str)
    merge = ""  # every edit is a step to undo of its own

    def __init__(self, value: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_value(value)
        self.clicked.connect(lambda: self.edited.emit(self.isChecked()))

    def value(self) -> bool:
        return self.isChecked()

    def set_value(self, value: bool) -> None:
        self.setChecked(value)


class ChoiceEditor(QComboBox):
    """Edits one of the declared names (and "none", where the declaration allows it)."""

    edited = Signal(object)
    refused = Signal(str)
    merge = ""  # every edit is a step to undo of its own

    def __init__(self, parameter: Hyperparameter, value: str | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if parameter.optional:
            self.addItem(translate("SpecForm", "none"), None)
        for choice in parameter.choices:
            self.addItem(words(choice), choice)
        self._value = value
        self.set_value(value)
        self.activated.connect(self._commit)

    def value(self) -> str | None:
        return self._value

    def set_value(self, value: str | None) -> None:
        self._value = value
        self.setCurrentIndex(self.findData(value))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # a wheel that scrolls past must not change it

    def _commit(self) -> None:
        if self.currentData() != self._value:
            self._value = self.currentData()
            self.edited.emit(self._value)


class TextEditor(QLineEdit):
    """Edits a free text."""

    edited = Signal(object)
    refused = Signal(str)
    merge = ""  # every edit is a step to undo of its own

    def __init__(self, value: str | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_value(value)
        self.editingFinished.connect(self._commit)

    def value(self) -> str:
        return self._value

    def set_value(self, value: str | None) -> None:
        self._value = value or ""
        self.setText(self._value)

    def _commit(self) -> None:
        if self.text() != self._value:
            self._value = self.text()
            self.edited.emit(self._value)


Editor = NumberEditor | BoolEditor | ChoiceEditor | TextEditor


def editor(parameter: Hyperparameter, value: Any, parent: QWidget | None = None) -> Editor:
    """The editor of one declared hyperparameter.

    All kinds share: the signal `edited(object)`, sent when the person commits (Enter, leaving the box, a step, a
    click) and never by `set_value`; `refused(str)`, a sentence about an entry that was not taken; `value()`;
    `set_value(value)`; `merge`, a name that edits have in common which are one step to undo. The accessible name is
    the label, the tool tip the meaning, the domain and the default.
    """
    made: Editor
    if parameter.kind is bool:
        made = BoolEditor(bool(value), parent)
    elif parameter.kind in (int, float):
        made = NumberEditor(parameter, value, parent)
    elif parameter.choices:
        made = ChoiceEditor(parameter, value, parent)
    else:
        made = TextEditor(value, parent)
    made.setObjectName(parameter.name)
    made.setAccessibleName(words(parameter.label))
    made.setAccessibleDescription(words(parameter.meaning))
    made.setToolTip(tool_tip(parameter))
    return made


def tool_tip(parameter: Hyperparameter) -> str:
    """The meaning of the term, what is allowed, and what is usual."""
    lines = [words(parameter.meaning)]
    if parameter.kind in (int, float):
        lines.append(translate("SpecForm", "Allowed: {domain}.").format(domain=domain(parameter)))
    if parameter.default is not msgspec.NODEFAULT:
        default = parameter.default
        if isinstance(default, bool):
            shown = translate("SpecForm", "on") if default else translate("SpecForm", "off")
        elif isinstance(default, (int, float)):
            shown = as_text(default)
        else:
            shown = translate("SpecForm", "none") if default is None else words(str(default))
        lines.append(translate("SpecForm", "Default: {default}.").format(default=shown))
    # A rich text wraps; a plain one is a single line across the screen.
    return "<p>" + "<br>".join(_escaped(line) for line in lines) + "</p>"


class SpecForm(QWidget):
    """A form of all hyperparameters of one concept, and the sentence about an entry that was not taken."""

    edited = Signal(object)  # the new spec: a copy of the old one with one value changed

    def __init__(self, spec: msgspec.Struct, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spec = spec
        self.merge = ""  # of the editor that sent the last edit
        self._editors: dict[str, Editor] = {}
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GRID)
        self._form = QFormLayout()
        rows.addLayout(self._form)
        self._form.setHorizontalSpacing(GRID)
        self._form.setVerticalSpacing(GRID)
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._problem = QLabel()
        self._problem.setWordWrap(True)
        self._problem.hide()
        rows.addWidget(self._problem)
        theme_switch().changed.connect(self._restyle)
        self._restyle()
        self._build()

    def spec(self) -> msgspec.Struct:
        return self._spec

    def set_spec(self, spec: msgspec.Struct) -> None:
        """Show `spec` without a signal; another concept brings its own rows."""
        rebuild = type(spec) is not type(self._spec)
        self._spec = spec
        if rebuild:
            self._build()
        for name, each in self._editors.items():
            each.set_value(getattr(spec, name))
        self._problem.clear()
        self._problem.hide()

    def editor_of(self, name: str) -> Editor:
        """The editor of the hyperparameter `name`. Raises KeyError."""
        return self._editors[name]

    def first(self) -> QWidget:
        """Where the keyboard begins: the first editor; the form itself where there is none."""
        return next(iter(self._editors.values()), self)

    def say(self, sentence: str) -> None:
        """Say what was wrong with an entry, until the next one."""
        self._problem.setText(sentence)
        # A layout asks a folded text for its height too late, and would take the lines from the boxes above.
        self._problem.setMinimumHeight(self._problem.heightForWidth(self.width()))
        self._problem.show()

    def _build(self) -> None:
        while self._form.rowCount():
            self._form.removeRow(0)
        self._editors = {}
        for parameter in hyperparameters(type(self._spec)):
            made = editor(parameter, getattr(self._spec, parameter.name), self)
            made.edited.connect(lambda value, name=parameter.name: self._replace(name, value))
            made.refused.connect(self.say)
            label = QLabel(words(parameter.label))
            label.setToolTip(made.toolTip())
            label.setBuddy(made)
            self._form.addRow(label, made)
            self._editors[parameter.name] = made

    def _replace(self, name: str, value: object) -> None:
        self._problem.hide()
        self.merge = self._editors[name].merge
        self._spec = msgspec.structs.replace(self._spec, **{name: value})
        self.edited.emit(self._spec)

    def _restyle(self) -> None:
        theme = current_theme()
        self._problem.setStyleSheet(f"color: {theme.warning}")
        self._problem.setFont(font(theme.small))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
