import gc

import pytest
from msgspec import structs
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QColor, QImage

from gui.export import export_png
from gui.headless_plots import write_plots
from gui.settings import Settings
from gui.theme import LIGHT, current_theme
from model.experiment_file import changed
from model.starters import starter
from model.trainer import Trainer


@pytest.fixture(scope="module")
def trainer():
    experiment = starter("linear")
    made = Trainer(changed(experiment, stop=structs.replace(experiment.stop, step=20)))
    made.advance(20)
    return made


@pytest.fixture
def written(switch, trainer, tmp_path, monkeypatch):
    """Writes the plots, in as many pixels as on the screen; their pictures and the theme that they were drawn in."""
    themes = []

    def export(source, path):
        themes.append(current_theme())
        export_png(source, path)

    monkeypatch.setattr("gui.export.PNG_SCALE", 1)
    monkeypatch.setattr("gui.headless_plots.export_png", export)
    yield lambda: ({path.name: QImage(path) for path in write_plots(trainer, tmp_path)}, themes)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()  # the plots with their parentless menus


def test_the_plots_are_light_and_for_the_desk_whatever_the_person_has_chosen(switch, written):
    switch.choose("dark")
    switch.set_projector(True)
    dark = switch.theme
    pictures, themes = written()
    assert len(pictures) > 5 and set(themes) == {LIGHT}
    assert pictures["loss.png"].pixelColor(4, 4) == QColor(LIGHT.panel)
    assert switch.theme == dark and Settings().theme == "dark" and Settings().projector
