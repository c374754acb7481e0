"""Networks with convolution, pooling, Maxout, batch normalization and dropout in the window, from end to end."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from gui import network_edits
from gui.motion import motion
from gui.network_view.descriptions import description
from gui.output_views.activation_strip import ActivationStrip
from gui.output_views.weight_image import WeightImage
from gui.selection import Unit
from model.experiment import Stop
from model.experiment_file import from_plain
from model.layers import Affine, BatchNorm, Convolution, Dropout, Maxout, MaxPooling
from model.run_file import read, write
from model.trainer import Trainer

CNN = from_plain(
    {
        "data": {"dataset": {"type": "digits"}, "test": 0.2},
        "network": {
            "layers": [
                {"type": "convolution", "filters": 4, "size": 3, "padding": 1},
                {"type": "batch_norm"},
                {"type": "relu"},
                {"type": "max_pooling"},
                {"type": "convolution", "filters": 3, "size": 2},
                {"type": "relu"},
                {"type": "dropout", "rate": 0.25},
                {"type": "flatten"},
                {"type": "maxout", "units": 6},
                {"type": "dropout"},
                {"type": "affine", "units": 10},
            ]
        },
        "loss": {"type": "softmax_cross_entropy"},
        "optimizer": {"type": "adam", "learning_rate": 0.01},
        "batches": {"size": 50},
        "evaluation": {"every": 100, "unit": "step"},
        "precision": "float32",
    }
)
POINTS = from_plain(
    {
        "data": {"dataset": {"type": "spiral", "samples": 60}},
        "network": {
            "layers": [
                {"type": "dropout", "rate": 0.1},
                {"type": "affine", "units": 4},
                {"type": "batch_norm"},
                {"type": "tanh"},
                {"type": "maxout", "units": 3, "pieces": 3},
                {"type": "batch_norm"},
                {"type": "affine", "units": 1},
            ]
        },
        "loss": {"type": "sigmoid_cross_entropy"},
    }
)
EXPERIMENTS = {"images": CNN, "points": POINTS}


@pytest.fixture(params=EXPERIMENTS)
def window(open_window, request):
    made = open_window(EXPERIMENTS[request.param], request.param)
    yield made
    motion().set_reduced(False)


def canvas(window):
    return window.docks["network"].widget().view.canvas


def stands_at(qtbot, window, step):
    def there():
        progress = window.session.progress
        answered = progress is not None and progress.request == window.session._request and not progress.playing
        return answered and progress.snapshot.step == step

    qtbot.waitUntil(there, timeout=20_000)


def train(qtbot, window, step):
    window.session.change("stop", stop=Stop(step=step))
    qtbot.keyClick(window, Qt.Key.Key_Space)
    stands_at(qtbot, window, step)


def button(window, name):
    return window.docks["network"].widget().findChild(QAbstractButton, name)


def test_trained_gone_back_in_and_saved_it_has_the_bits_of_a_trainer(qtbot, window, tmp_path):
    experiment = window.session.experiment
    train(qtbot, window, 12)
    alone = Trainer(experiment)
    for _ in range(12):
        alone.step()
    assert_array_equal(window.session.progress.snapshot.numbers, alone.network.numbers)
    window.session.go_to(5)
    stands_at(qtbot, window, 5)
    alone = Trainer(experiment)
    for _ in range(5):
        alone.step()
    assert_array_equal(window.session.progress.snapshot.numbers, alone.network.numbers)
    assert_array_equal(window.session.progress.snapshot.state, alone.network.state)

    found = []
    window.session.ask_saved(found.append, arrays=True)
    qtbot.waitUntil(lambda: bool(found))
    write(tmp_path / "run.downhill", found[0])
    assert read(tmp_path / "run.downhill").notes == ()
    window.open_path(tmp_path / "run.downhill")
    qtbot.waitUntil(lambda: window.document.opening is None)
    stands_at(qtbot, window, 5)
    assert_array_equal(window.session.progress.snapshot.numbers, alone.network.numbers)


def test_every_neuron_has_a_picture_and_everything_says_what_it_is(qtbot, window):
    train(qtbot, window, 3)
    drawn = canvas(window)
    qtbot.waitUntil(lambda: drawn.pictures is not None and set(drawn.pictures.places) == set(drawn.places.units))
    for spot in [*drawn.places.units, *drawn.links.links]:
        text = description(spot, drawn.diagram, drawn.snapshot, drawn.pictures, 0)
        assert text and "{" not in text
    rows = list(window.docks["network"].widget().table()[1])
    assert len(rows) == drawn.diagram.layout.size


def test_step_by_layer_through_all_of_it(qtbot, window):
    motion().set_reduced(True)
    walk, said = window.session.phases, []
    for key in [Qt.Key.Key_L] * 40:
        if walk.step is not None and walk.at >= walk.step.last:
            break
        with qtbot.waitSignal(walk.changed):
            qtbot.keyClick(window, key)
        said.append(window.docks["network"].widget().header.sentence.text())
    assert said[0].startswith("Batch: ") and said[-1].startswith("Update: ")
    assert any("Dropout, y = m · x" in text for text in said)
    assert any("Batch norm, y = γ" in text for text in said)
    assert any("Maxout, y = max(" in text for text in said)
    qtbot.waitUntil(lambda: window.session.progress.snapshot.step == 1)
    alone = Trainer(window.session.experiment)
    alone.step()
    assert_array_equal(window.session.progress.snapshot.numbers, alone.network.numbers)


@pytest.mark.parametrize("stage", range(5))
def test_a_layer_more_and_a_layer_less_at_every_column_keep_the_network_whole(stage):
    for experiment in EXPERIMENTS.values():
        columns = network_edits.hidden_layers(experiment) + 1
        if stage < columns:
            more = network_edits.add_layer(experiment, stage)
            assert network_edits.obstacle(more) is None
            assert network_edits.hidden_layers(more) == columns
            grown = network_edits.set_units(more, stage, 7)
            assert network_edits.obstacle(grown) is None
        if stage < columns - 1:
            less = network_edits.remove_layer(experiment, stage)
            assert network_edits.obstacle(less) is None
            assert network_edits.hidden_layers(less) == columns - 2


def test_what_is_drawn_of_images(qtbot, open_window):
    window = open_window(CNN, "images")
    columns = canvas(window).diagram.columns
    assert [column.units for column in columns] == [64, 4, 4, 3, 6, 10]
    assert [[type(layer) for layer in column.also] for column in columns[1:5]] == [
        [Convolution, BatchNorm],
        [MaxPooling],
        [Convolution, Dropout],
        [Maxout, Dropout],
    ]
    # A pooling has nothing to be chosen, and keeps the channels apart.
    for name in ("activation 1", "weights 1", "more 1", "fewer 1"):
        assert not button(window, name).isVisible()
    assert button(window, "remove layer 1").isVisible() and button(window, "weights 0").isVisible()
    assert not button(window, "activation 3").isVisible()  # Maxout bends already
    into_pool = canvas(window).links.into(Unit(1, 2))
    assert [link.source for link in into_pool] == [Unit(0, 2)]


def test_a_bundle_of_weights_shows_its_strongest(qtbot, open_window):
    window = open_window(CNN, "images")
    drawn = canvas(window)
    layout = drawn.diagram.layout
    filters = layout.view(drawn.snapshot.parameters, 4, "weights")  # (3, 4, 2, 2)
    assert_array_equal(drawn.snapshot.parameters[drawn.diagram.weights(2, 3, 1)], filters[1, 3].ravel())
    dense = layout.view(drawn.snapshot.parameters, 8, "weights")  # (3 * 9, 2, 6)
    expected = dense.reshape(3, 9, 2, 6)[2, :, :, 5]
    assert_array_equal(np.sort(drawn.snapshot.parameters[drawn.diagram.weights(3, 2, 5)]), np.sort(expected.ravel()))
    strongest = max(expected.ravel(), key=abs)
    link = next(link for link in drawn.links.into(Unit(3, 5)) if link.source == Unit(2, 2))
    text = description(link, drawn.diagram, drawn.snapshot, None, 0)
    assert text.splitlines() == ["w[3→6]: 18 weights", f"the strongest {strongest:.3g}"]
    assert drawn.diagram.bias(Unit(2, 1)) == layout.entry(4, "bias").start + 1
    assert drawn.diagram.bias(Unit(1, 0)) is None and drawn.diagram.bias(Unit(3, 0)) is None


def test_buttons_of_a_convolution(qtbot, open_window):
    window = open_window(CNN, "images")
    qtbot.mouseClick(button(window, "more 0"), Qt.MouseButton.LeftButton)
    assert window.session.experiment.network.layers[0].filters == 5
    qtbot.mouseClick(button(window, "add layer 4"), Qt.MouseButton.LeftButton)
    layers = window.session.experiment.network.layers
    assert [type(layer) for layer in layers].count(Affine) == 2
    qtbot.mouseClick(button(window, "add layer 0"), Qt.MouseButton.LeftButton)
    first = window.session.experiment.network.layers[0]
    assert isinstance(first, Convolution) and first.padding == 1 and first.filters == 5
    qtbot.mouseClick(button(window, "remove layer 0"), Qt.MouseButton.LeftButton)
    train(qtbot, window, 2)


def test_the_output_panel_shows_a_filter(qtbot, open_window):
    window = open_window(CNN, "images")
    output = window.docks["output"].widget()
    window.session.selection.hover_unit(Unit(0, 2))
    qtbot.waitUntil(lambda: output.caption.text() == "Hidden 1, neuron 3")
    shown = window.docks["output"].widget().findChild(WeightImage)
    qtbot.waitUntil(shown.isVisible)
    window.session.selection.hover_unit(Unit(2, 1))  # its activations
    qtbot.waitUntil(lambda: output.caption.text() == "Hidden 3, neuron 2")
    qtbot.waitUntil(output.findChild(ActivationStrip).isVisible)


def test_a_timeline_saved_by_the_window_holds_running_statistics(qtbot, open_window):
    window = open_window(POINTS, "points")
    train(qtbot, window, 4)
    found = []
    window.session.ask_saved(found.append, arrays=True)
    qtbot.waitUntil(lambda: bool(found))
    last = found[0].branches[0].checkpoints[-1]
    assert_allclose(last.network_state, window.session.progress.snapshot.state)
    assert last.network_state.size == 14
