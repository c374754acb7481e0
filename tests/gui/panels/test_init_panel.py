"""The initial weights lab, through clicks and keys: what it measures, says, trains and opens."""

from functools import cache

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QToolTip

from gui.panels.init_panel import InitPanel
from gui.theme import LIGHT, current_theme
from model.data import load
from model.experiment_file import from_plain
from model.initial_weights import (
    CANDIDATES,
    STEPS,
    DeepNetwork,
    lab_experiment,
    spreads_of_deep_network,
    spreads_of_experiment,
)
from model.initializers import He, Normal, Xavier
from model.layers import ReLU, Sigmoid
from model.losses import MeanSquaredError
from model.trainer import Trainer

SIZE = (700, 430)
KEYS = [each.key for each in CANDIDATES]


def experiment(units=4):
    """Xor, which needs no data."""
    return from_plain(
        {
            "format": "downhill-experiment",
            "data": {"dataset": {"type": "xor", "samples": 60}},
            "network": {
                "layers": [{"type": "affine", "units": units}, {"type": "tanh"}, {"type": "affine", "units": 1}]
            },
            "loss": {"type": "sigmoid_cross_entropy"},
        }
    )


measured_once = cache(spreads_of_deep_network)  # most tests look at the same network


@pytest.fixture
def panel(qtbot, show_panel, monkeypatch):
    monkeypatch.setattr("gui.panels.init_panel.spreads_of_deep_network", measured_once)
    made = show_panel(InitPanel, experiment(), SIZE)
    qtbot.waitUntil(lambda: ready(made))
    return made


def ready(panel):
    """Everything that was asked for is measured and shown."""
    return set(panel._measured) == set(KEYS) and not any(panel._worker.is_pending((panel, key)) for key in KEYS)


def type_into(qtbot, box, text):
    box.selectAll()
    qtbot.keyClicks(box.lineEdit(), text)
    qtbot.keyClick(box, Qt.Key.Key_Return)


def click(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def opened(qtbot, panel):
    """What the window shows now, as soon as its run has begun."""
    chosen = panel.session.experiment
    qtbot.waitUntil(lambda: panel._run.experiment == chosen and ready(panel))
    return chosen


def click_cell(qtbot, panel, row, column):
    place = panel.grid.layout_now().histogram((row, column)).center().toPoint()
    qtbot.mouseClick(panel.grid, Qt.MouseButton.LeftButton, pos=place)


def test_every_rule_and_layer_has_its_histogram(panel):
    for row, rule in enumerate(CANDIDATES):
        expected = spreads_of_deep_network(DeepNetwork(), rule.weights)
        for column, spread in enumerate(expected):
            shown = panel.grid.spread((row, column))
            assert shown.shares.tolist() == spread.shares.tolist()
            assert (shown.mean, shown.std, shown.gradient) == (spread.mean, spread.std, spread.gradient)


def test_the_bars_are_blue_above_zero_and_orange_below(panel):
    area = panel.grid.layout_now().histogram((0, 0))  # std 1: all at the ends
    picture = panel.grid.grab().toImage()
    colors = [
        picture.pixelColor(round(x), round(area.bottom()) - 4).name() for x in (area.left() + 2, area.right() - 2)
    ]
    assert colors == [LIGHT.negative, LIGHT.positive]


def test_a_click_says_in_words_what_is_seen(qtbot, panel):
    click_cell(qtbot, panel, 0, 4)
    assert panel.sentence.text().startswith("std 1, layer 5: Saturated: 76 % of the outputs lie at the ends")
    click_cell(qtbot, panel, 1, 2)
    assert panel.sentence.text().startswith("std 0.01, layer 3: Vanished: the outputs spread by 0.001 around 0.")
    click_cell(qtbot, panel, 3, 4)
    assert panel.sentence.text().startswith("Xavier, layer 5: Well spread: ")


def test_the_arrow_keys_go_from_cell_to_cell(qtbot, panel):
    click_cell(qtbot, panel, 0, 0)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Right):
        qtbot.keyClick(panel.grid, key)
    assert panel.sentence.text().startswith("std 0.01, layer 2: ")
    for _ in range(20):
        qtbot.keyClick(panel.grid, Qt.Key.Key_Down)
        qtbot.keyClick(panel.grid, Qt.Key.Key_Right)
    assert panel.sentence.text().startswith("He uniform, layer 5: ")


def test_the_pointer_is_told_everything_about_the_bin_under_it(qtbot, panel):
    area = panel.grid.layout_now().histogram((0, 1))
    qtbot.mouseMove(panel.grid, QPoint(round(area.right()) - 2, round(area.center().y())))
    spread = spreads_of_deep_network(DeepNetwork(), Normal(std=1))[1]
    lines = panel.grid.label.text().split("\n")
    assert panel.grid.label.isVisible()
    assert lines[0] == "std 1, layer 2: saturated"
    assert lines[1] == f"mean {spread.mean:.3g}, standard deviation {spread.std:.3g}"
    assert lines[4] == f"weights: standard deviation {spread.weights:.3g}"
    assert lines[-1] == f"y from 0.933 to 1: {100 * spread.shares[-1]:.3g} %"


def test_each_control_measures_anew(qtbot, panel):
    click(qtbot, panel.controls.activation.buttons["relu"])
    qtbot.waitUntil(lambda: ready(panel))
    click(qtbot, panel.controls.batch_norm)
    type_into(qtbot, panel.controls.boxes["units"], "30")
    type_into(qtbot, panel.controls.boxes["layers"], "3")
    type_into(qtbot, panel.controls.boxes["seed"], "8")
    qtbot.waitUntil(lambda: ready(panel))
    network = DeepNetwork(layers=3, units=30, seed=8, activation=ReLU(), batch_norm=True)
    assert panel.controls.network == network
    expected = spreads_of_deep_network(network, He())
    shown = [panel.grid.spread((KEYS.index("he"), column)) for column in range(3)]
    assert [each.std for each in shown] == [each.std for each in expected]


def test_ones_own_rule_follows_its_slider_and_its_box(qtbot, panel):
    before = {key: panel._measured[key] for key in KEYS}
    qtbot.keyClick(panel.controls.own.slider, Qt.Key.Key_PageDown)
    std = panel.controls.own.value()
    assert std < 0.3
    qtbot.waitUntil(lambda: panel._measured["own"] is not before["own"])
    assert panel._measured["own"][0].std == spreads_of_deep_network(DeepNetwork(), Normal(std=std))[0].std
    assert all(panel._measured[key] is before[key] for key in KEYS if key != "own")  # the others need not be measured
    type_into(qtbot, panel.controls.own.box, "0.02")
    assert panel.controls.rules()[2].weights == Normal(std=0.02)
    assert panel.gradients.list.buttons["own"].text() == "own std 0.02"
    qtbot.waitUntil(lambda: ready(panel))


def test_a_number_out_of_bounds_is_refused_with_a_sentence(qtbot, panel):
    said = []
    panel.controls.boxes["layers"].refused.connect(said.append)
    type_into(qtbot, panel.controls.boxes["layers"], "50")
    assert said == ["layers must be at least 1 and at most 10: 50 was not taken, 5 stays."]
    assert panel.controls.network.layers == 5
    QToolTip.hideText()


def test_the_windows_own_network_with_its_data(qtbot, panel):
    click(qtbot, panel.controls.whose.buttons["experiment"])
    assert not panel.controls.activation.isEnabled()
    qtbot.waitUntil(lambda: ready(panel))
    chosen = experiment()
    expected = spreads_of_experiment(chosen, load(chosen.data), He(), 1)
    shown = [panel.grid.spread((KEYS.index("he"), column)) for column in range(2)]
    assert [each.gradient for each in shown] == [each.gradient for each in expected]
    click_cell(qtbot, panel, 0, 1)
    assert panel.sentence.text().startswith("std 1, Output: ")
    panel.session.propose(experiment(units=6), "another network")
    qtbot.waitUntil(lambda: ready(panel) and panel._measured["he"][0].units == 6)


def test_another_loss_has_another_gradient(qtbot, panel):
    click(qtbot, panel.controls.whose.buttons["experiment"])
    qtbot.waitUntil(lambda: ready(panel))
    before = panel.grid.spread((KEYS.index("he"), 1)).gradient
    panel.session.change("another loss", loss=MeanSquaredError())
    qtbot.waitUntil(lambda: ready(panel) and panel.grid.spread((KEYS.index("he"), 1)).gradient != before)


def test_the_boxes_follow_the_size_of_the_type(panel, switch):
    switch.set_projector(True)
    for box in (*panel.controls.boxes.values(), panel.controls.own.box):
        assert box.lineEdit().font().pixelSize() == current_theme().small


def test_the_gradients_on_their_way_back(qtbot, panel):
    click(qtbot, panel.pages.tabs.buttons["gradients"])
    assert panel.gradients.plot.isVisible() and panel.gradients.plot.log
    sizes = [each.gradient for each in spreads_of_deep_network(DeepNetwork(), Normal(std=0.01))]
    line = panel.gradients.plot.lines[KEYS.index("std_0.01")]
    assert (line.label, line.x.tolist(), line.y.tolist()) == ("std 0.01", [1, 2, 3, 4, 5], sizes)
    assert panel.gradients.list.numbers["std_0.01"].text() == "0.0001"
    assert panel.sentence.text().startswith("std 0.01: Vanishing: the gradient is 1 at the last layer and 0.0001")
    click(qtbot, panel.gradients.list.buttons["he"])
    assert panel.sentence.text().startswith("He: The gradient gets through: ")
    assert panel.gradients.plot.readout(2.2, 0).split("\n")[0] == "layer 2"


def test_training_from_every_rule_shows_who_learns(qtbot, panel):
    type_into(qtbot, panel.controls.boxes["units"], "10")
    type_into(qtbot, panel.controls.boxes["layers"], "2")
    click(qtbot, panel.pages.tabs.buttons["training"])
    assert panel.sentence.text().startswith("Train the same network once from every rule")
    click(qtbot, panel.training.button)
    assert panel.training.button.text() == "Stop"
    qtbot.waitUntil(lambda: not panel.training.busy, timeout=60_000)
    network = DeepNetwork(layers=2, units=10)
    alone = Trainer(lab_experiment(network, None, Xavier()))
    alone.advance(STEPS)
    line = panel.training.plot.lines[KEYS.index("xavier")]
    assert line.y.tolist() == [each.train_loss for each in alone.record.evaluations]
    assert line.x[-1] == STEPS
    assert panel.training.progress.text() == f"step {STEPS} of {STEPS}"
    assert panel.training.list.numbers["xavier"].text() == f"{line.y[-1]:.3g}"
    assert panel.sentence.text().startswith(f"After {STEPS} steps ")
    assert panel.training.button.text() == "Train from every rule"


def test_training_can_be_left_and_what_is_changed_makes_it_stale(qtbot, panel):
    click(qtbot, panel.pages.tabs.buttons["training"])
    click(qtbot, panel.training.button)
    qtbot.waitUntil(lambda: len(panel.training.plot.lines[0].x) > 0, timeout=20_000)
    click(qtbot, panel.training.button)
    assert not panel.training.busy
    left = panel.training.plot.lines[0].x[-1]
    assert 0 <= left < STEPS and panel.sentence.text().startswith("After ")
    click(qtbot, panel.controls.activation.buttons["sigmoid"])
    assert len(panel.training.plot.lines[0].x) == 0
    assert panel.sentence.text().startswith("Train the same network once from every rule")


def test_the_chosen_rule_is_opened_as_a_run_and_can_be_undone(qtbot, panel):
    click_cell(qtbot, panel, KEYS.index("xavier"), 0)
    click(qtbot, panel.open_button)
    assert opened(qtbot, panel) == lab_experiment(DeepNetwork(), None, Xavier())
    assert panel.session.undo_stack.undoText() == "open Xavier as a run"
    panel.session.undo_stack.undo()
    assert opened(qtbot, panel) == experiment()


def test_the_windows_network_is_opened_with_another_rule(qtbot, panel):
    click(qtbot, panel.controls.whose.buttons["experiment"])
    qtbot.waitUntil(lambda: ready(panel))
    click_cell(qtbot, panel, KEYS.index("he"), 0)
    click(qtbot, panel.open_button)
    chosen = opened(qtbot, panel)
    assert [layer.weights for layer in chosen.network.layers if layer.weighted] == [He(), He()]
    assert chosen.data == experiment().data


def test_nothing_is_measured_while_nobody_looks(qtbot, panel):
    panel.hide()
    click(qtbot, panel.controls.activation.buttons["sigmoid"])
    panel._begin_anew()
    assert not any(panel._worker.is_pending((panel, key)) for key in KEYS) and panel.follows()
    panel.show()
    qtbot.waitUntil(lambda: ready(panel))
    expected = spreads_of_deep_network(DeepNetwork(activation=Sigmoid()), He())
    assert panel._measured["he"][0].std == expected[0].std
    assert not panel.follows()


def test_what_is_exported(panel):
    names = [name for name, _, _ in panel.exports()]
    assert names == ["Outputs of every layer under every rule", "Gradient at every layer", "Training from every rule"]
    header, rows = panel.grid.export_rows()
    assert len(rows) == 7 * 5 * 30 and len(rows[0]) == len(header)
    assert [row[:2] for row in panel.gradients.plot.rows()[1]][5] == ("std 0.01", "layer 1")


def test_nothing_is_cut_at_the_size_of_the_dock_and_large_type_scrolls(qtbot, panel, switch):
    across, down = panel.pages.widget(0).horizontalScrollBar(), panel._area.verticalScrollBar()
    assert (across.maximum(), down.maximum()) == (0, 0)
    switch.set_projector(True)
    qtbot.waitUntil(lambda: across.maximum() > 0 and down.maximum() > 0)
    least = panel.grid.layout_now().least
    assert panel.grid.width() >= least.width() and panel.grid.height() >= least.height()


def test_both_themes_show_the_cells(qtbot, panel, switch):
    switch.choose("dark")
    picture = panel.grid.grab().toImage()
    colors = {QColor(picture.pixel(x, y)).name() for x in range(0, picture.width(), 3) for y in range(picture.height())}
    assert {switch.theme.positive, switch.theme.negative, switch.theme.neutral} <= colors
