import pytest
from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QFontMetrics

from gui.network_view.columns import MOST_SHOWN, diagram
from gui.network_view.geometry import Geometry
from gui.network_view.links import Links
from gui.network_view.spots import Bias, LossNode, Title, spot_at
from gui.network_view.walking import neighbour, next_link
from gui.selection import INPUTS, Unit
from gui.theme import GRID, LIGHT, LIGHT_PROJECTOR, font
from model.experiment_file import from_plain
from model.fitting import input_shape
from model.network import Network

pytestmark = pytest.mark.usefixtures("qapp")  # names are measured


def experiment(units, dataset="spiral", outputs=1, loss="mean_squared_error"):
    layers = [{"type": "flatten"}] if dataset == "digits" else []
    for n in units:
        layers += [{"type": "affine", "units": n}, {"type": "tanh"}]
    layers += [{"type": "affine", "units": outputs}]
    return from_plain(
        {
            "format": "downhill-experiment",
            "data": {"dataset": {"type": dataset}},
            "network": {"layers": layers},
            "loss": {"type": loss},
        }
    )


def placed(units=(3, 2), size=(700, 400), theme=LIGHT, **more):
    return Geometry(diagram(experiment(units, **more)), QSize(*size), theme, 20)


def test_the_columns_of_a_network():
    columns = diagram(experiment((3, 2))).columns
    assert [column.units for column in columns] == [2, 3, 2, 1]
    assert columns[0].names == ("x1", "x2") and columns[0].stage == INPUTS
    assert [column.is_hidden for column in columns] == [False, True, True, False]


def test_digits_are_one_picture_and_ten_named_outputs():
    columns = diagram(experiment((5,), "digits", 10, "softmax_cross_entropy")).columns
    assert columns[0].image == (8, 8) and columns[0].units == 64 and columns[0].shown(12) == ()
    assert columns[-1].names == tuple("0123456789")


def test_a_wide_layer_shows_its_ends():
    column = diagram(experiment((128,))).columns[1]
    assert column.shown(7) == (0, 1, 2, None, 125, 126, 127)
    assert len(column.shown(MOST_SHOWN)) == MOST_SHOWN


def test_parameters_lie_where_the_network_has_them():
    spec = experiment((3, 2))
    layout = Network(spec.network.layers, input_shape(spec)).layout
    drawn = diagram(spec)
    entry, place = layout.locate(drawn.weight(1, 2, 1))
    assert (entry.full_name, place) == ("layers[2].weights", (2, 1))
    entry, place = layout.locate(drawn.bias(Unit(0, 2)))
    assert (entry.full_name, place) == ("layers[0].bias", (2,))
    assert drawn.bias(Unit(INPUTS, 0)) is None


@pytest.mark.parametrize("theme", [LIGHT, LIGHT_PROJECTOR])
@pytest.mark.parametrize("units", [(), (8, 8, 8), (128,) * 12])
def test_nothing_overlaps_and_nothing_leaves_the_canvas(units, theme):
    geometry = placed(units, theme=theme)
    rects = list(geometry.units.values())
    canvas = geometry.size
    for i, rect in enumerate(rects):
        assert rect.left() >= 0 and rect.right() < canvas.width()
        assert rect.top() >= geometry.top and rect.bottom() < canvas.height()
        assert not any(rect.intersects(other) for other in rects[i + 1 :])
    assert geometry.loss.right() < canvas.width()


def test_a_few_columns_fit_the_window_and_many_scroll():
    assert placed((8, 8, 8)).size == QSize(700, 400)
    assert placed((128,) * 12).width > 1200


@pytest.mark.parametrize("theme", [LIGHT, LIGHT_PROJECTOR])
@pytest.mark.parametrize("width", [300, 700, 1500])
def test_the_names_of_the_classes_stand_between_the_output_and_the_loss(width, theme):
    geometry = placed((3, 2), (width, 400), theme, dataset="iris", outputs=3, loss="softmax_cross_entropy")
    name = QFontMetrics(font(theme.small)).horizontalAdvance("versicolor")
    assert geometry.loss.left() - geometry.units[Unit(2, 1)].right() > GRID // 2 + name + GRID
    assert geometry.loss.right() < geometry.width
    assert geometry.xs[0] > GRID + 20


def test_columns_stand_at_equal_distances_on_one_axis():
    geometry = placed((3, 5))
    gaps = {b - a for a, b in zip(geometry.xs, geometry.xs[1:], strict=False)}
    assert max(gaps) - min(gaps) <= 1
    for stage, units in ((0, 3), (1, 5)):
        heights = [geometry.units[Unit(stage, i)].center().y() for i in range(units)]
        assert sum(heights) / units == pytest.approx(geometry.middle, abs=1.5)


def test_what_lies_under_the_pointer():
    geometry = placed()
    links = Links(geometry)
    unit = Unit(0, 1)
    assert spot_at(QPointF(geometry.units[unit].center()), geometry, links) == unit
    assert spot_at(QPointF(geometry.bias(unit).center()), geometry, links) == Bias(unit)
    assert spot_at(QPointF(geometry.loss.center()), geometry, links) == LossNode()
    line, link = links.lines[4], links.links[4]
    assert spot_at(line.pointAt(0.9), geometry, links) == link
    assert spot_at(QPointF(1, 1), geometry, links) is None


def test_a_link_is_found_within_five_pixels():
    geometry = placed((1,))
    links = Links(geometry)
    line = links.lines[-1]  # horizontal, from the one neuron to the output
    assert line.y1() == line.y2()
    middle = line.center()
    assert links.nearest(middle + QPointF(0, 4.5)) == links.links[-1]
    assert links.nearest(middle + QPointF(0, 6)) is None


def test_walking_with_the_arrows():
    geometry = placed()
    assert neighbour(geometry, None, 0, 1) == Unit(INPUTS, 0)
    assert neighbour(geometry, Unit(0, 0), 0, 1) == Unit(0, 1)
    assert neighbour(geometry, Unit(0, 2), 0, 1) == Unit(0, 2)  # the end of the column
    assert neighbour(geometry, Unit(0, 1), 1, 0).stage == 1
    assert neighbour(geometry, Unit(2, 0), 1, 0) == LossNode()
    assert neighbour(geometry, LossNode(), 1, 0) == LossNode()  # the end of the network
    assert neighbour(geometry, LossNode(), -1, 0).stage == 2
    assert neighbour(geometry, Unit(0, 0), 0, -1) == Title(0)
    assert neighbour(geometry, Title(0), 1, 0) == Title(1)
    assert neighbour(geometry, Title(0), 0, 1) == Unit(0, 0)
    assert neighbour(geometry, Title(INPUTS), -1, 0) == Title(INPUTS)


def test_walking_along_the_links_of_a_neuron():
    links = Links(placed())
    first = next_link(links, Unit(1, 0), None, 1)
    assert first.source == Unit(0, 0) and first.target == Unit(1, 0)
    second = next_link(links, Unit(1, 0), first, 1)
    assert second.source == Unit(0, 1)
    assert next_link(links, Unit(1, 0), first, -1) is None
