import numpy as np
import pytest
from PySide6.QtGui import QColor

from gui.network_view.columns import diagram
from gui.network_view.unit_pictures import Order, paint_units
from gui.selection import INPUTS, Unit
from gui.theme import LIGHT
from model.experiment_file import from_plain
from model.pictures import Pictures
from model.trainer import Trainer

SIDE = 30


def painted(dataset, parameters=None, hovered=None, outputs=1, loss="mean_squared_error", sample=0):
    layers = [{"type": "flatten"}] if dataset == "digits" else []
    layers += [{"type": "affine", "units": 2}, {"type": "tanh"}, {"type": "affine", "units": outputs}]
    experiment = from_plain(
        {
            "format": "downhill-experiment",
            "data": {"dataset": {"type": dataset}},
            "network": {"layers": layers},
            "loss": {"type": loss},
        }
    )
    trainer = Trainer(experiment)
    trainer.advance(1)
    if parameters is not None:
        trainer.network.parameters[:] = parameters
    drawn = diagram(experiment)
    units = tuple(Unit(c.stage, i) for c in drawn.columns if not c.image for i in range(c.units))
    order = Order(drawn, units, SIDE, LIGHT, sample, hovered)
    return paint_units(Pictures(experiment, trainer.parts), trainer.snapshot(), order), trainer


def color(found, unit, x, y):
    source = found.source(unit)
    return QColor(found.atlas.pixel(source.left() + x, source.top() + y))


def test_a_neuron_is_its_own_output_over_the_plane(qapp):
    # The first hidden neuron is tanh(9 x1): orange on the left, blue on the right. The second one is -1 everywhere.
    found, _ = painted("spiral", [9, 0, 0, 0, 0, -9, 1, 0, 0])
    for y in (2, 15, 27):
        assert color(found, Unit(0, 0), 2, y).name() == LIGHT.negative
        assert color(found, Unit(0, 0), 27, y).name() == LIGHT.positive
        assert color(found, Unit(0, 1), 15, y).name() == LIGHT.negative
    assert (
        color(found, Unit(INPUTS, 1), 15, 1).blue() > color(found, Unit(INPUTS, 1), 15, 28).blue()
    )  # x2 grows upwards


def test_a_curve_is_filled_towards_zero(qapp):
    found, _ = painted("sine", [9, 0, 0, 5, 1, 0, 0])  # tanh(9 x), and a constant near 1
    assert color(found, Unit(0, 0), 25, 10).name() == LIGHT.positive  # above zero, below the curve
    assert color(found, Unit(0, 0), 25, 25).name() == LIGHT.neutral
    assert color(found, Unit(0, 0), 4, 20).name() == LIGHT.negative
    assert color(found, Unit(0, 1), 4, 10).name() == LIGHT.positive


def test_other_data_show_one_sample(qapp):
    found, trainer = painted("iris", outputs=3, loss="softmax_cross_entropy", sample=7)
    network, inputs = trainer.network, trainer.parts.train.inputs
    hidden = np.tanh(inputs[7] @ network.parameters[:8].reshape(4, 2) + network.parameters[8:10])
    assert found.values[Unit(0, 1)] == pytest.approx(hidden[1])
    ink = color(found, Unit(0, 1), 15, 15)
    assert (ink.blue() > ink.red()) == (hidden[1] > 0)


def test_an_image_is_shown_as_one(qapp):
    found, _ = painted("digits", outputs=10, loss="softmax_cross_entropy")
    assert (found.pixels.width(), found.pixels.height()) == (8, 8)


def test_the_mean_over_the_batch_of_the_hovered_neuron(qapp):
    found, trainer = painted("spiral", hovered=Unit(0, 1))
    p, batch = trainer.network.parameters, trainer.parts.train.inputs[trainer.snapshot().batch]
    hidden = np.tanh(batch @ p[:4].reshape(2, 2) + p[4:6])
    assert found.mean == (Unit(0, 1), pytest.approx(hidden[:, 1].mean()))


@pytest.mark.parametrize("bad", [np.nan, np.inf])
@pytest.mark.parametrize("dataset", ["spiral", "sine"])
def test_numbers_that_are_none_are_grey_and_crash_nothing(qapp, bad, dataset):
    count = 9 if dataset == "spiral" else 7
    found, _ = painted(dataset, np.full(count, bad))
    if np.isnan(bad):
        assert color(found, Unit(0, 0), 15, 15).name() == LIGHT.muted
