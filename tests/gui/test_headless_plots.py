import gc

import pytest
from msgspec import structs
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QColor, QImage

from gui.headless_plots import write_plots
from gui.settings import Settings
from gui.theme import LIGHT
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
def pictures(switch, trainer, tmp_path):
    """Writes the plots; their names and pixels."""

    def written():
        return {path.name: QImage(path) for path in write_plots(trainer, tmp_path)}

    yield written
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()  # the plots with their parentless menus


def test_the_plots_are_light_whatever_the_person_has_chosen(switch, pictures):
    light = pictures()
    switch.choose("dark")
    switch.set_projector(True)
    dark = switch.theme
    assert pictures() == light
    assert switch.theme == dark and Settings().theme == "dark" and Settings().projector
    assert light["loss.png"].pixelColor(4, 4) == QColor(LIGHT.panel)
