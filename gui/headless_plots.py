"""The plots of a finished run as PNG files, drawn by the very panels of the window, without a display."""

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from gui.export import export_png
from gui.panel import Panel
from gui.panels.activation_panel import ActivationPanel
from gui.panels.gradient_panel import GradientPanel
from gui.panels.loss_panel import LossPanel
from gui.panels.output_panel import OutputPanel
from gui.panels.trajectory_panel import TrajectoryPanel
from gui.run import Progress, Run, run_of
from gui.selection import Selection
from gui.theme import theme_switch
from model.experiment import Experiment
from model.trainer import Trainer

SIZE = (640, 480)  # of a plot; the PNG has three times as many pixels
SAMPLES_SIZE = (640, 800)  # of a confusion matrix above sample predictions


class StillSession(QObject):
    """What panels read of a session, for a run that is over: nothing changes any more."""

    playing_changed = Signal(bool)
    progressed = Signal(object)
    experiment_changed = Signal(object)

    def __init__(self, trainer: Trainer) -> None:
        super().__init__()
        self.experiment: Experiment = trainer.experiment
        self.selection = Selection(self)
        self.run: Run = run_of(trainer, 1)
        self.progress = Progress(self.run, trainer.snapshot(), 0.0, trainer.finished, trainer.diverged)
        self.playing = False


class StillPictures:
    """Computes a picture at once: there is nothing to keep smooth."""

    def request(self, key: object, compute: Callable[[], Any], deliver: Callable[[Any], None]) -> None:
        deliver(compute())

    def is_pending(self, key: object) -> bool:
        """Nothing is ever on its way."""
        return False

    def forget(self, key: object) -> None:
        """Nothing ever waits."""


def write_plots(trainer: Trainer, folder: Path) -> list[Path]:
    """Write a PNG of every plot of the run into `folder`, and return their paths. Raises ExportError.

    They are light and made for the desk, whatever theme the person has chosen for the window.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QApplication.instance() or QApplication(sys.argv[:1])
    with light():
        written = _write_plots(trainer, folder)
        application.processEvents()
    return written


@contextmanager
def light() -> Iterator[None]:
    """The light theme for as long as it lasts; what the person has chosen stays stored."""
    switch = theme_switch()
    before = switch._choice, switch._projector
    switch._choice, switch._projector = "light", False
    switch._update()
    try:
        yield
    finally:
        switch._choice, switch._projector = before
        switch._update()


def _write_plots(trainer: Trainer, folder: Path) -> list[Path]:
    session: Any = StillSession(trainer)
    pictures: Any = StillPictures()
    panels: list[Panel] = [
        LossPanel(session),
        GradientPanel(session),
        OutputPanel(session, pictures),
        ActivationPanel(session, pictures),
        TrajectoryPanel(session, pictures),
    ]
    # A top-level widget would be announced to a window system; children of one that stays without a layout are not.
    screen = QWidget()
    screen.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    screen.show()
    written: list[Path] = []
    for panel in panels:
        panel.setParent(screen)
        panel.resize(*(SIZE if trainer.parts.plane or not isinstance(panel, OutputPanel) else SAMPLES_SIZE))
        panel.show()
        panel.begin(session.run)
        panel.draw(session.progress)
        QApplication.processEvents()
        for name, source, _ in panel.exports():
            path = folder / f"{re.sub(r'[^a-z0-9]+', '-', name.lower()).strip('-')}.png"
            export_png(source, path)
            written.append(path)
        panel.close()
        panel.deleteLater()
    screen.close()
    screen.deleteLater()
    return written
