import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QPainter

from gui.network_view.columns import diagram
from gui.network_view.geometry import Geometry
from gui.network_view.links import FADING, Links
from gui.theme import LIGHT
from model.experiment_file import from_plain

PLAIN = {
    "format": "downhill-experiment",
    "data": {"dataset": {"type": "spiral"}},
    "network": {
        "layers": [{"type": "affine", "units": 1}, {"type": "tanh"}, {"type": "affine", "units": 1}, {"type": "tanh"}]
    },
}


@pytest.fixture
def geometry():
    return Geometry(diagram(from_plain(PLAIN)), QSize(600, 300), LIGHT, 20)


def painted(links, geometry):
    picture = QImage(geometry.size, QImage.Format.Format_RGB32)
    picture.fill(QColor(LIGHT.panel))
    painter = QPainter(picture)
    links.paint(painter, LIGHT, picture.rect(), at_rest=True)
    painter.end()
    return picture


def color_and_width(links, geometry, vector):
    """Of the link from the hidden neuron to the output, which is horizontal."""
    links.show(np.array(vector), anew=True)
    picture = painted(links, geometry)
    middle = links.lines[-1].center().toPoint()
    column = [QColor(picture.pixel(middle.x(), y)).name() for y in range(middle.y() - 8, middle.y() + 9)]
    inked = [name for name in column if name != LIGHT.panel]
    return max(inked, key=inked.count), len(inked)


def test_colour_is_the_sign_and_width_the_size(qapp, geometry):
    links = Links(geometry)  # parameters: two weights, a bias; a weight, a bias
    assert color_and_width(links, geometry, [0.1, 0.1, 0, 2.0, 0])[0] == LIGHT.positive
    assert color_and_width(links, geometry, [0.1, 0.1, 0, -2.0, 0])[0] == LIGHT.negative
    widths = [color_and_width(links, geometry, [2.0, 2.0, 0, size, 0])[1] for size in (0.1, 1.0, 2.0)]
    assert widths[0] < widths[1] < widths[2]


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_what_is_not_finite_is_drawn_all_the_same(qapp, geometry, bad):
    links = Links(geometry)
    links.show(np.array([bad, 1.0, bad, bad, 0]))
    painted(links, geometry)
    assert links.limit == 1.0


def test_all_zero_is_faint(qapp, geometry):
    assert color_and_width(Links(geometry), geometry, [0.0] * 5)[0] == LIGHT.grid


def test_the_scale_grows_at_once_and_shrinks_slowly(qapp, geometry):
    links = Links(geometry)
    for vector, limit in (([1.0] * 5, 1.0), ([4.0] * 5, 4.0), ([1.0] * 5, 4 * FADING)):
        links.show(np.array(vector))
        assert links.limit == pytest.approx(limit)
    links.show(np.array([1.0] * 5), anew=True)
    assert links.limit == 1.0
