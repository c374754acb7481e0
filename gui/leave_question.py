"""The question before unsaved work is left: save it, leave it behind, or stay."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QAbstractButton, QMessageBox, QWidget

from gui.file_dialogs import message_box


class LeaveQuestion(QObject):
    """Asked over `window`. One at a time: it cannot be asked twice."""

    left = Signal()  # the person let the work go without saving it

    def __init__(self, window: QWidget, save: Callable[[Callable[[], None]], None]) -> None:
        """`save(then)` saves the work and calls `then` once that is done; never, where it failed."""
        super().__init__(window)
        self._window, self._save = window, save
        self.box: QMessageBox | None = None

    def ask(self, name: str, then: Callable[[], None]) -> None:
        """Call `then` when the person has saved the work called `name` or let it go; never, where they stay."""
        if self.box is not None:
            self.box.raise_()
            self.box.activateWindow()
            return
        sentence = self.tr("“{name}” has changes that are not saved.").format(name=name)
        self.box = box = message_box(self._window, sentence, QMessageBox.Icon.Question)
        box.setObjectName("unsaved changes")
        box.setInformativeText(self.tr("Everything that was trained or changed since the last save would be lost."))
        save = self._button(self.tr("Save"), QMessageBox.ButtonRole.AcceptRole, self.tr("Save, then go on."))
        leave = self._button(
            self.tr("Don't save"), QMessageBox.ButtonRole.DestructiveRole, self.tr("Go on without saving.")
        )
        cancel = self._button(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole, self.tr("Stay here (Esc)."))
        box.setDefaultButton(save)
        box.setEscapeButton(cancel)
        box.finished.connect(lambda: self._answered(box.clickedButton(), save, leave, then))
        box.open()

    def _button(self, text: str, role: QMessageBox.ButtonRole, meaning: str):
        assert self.box is not None
        button = self.box.addButton(text, role)
        button.setToolTip(meaning)
        return button

    def _answered(
        self, clicked: QAbstractButton, save: QAbstractButton, leave: QAbstractButton, then: Callable[[], None]
    ) -> None:
        self.box = None
        if clicked is save:
            self._save(then)
        elif clicked is leave:
            self.left.emit()
            then()
