import pytest
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter

from gui.network_sketch import MOST_DOTS, draw_network
from gui.theme import LIGHT
from gui.thumbnails import blank
from model.data import Data
from model.datasets.moons import Moons
from model.experiment import Experiment, NetworkSpec
from model.layers import Affine

WIDTH, HEIGHT = 121, 91


def dots(*units):
    """How many dots stand in each column of a network with these layers, from left to right."""
    experiment = Experiment(
        data=Data(dataset=Moons()), network=NetworkSpec(layers=tuple(Affine(units=n) for n in units))
    )
    picture = blank(QSize(WIDTH, HEIGHT), 1.0)
    painter = QPainter(picture)
    draw_network(painter, QRectF(0, 0, WIDTH, HEIGHT), experiment, LIGHT)
    painter.end()
    found = []
    for column in range(len(units) + 1):
        x = round(4 + column * (WIDTH - 8) / len(units))
        inked = [picture.pixelColor(min(x, WIDTH - 1), y).name() == LIGHT.muted for y in range(HEIGHT)]
        found.append(sum(now and not before for before, now in zip([False, *inked], inked, strict=False)))
    return found


@pytest.mark.parametrize("units", [(1,), (3, 1), (4, 5, 2)])
def test_a_small_layer_has_a_dot_for_each_unit(qapp, units):
    assert dots(*units) == [2, *units]


def test_a_wide_layer_has_a_gap_in_its_middle(qapp):
    assert dots(100, 1) == [2, MOST_DOTS - 1, 1]
