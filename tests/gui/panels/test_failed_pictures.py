"""A panel whose first picture fails is not left without one: it asks again when it draws next."""

import pytest

from gui.panels.activation_panel import ActivationPanel
from gui.panels.network_panel import NetworkPanel
from gui.panels.output_panel import OutputPanel
from model.experiment_file import from_plain
from model.pictures import Pictures

EXPERIMENT = from_plain(
    {
        "format": "downhill-experiment",
        "data": {"dataset": {"type": "xor", "samples": 50}},
        "network": {"layers": [{"type": "affine", "units": 2}, {"type": "tanh"}, {"type": "affine", "units": 1}]},
        "loss": {"type": "mean_squared_error"},
    }
)


@pytest.mark.parametrize(
    ("kind", "has_picture"),
    [
        (NetworkPanel, lambda panel: panel.view.canvas.pictures is not None),
        (OutputPanel, lambda panel: any(panel.view.export_rows()[1])),
        (ActivationPanel, lambda panel: panel.sentence.text() != ""),
    ],
)
def test_the_next_picture_comes(qtbot, show_panel, monkeypatch, kind, has_picture):
    compute, left = Pictures._run, [ArithmeticError("the first picture")]

    def run(*arguments):
        if left:
            raise left.pop()
        return compute(*arguments)

    monkeypatch.setattr(Pictures, "_run", run)
    with qtbot.captureExceptions() as errors:
        panel = show_panel(kind, EXPERIMENT)
        qtbot.waitUntil(lambda: bool(errors))
    assert [str(error) for _, error, _ in errors] == ["the first picture"]
    assert not has_picture(panel)
    panel.session.step()
    qtbot.waitUntil(lambda: has_picture(panel))
