"""The gradient check of networks with all layers, through its button."""

import pytest
from PySide6.QtCore import Qt

from gui.panels.check_panel import CheckPanel
from model.experiment_file import from_plain

SIZE = 900, 500
NETWORKS = {
    "images": {
        "data": {"dataset": {"type": "digits"}},
        "network": {
            "layers": [
                {"type": "convolution", "filters": 2, "size": 3},
                {"type": "batch_norm"},
                {"type": "relu"},
                {"type": "max_pooling", "size": 3, "stride": 3},
                {"type": "dropout", "rate": 0.2},
                {"type": "flatten"},
                {"type": "affine", "units": 10},
            ]
        },
        "loss": {"type": "softmax_cross_entropy"},
    },
    "points": {
        "data": {"dataset": {"type": "spiral", "samples": 40}},
        "network": {
            "layers": [
                {"type": "maxout", "units": 4, "pieces": 3},
                {"type": "batch_norm"},
                {"type": "dropout"},
                {"type": "affine", "units": 1},
            ]
        },
        "loss": {"type": "sigmoid_cross_entropy"},
    },
}


@pytest.mark.parametrize("name", NETWORKS)
def test_it_agrees_and_shows_every_array(qtbot, show_panel, name):
    panel = show_panel(CheckPanel, from_plain(NETWORKS[name]), SIZE)
    qtbot.mouseClick(panel.controls.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not panel.busy and panel.result.finding is not None, timeout=20_000)
    assert panel.result.finding.agrees, panel.result.finding.verdict()
    names = [each.entry.full_name for each in panel.result.finding.report.comparison.arrays]
    assert {"layers[0].weights", "layers[1].scale", "layers[1].shift"} <= set(names)
