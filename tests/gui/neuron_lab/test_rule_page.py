import pytest
from PySide6.QtCore import Qt

from gui.neuron_lab.rule_page import RulePage
from gui.theme import LIGHT


@pytest.fixture
def page(show_page) -> RulePage:
    return show_page(RulePage)


@pytest.fixture
def click(qtbot):
    return lambda button: qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def choose(qtbot, page, exercise):
    """With the keys, as a person without a mouse does."""
    box = page.exercises
    qtbot.keyClick(box, Qt.Key.Key_Home)
    for _ in range(box.findData(exercise)):
        qtbot.keyClick(box, Qt.Key.Key_Down)
    assert box.currentData() == exercise


def test_it_begins_with_nothing_and_says_the_rule(page):
    assert page.told.text().startswith("w = (0, 0), b = 0: no line yet")
    assert not page.previous.isEnabled() and page.all.isEnabled()
    assert page.table.rows == []
    assert page.verdict.text().startswith("Steps: 0, mistakes: 0, whole passes: 0. 3 of 4 samples are right now.")
    assert "at most (R/γ)² = 51 mistakes" in page.verdict.text()


def test_a_step_without_a_mistake(page, click):
    click(page.one)
    assert page.told.text().split("\n") == [
        "Sample 1 of 4: x = (0, 0), target t = 0",
        "y = f(0·0 + 0·0 + 0) = f(0) = 0",
        "Right: t − y = 0, and nothing changes.",
    ]
    assert page.table.rows == [("1", "(0, 0)", "0", "0", "0", "(0, 0)", "0", "✓")]


def test_a_mistake_with_the_numbers_put_in(page, click):
    for _ in range(5):
        click(page.one)
    assert page.told.text().split("\n") == [
        "Sample 1 of 4: x = (0, 0), target t = 0",
        "y = f(0.5·0 + 0.5·0 + 0.5) = f(0.5) = 1",
        "Wrong: t − y = −1",
        "w ← (0.5, 0.5) + 0.5·(−1)·(0, 0) = (0.5, 0.5)",
        "b ← 0.5 + 0.5·(−1) = 0",
    ]
    assert page.table.rows[-1] == ("5", "(0, 0)", "0", "1", "−1", "(0.5, 0.5)", "0", "✗")
    assert page.verdict.text().startswith("Steps: 5, mistakes: 2, whole passes: 1.")


def test_the_line_moves_and_the_old_one_stays_pale(page, click, is_line_at):
    for _ in range(5):
        click(page.one)
    assert [line.style for line in page.plane.lines] == ["pale", "solid"]
    assert is_line_at(page.plane, (-0.3, 0.3))  # x1 + x2 = 0
    click(page.one)  # (0, 1) is wrong, too: now x1 = 1
    old, new = page.plane.lines
    assert (old.neuron.weights, new.neuron.weights) == ((0.5, 0.5), (0.5, 0.0))
    assert is_line_at(page.plane, (1.0, 0.5)) and not is_line_at(page.plane, (-0.3, 0.3))
    # The old one is dashed.
    assert any(is_line_at(page.plane, (-a / 100, a / 100), LIGHT.muted) for a in range(15, 45))


def test_back(page, click):
    for _ in range(5):
        click(page.one)
    seen = page.told.text(), page.table.rows, page.verdict.text()
    click(page.one)
    click(page.previous)
    assert (page.told.text(), page.table.rows, page.verdict.text()) == seen
    for _ in range(5):
        click(page.previous)
    assert page.told.text().startswith("w = (0, 0)") and not page.previous.isEnabled()


@pytest.mark.parametrize("exercise", ["AND", "NAND", "OR", "clouds"])
def test_to_the_end_where_a_line_separates(qtbot, page, click, exercise):
    choose(qtbot, page, exercise)
    click(page.all)
    assert "A whole pass without a mistake: it has learnt." in page.verdict.text()
    assert not page.all.isEnabled()
    assert not any(spot.wrong for spot in page.plane.spots)
    assert len(page.table.rows) == 7 and page.table.rows[-1][0] == str(len(page.rule.steps))


@pytest.mark.parametrize("exercise", ["XOR", "mixed"])
def test_to_the_end_where_none_does(qtbot, page, click, exercise):
    choose(qtbot, page, exercise)
    click(page.all)
    assert "it goes round in circles for ever. No line separates these samples." in page.verdict.text()
    assert not page.all.isEnabled() and page.one.isEnabled()
    assert any(spot.wrong for spot in page.plane.spots)


def test_another_choice_or_rate_begins_from_zero(qtbot, page, click):
    click(page.all)
    choose(qtbot, page, "clouds")
    assert page.rule.steps == [] and (page.plane.low, page.plane.high) == (-2.5, 2.5)
    click(page.one)
    box = page.rate.box
    box.selectAll()
    qtbot.keyClicks(box, "0.25")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert page.rule.steps == [] and page.rule.learning_rate == 0.25


def test_from_zero_and_reset(qtbot, page, click):
    choose(qtbot, page, "OR")
    click(page.all)
    click(page.again)
    assert page.rule.steps == [] and page.exercises.currentData() == "OR"
    click(page.one)
    page.reset()
    assert page.rule.steps == [] and page.exercises.currentData() == "AND"


def test_the_table_has_every_step(page, click):
    click(page.all)
    ((_, _, rows),) = page.exports()
    header, table = rows()
    assert list(header) == ["step", "x1", "x2", "target", "sum", "output", "error", "w1", "w2", "b"]
    assert len(table) == len(page.rule.steps) == 22
    assert table[3] == (4, 1, 1, 1, 0, 0, 1, 0.5, 0.5, 0.5)
