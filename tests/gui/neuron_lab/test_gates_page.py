import pytest
from PySide6.QtCore import Qt

from gui.neuron_lab.gates_page import GatesPage
from gui.theme import LIGHT
from model.perceptron import GATES, Neuron


@pytest.fixture
def page(show_page) -> GatesPage:
    return show_page(GatesPage)


def choose(qtbot, page, gate):
    qtbot.mouseClick(page.gates.buttons[gate], Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(("gate", "outputs"), [("AND", "0001"), ("NAND", "1110"), ("OR", "0111")])
def test_each_gate_has_weights_that_answer_every_row(qtbot, page, gate, outputs):
    choose(qtbot, page, gate)
    assert [row[2] for row in page.table.rows] == list(outputs)
    assert [row[5] for row in page.table.rows] == [f"{answer}  ✓" for answer in outputs]
    assert page.verdict.text() == f"4 of 4 rows are right. This neuron is {gate}."
    assert page.numbers.fields[0].box.text() == f"{GATES[gate].neuron.weights[0]:g}"


def test_the_sums_of_and_are_shown_with_what_they_must_be(page):
    assert [row[3:5] for row in page.table.rows] == [
        ("b = −0.7", "≤ 0"),
        ("w₂ + b = −0.2", "≤ 0"),
        ("w₁ + b = −0.2", "≤ 0"),
        ("w₁ + w₂ + b = 0.3", "> 0"),
    ]


def test_a_dragged_line_makes_rows_wrong_and_right_again(page, drag):
    drag(page.handles.shift, (0.1, 0.1))  # AND's line down to where OR's is
    assert [row[5] for row in page.table.rows] == ["0  ✓", "1  ✗", "1  ✗", "1  ✓"]
    assert page.verdict.text().startswith("2 of 4 rows are right. Move the line")
    assert [spot.wrong for spot in page.plane.spots] == [False, True, True, False]
    picture = page.plane.grab().toImage()
    warnings = sum(
        picture.pixelColor(x, y).name() == LIGHT.warning
        for x in range(picture.width())
        for y in range(picture.height())
    )
    assert warnings > 40  # rings around the two
    drag(page.handles.shift, (0.75, 0.75))
    assert page.verdict.text().startswith("4 of 4")


def test_xor_is_never_all_right_and_the_contradiction_is_in_numbers(qtbot, page, drag):
    choose(qtbot, page, "XOR")
    assert page.verdict.text().startswith("3 of 4 rows are right.")
    reason = page.reason.text().split("\n")
    assert reason[1] == "Middle rows: w₁ + w₂ + 2b = 0.5 + 0.5 + 2·(−0.2) = 0.6, must be > 0: this one holds"
    assert reason[2] == "Outer rows: w₁ + w₂ + 2b = 0.6, must be ≤ 0: this one fails"
    assert reason[3].startswith("One number cannot be above 0 and not above 0")
    drag(page.handles.shift, (1.3, 1.3))
    reason = page.reason.text().split("\n")
    assert reason[1].endswith("must be > 0: this one fails") and reason[2].endswith("must be ≤ 0: this one holds")
    for place in ((0.1, 0.3), (0.9, 0.2), (0.5, 0.5), (1.4, -0.3)):
        drag(page.handles.turn, place)
        assert sum("✓" in row[5] for row in page.table.rows) <= 3


def test_other_gates_need_no_reason(qtbot, page):
    choose(qtbot, page, "XOR")
    choose(qtbot, page, "OR")
    assert page.reason.text() == ""


def test_typed_numbers(qtbot, page):
    box = page.numbers.fields[2].box
    box.selectAll()
    qtbot.keyClicks(box, "-1.2")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert page.neuron == Neuron((0.5, 0.5), -1.2)
    assert page.threshold.box.text() == "1.2"
    assert page.table.rows[3][5] == "0  ✗"
    page.threshold.edited.emit(0.3)
    assert page.neuron.bias == -0.3 and box.text() == "-0.3"


def test_reset_and_the_table(qtbot, page, drag):
    choose(qtbot, page, "XOR")
    drag(page.handles.shift, (0.9, 0.9))
    page.reset()
    assert page.gates.key() == "AND" and page.neuron == GATES["AND"].neuron
    ((_, source, rows),) = page.exports()
    assert source is page.plane and source.export_rows() == rows()
    header, table = rows()
    assert list(header) == ["x1", "x2", "target", "sum", "output"]
    assert [(*row[:3], row[4]) for row in table] == [(0, 0, 0, 0), (0, 1, 0, 0), (1, 0, 0, 0), (1, 1, 1, 1)]
    assert [row[3] for row in table] == pytest.approx([-0.7, -0.2, -0.2, 0.3])
