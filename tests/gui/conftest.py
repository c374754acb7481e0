"""Every test of the window starts with forgotten settings and the light theme."""

import gc
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from gui.main_window import MainWindow
from gui.settings import Settings
from gui.theme import theme_switch
from model.experiment import Experiment


@pytest.fixture(autouse=True)
def fresh_settings(request: pytest.FixtureRequest) -> Iterator[None]:
    Settings().clear()
    yield
    Settings().clear()


@pytest.fixture
def switch(qapp):
    """The theme switch, set to light; whatever a test chooses is undone."""
    made = theme_switch()
    made.choose("light")
    made.set_projector(False)
    yield made
    made.choose("light")
    made.set_projector(False)


@pytest.fixture
def open_window(qtbot, switch) -> Iterator[Callable[..., MainWindow]]:
    """Opens windows with the panels that are seen, or with all, and leaves nothing of them."""
    windows: list[MainWindow] = []

    def make(experiment: Experiment, name: str, *, complete: bool = False) -> MainWindow:
        window = MainWindow(experiment, name)
        windows.append(window)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        qtbot.waitUntil(lambda: window.session.progress is not None and window.isActiveWindow())
        qtbot.waitUntil(lambda: window._panel_maker.is_completed)
        if complete:
            window.complete()
        return window

    yield make
    for window in windows:
        window.close()
        QCoreApplication.sendPostedEvents(window.pictures)  # a picture on its way holds the panel that asked for it
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    for window in windows:
        vars(window).clear()  # pytest still holds the window, and the window the plots with their parentless menus
    gc.collect()
