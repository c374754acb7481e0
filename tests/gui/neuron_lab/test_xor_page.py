import pytest
from PySide6.QtCore import Qt

from gui.neuron_lab.xor_page import XorPage
from model.perceptron import XOR_NETWORK


@pytest.fixture
def page(show_page) -> XorPage:
    return show_page(XorPage)


def test_both_layers_by_hand(page):
    assert [row[2:] for row in page.table.rows] == [
        ("1", "0", "0", "0", "✓"),
        ("1", "1", "1", "1", "✓"),
        ("1", "1", "1", "1", "✓"),
        ("0", "1", "0", "0", "✓"),
    ]
    assert page.verdict.text().startswith("4 of 4 right.")
    assert [name.text() for name in page.names] == ["s₁ = NAND", "s₂ = OR", "y = AND"]


def test_the_hidden_layer_moves_the_corners(page):
    assert [(spot.point, spot.name) for spot in page.between.spots] == [
        ((1, 0), "00"),
        ((1, 1), "01, 10"),
        ((1, 1), ""),  # where its name stands already
        ((0, 1), "11"),
    ]


def test_the_planes_show_two_lines_one_line_and_the_band_between(page, color_at, is_line_at):
    # NAND: x1 + x2 = 1.4, OR: x1 + x2 = 0.4.
    assert is_line_at(page.inputs, (0.9, 0.5)) and is_line_at(page.inputs, (0.2, 0.2))
    assert is_line_at(page.between, (0.5, 0.9)) and not is_line_at(page.between, (0.3, 0.9))

    def side(plane, point):
        color = color_at(plane, point)
        return "blue" if color.blue() > color.red() else "orange"

    assert side(page.output, (0.45, 0.45)) == "blue"
    assert side(page.output, (-0.2, -0.2)) == side(page.output, (1.3, 1.3)) == "orange"
    assert side(page.between, (1.3, 1.3)) == "blue" and side(page.between, (0.3, 0.3)) == "orange"


def test_a_dragged_line_spoils_it_and_reset_mends_it(page, drag):
    drag(page.handles[1].shift, (1.2, 1.2))
    assert page.names[1].text() == "s₂ = ?"  # it never says 1
    assert page.verdict.text().startswith("2 of 4 right.")
    assert [row[6] for row in page.table.rows] == ["✓", "✗", "✗", "✓"]
    assert page.numbers[1].fields[2].box.text() != "-0.2"
    page.reset()
    assert page.network == XOR_NETWORK and page.verdict.text().startswith("4 of 4")


def test_the_output_neuron_is_typed(qtbot, page):
    box = page.numbers[2].fields[2].box
    box.selectAll()
    qtbot.keyClicks(box, "-0.2")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert page.names[2].text() == "y = OR"
    assert page.verdict.text().startswith("2 of 4 right.")


def test_every_plane_can_be_exported_with_the_table(page):
    exports = page.exports()
    assert [source for _, source, _ in exports] == [page.inputs, page.between, page.output]
    assert len({name for name, _, _ in exports}) == 3
    header, rows = exports[0][2]()
    assert list(header) == ["x1", "x2", "s1", "s2", "y", "target"]
    assert rows == [(0, 0, 1, 0, 0, 0), (0, 1, 1, 1, 1, 1), (1, 0, 1, 1, 1, 1), (1, 1, 0, 1, 0, 0)]


def test_the_pointer_asks_each_plane_for_its_own_answer(qtbot, page):
    for plane, said in ((page.inputs, "s₁ + s₂ 2"), (page.between, "y 0"), (page.output, "y 1")):
        qtbot.mouseMove(plane, plane.view.place_of((0.35, 0.35)).toPoint())
        assert plane.label.isVisible() and plane.label.text().split("\n")[2] == said
