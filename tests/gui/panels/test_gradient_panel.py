import numpy as np
import pytest
from PySide6.QtGui import QColor

from gui.gradient_plot import layer_color, means
from gui.panels.gradient_panel import GradientPanel, ratio_text
from gui.theme import DARK, LIGHT
from model.experiment_file import from_plain
from model.trainer import Trainer


def experiment(hidden, activation="sigmoid", steps=30):
    layers = [each for _ in range(hidden) for each in ({"type": "affine", "units": 4}, {"type": activation})]
    return from_plain(
        {
            "format": "downhill-experiment",
            "data": {"dataset": {"type": "gaussians", "samples": 50}},
            "network": {"layers": [*layers, {"type": "affine", "units": 1}]},
            "stop": {"step": steps},
        }
    )


@pytest.fixture
def show(show_panel):
    """show(experiment) -> the panel on the screen, at step 0."""
    return lambda experiment: show_panel(lambda session, _: GradientPanel(session), experiment)


def test_one_curve_a_layer_with_the_norm_of_every_step(show, run_to_end):
    panel = show(experiment(2))
    run_to_end(panel)
    assert [line.label for line in panel.plot.lines] == ["layer 1", "layer 2", "layer 3"]
    trainer = Trainer(experiment(2))
    expected = []
    for _ in range(30):
        trainer.step()
        views = list(trainer.network.layout.views(trainer.network.gradient))
        layers = sorted({entry.layer for entry, _ in views})
        expected.append([np.sqrt(sum(float((v**2).sum()) for e, v in views if e.layer == layer)) for layer in layers])
    for layer, line in enumerate(panel.plot.lines):
        assert line.x.tolist() == list(range(1, 31))
        np.testing.assert_allclose(line.y, [row[layer] for row in expected], rtol=1e-12)


def test_the_axis_is_logarithmic_and_a_vanishing_gradient_is_seen_and_said(show, run_to_end):
    panel = show(experiment(9))
    assert "Run a step" in panel.sentence.text()
    run_to_end(panel)
    assert panel.plot.log
    first, last = panel._run.record.gradient_norms()[-1][[0, -1]]
    assert panel.sentence.text().startswith(f"First layer {first:.2g}, last layer {last:.2g}: ratio 1/")
    assert panel.sentence.text().endswith("(vanishing)")
    assert panel.plot.lines[0].y.max() < panel.plot.lines[-1].y.min() / 1000
    low, high = panel.plot.view.viewRange()[1]
    assert low < np.log10(panel.plot.lines[0].y.min()) and high > np.log10(np.median(panel.plot.lines[-1].y))
    picture = panel.sentence.grab().toImage()
    colors = {QColor(picture.pixel(x, y)).name() for x in range(picture.width()) for y in range(picture.height())}
    assert LIGHT.warning in colors


def test_of_many_layers_the_legend_names_the_first_and_the_last(show):
    panel = show(experiment(9))
    assert [line.label for line in panel.plot.lines] == ["layer 1", *[""] * 8, "layer 10"]


def test_the_readout_names_every_layer(show, run_to_end):
    panel = show(experiment(9))
    run_to_end(panel)
    norms = panel._run.record.gradient_norms()
    rows = panel.plot.readout(12.3, 0).split("\n")
    assert rows[0] == f"step 12 (epoch {12 // panel._run.steps_per_epoch})"
    assert rows[1:] == [f"layer {i + 1} {norms[11, i]:.2g}" for i in range(10)]


def test_a_gradient_of_zero_is_drawn_below_the_others_and_said(show, run_to_end):
    # All weights of the last layer are zero: nothing gets through to the first.
    chosen = experiment(1, steps=1)
    layers = list(chosen.network.layers)
    panel = show(
        from_plain(
            {
                "format": "downhill-experiment",
                "data": {"dataset": {"type": "gaussians", "samples": 50}},
                "network": {
                    "layers": [
                        {"type": "affine", "units": 4},
                        {"type": layers[1].__struct_config__.tag},
                        {"type": "affine", "units": 1, "weights": {"type": "zero"}},
                    ]
                },
                "stop": {"step": 1},
            }
        )
    )
    run_to_end(panel)
    assert panel._run.record.gradient_norms()[0, 0] == 0
    assert panel.sentence.text().endswith("no gradient reaches the first layer")
    first, last = (float(line.y[0]) for line in panel.plot.lines)
    assert 0 < first < last
    assert panel.plot.readout(1, 0).split("\n")[1] == "layer 1 0"  # what was measured, not where it is drawn


def test_a_network_of_one_layer(show, run_to_end):
    panel = show(experiment(0))
    run_to_end(panel)
    assert panel.sentence.text().startswith("The only layer: ")


def test_the_table_has_every_step(show, run_to_end):
    panel = show(experiment(1))
    run_to_end(panel)
    ((name, source, rows),) = panel.exports()
    assert (name, source) == ("Gradient norms", panel.plot)
    header, table = rows()
    assert list(header) == ["step", "epoch", "layer_1", "layer_2"]
    norms = panel._run.record.gradient_norms().tolist()
    assert [list(row) for row in table] == [
        [step, step // panel._run.steps_per_epoch, *norms[step - 1]] for step in range(1, 31)
    ]


def test_another_network_has_other_curves(show, qtbot, run_to_end):
    panel = show(experiment(1))
    run_to_end(panel)
    panel.session.propose(experiment(3), "add layers")
    qtbot.waitUntil(lambda: len(panel.plot.lines) == 4)
    assert all(len(line.x) == 0 for line in panel.plot.lines)
    qtbot.waitUntil(lambda: not panel.clock.running)  # nothing of the new run is on its way when the panel closes


@pytest.mark.parametrize(
    ("ratio", "text"), [(1, "1"), (2.5, "2.5"), (1 / 12_812, "1/12,800"), (1 / 1.3, "1/1.3"), (1e9, "1e+09")]
)
def test_ratios_are_said_to_three_digits(ratio, text):
    assert ratio_text(ratio) == text


def test_means_of_neighbours_by_hand():
    x, y = means(np.arange(1.0, 6), np.array([1.0, 3, 5, 7, 20]), 2)
    assert (x.tolist(), y.tolist()) == ([1.5, 3.5, 5], [2, 6, 20])


def luminance(colour: QColor) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("count", [1, 2, 5, 13])
def test_every_layers_colour_can_be_read(theme, count):
    ground = luminance(QColor(theme.panel))
    for index in range(count):
        ink = luminance(layer_color(index, count))
        assert (max(ink, ground) + 0.05) / (min(ink, ground) + 0.05) >= 3
