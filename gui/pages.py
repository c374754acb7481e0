"""The pages over the window: the gallery, what the open starter is about, the keys, what Downhill is.

Each is imported when it is opened: none is needed for the window's first frame.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QMainWindow

from gui.actions import ACTIONS, Actions
from gui.document import Document

if TYPE_CHECKING:
    from gui.start_page import StartPage


class Pages(QObject):
    """Opens the pages over `window`."""

    def __init__(self, window: QMainWindow, actions: Actions, document: Document) -> None:
        super().__init__(window)
        self._window, self._actions, self._document = window, actions, document
        self.start_page: StartPage | None = None
        self.starter_page: QDialog | None = None
        document.opened.connect(self._another_experiment)
        self._another_experiment()

    def show_start_page(self) -> None:
        """The gallery of starter experiments."""
        from gui.start_page import StartPage

        if self.start_page is None:
            self.start_page = StartPage(self._window)
            self.start_page.chosen.connect(self._document.open_starter)
            self.start_page.open_file.connect(self._document.ask_and_open)
        _bring_to_front(self.start_page)

    def show_starter_page(self) -> None:
        """What to watch, what to change and what should happen in the starter that is open."""
        from gui.starter_page import StarterPage

        if self._document.starter is not None:
            if self.starter_page is None:
                self.starter_page = StarterPage(self._document.starter, self._window)
            _bring_to_front(self.starter_page)

    def show_shortcuts(self) -> None:
        from gui.shortcuts_page import show_shortcuts

        show_shortcuts(self._window, [self._actions[declared.name] for declared in ACTIONS])

    def show_about(self) -> None:
        from gui.shortcuts_page import show_about

        show_about(self._window)

    def _another_experiment(self) -> None:
        self._actions["about experiment"].setEnabled(self._document.starter is not None)
        if self.start_page is not None:
            self.start_page.close()
        if self.starter_page is not None:  # it speaks of the experiment before
            self.starter_page.close()
            self.starter_page.deleteLater()
            self.starter_page = None


def _bring_to_front(page: QDialog) -> None:
    page.show()
    page.raise_()
    page.activateWindow()
