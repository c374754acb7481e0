import gc

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QColor, QImage

from gui.export import export_png
from gui.headless_search_plots import write_search_plots
from gui.theme import LIGHT
from model.search.search_spec import SearchSpec
from model.search.space import Range
from model.search.trial_record import TrialRecord
from model.search.trial_run import Result
from model.starters import starter

RATE, DECAY, SIZE = "optimizer.learning_rate", "regularization.l2", "batches.size"
AXES = {
    RATE: Range(path=RATE, low=1e-3, high=1, scale="log"),
    DECAY: Range(path=DECAY, low=1e-6, high=0.1, scale="log"),
    SIZE: Range(path=SIZE, low=1, high=9, whole=True),
}


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        ((RATE,), ["trials.png"]),
        ((RATE, DECAY), ["trials.png"]),
        (
            (RATE, DECAY, SIZE),
            [
                "trials-optimizer-learning-rate-regularization-l2.png",
                "trials-optimizer-learning-rate-batches-size.png",
                "trials-regularization-l2-batches-size.png",
            ],
        ),
    ],
)
def test_a_picture_of_every_pair_of_the_curves_and_of_what_matters(switch, tmp_path, monkeypatch, paths, names):
    monkeypatch.setattr("gui.export.PNG_SCALE", 1)
    monkeypatch.setattr("gui.headless_search_plots.export_png", export_png)
    switch.choose("dark")
    spec = SearchSpec(experiment=starter("xor"), axes=tuple(AXES[path] for path in paths), trials=3, steps=10)
    result = Result(how="complete", step=10, validation_loss=0.5, validation_accuracy=0.9)
    trials = [
        TrialRecord(place=i, state="complete", values=spec.values_at(i), curve={10: 0.5}, result=result)
        for i in range(3)
    ]
    written = write_search_plots(spec, trials, {RATE: 1.0}, tmp_path)
    assert [path.name for path in written] == [*names, "trial-curves.png", "importance.png"]
    for path in written:
        picture = QImage(str(path))
        assert picture.pixelColor(1, 1) == QColor(LIGHT.panel), "light, whatever the window is"
        colors = {picture.pixel(x, y) for x in range(0, 640, 4) for y in range(0, picture.height(), 4)}
        assert len(colors) > 2, "something is drawn"
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()  # the plots with their parentless menus
