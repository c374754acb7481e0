import numpy as np
import pytest
from PySide6.QtCore import Qt

from gui.neuron_lab.linear_page import LinearPage
from model.perceptron import TWO_LINEAR_LAYERS, Neuron


@pytest.fixture
def page(show_page) -> LinearPage:
    return show_page(LinearPage)


def click(qtbot, page, function):
    qtbot.mouseClick(page.activations.buttons[function], Qt.MouseButton.LeftButton)


def test_the_composite_with_its_numbers(page):
    assert page.composite.text().split("\n")[1:] == [
        "w′₁ = 1·1 + (−1.5)·0.5 = 0.25",
        "w′₂ = 1·(−0.5) + (−1.5)·1 = −2",
        "b′ = 1·0.5 + (−1.5)·(−0.5) + 0.5 = 1.75",
    ]
    assert page.verdict.text().startswith("Two linear layers are one neuron, y = 0.25 x₁ − 2 x₂ + 1.75:")


def test_the_input_goes_both_ways_to_the_same_number(page, drag):
    assert page.check.text().split("\n") == [
        "At x = (1, −1)",
        "layer by layer: h = (2, −1), y = 4",
        "at once: w′·x + b′ = 4: the same",
    ]
    drag(page.input, (-2.0, -2.0))
    both = [line.split("=")[-1].split(":")[0].strip() for line in page.check.text().split("\n")[1:]]
    assert both[0] == both[1] != "4"


def test_one_straight_line(page, is_line_at):
    # x2 = (0.25 x1 + 1.75) / 2
    for x1 in (-1.6, 0.4, 1.2):
        assert is_line_at(page.plane, (x1, (0.25 * x1 + 1.75) / 2))
        assert not is_line_at(page.plane, (x1, (0.25 * x1 + 1.75) / 2 + 0.1))


@pytest.mark.parametrize("function", ["tanh", "relu", "step"])
def test_a_function_between_bends_it(qtbot, page, is_line_at, function):
    click(qtbot, page, function)
    assert "bends the boundary" in page.verdict.text()
    assert page.check.text().endswith("not the same any more")
    # Where the network changes its sign along a column, the boundary is painted.
    network = TWO_LINEAR_LAYERS.with_activation(function)
    heights = np.linspace(-2.4, 2.4, 481)
    points = np.column_stack([np.full(481, -2.2), heights])
    above = network.outputs(points) > 0
    crossings = np.flatnonzero(above[:-1] != above[1:])
    assert len(crossings) == 1
    assert any(is_line_at(page.plane, (-2.2, heights[crossings[0]] + d)) for d in (-0.02, 0, 0.02))
    straight = (0.25 * -2.2 + 1.75) / 2
    assert abs(straight - heights[crossings[0]]) > 0.3 and not is_line_at(page.plane, (-2.2, straight))


def test_dragging_a_hidden_line_changes_the_composite(page, drag):
    drag(page.handles[0].shift, (1.0, 1.0))
    first = page.network.hidden[0]
    assert first.weights == (1.0, -0.5) and first.bias == pytest.approx(-0.5, abs=0.05)
    assert page.numbers[0].fields[2].box.text() == f"{first.bias:g}"
    assert page.composite.text().endswith(f"= {page.network.composite().bias:.3f}".rstrip("0").rstrip("."))


def test_weights_that_cancel(page):
    page._take(2, Neuron((0.0, 0.0), 0.5, "identity"))
    assert page.verdict.text().startswith("The weights cancel")


def test_reset_and_the_table(qtbot, page, drag):
    click(qtbot, page, "relu")
    drag(page.input, (-2.0, -2.0))
    page.reset()
    assert page.activations.key() == "identity" and page.network == TWO_LINEAR_LAYERS
    ((_, source, rows),) = page.exports()
    assert source is page.plane
    header, table = rows()
    assert list(header) == ["x1", "x2", "h1", "h2", "y"] and len(table) == 442
    assert table[0] == [1, -1, 2, -1, 4]
    for x1, x2, h1, h2, y in table:
        assert y == pytest.approx(h1 - 1.5 * h2 + 0.5) == pytest.approx(0.25 * x1 - 2 * x2 + 1.75)
