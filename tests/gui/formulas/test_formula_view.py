import pytest
from PySide6.QtCore import QPoint, Qt

import gui.formulas.typesetter as typesetter_module
from gui.formulas.formula_view import FormulaView
from gui.formulas.term import number, sign, symbol
from gui.formulas.typesetter import Typesetter
from gui.picture_worker import PictureWorker
from gui.selection import Sources, Unit

X = Sources(units=frozenset([Unit(-1, 0)]), parameters=frozenset([3]))
Z = Sources(units=frozenset([Unit(0, 1)]))
ROW = (symbol("z_{2} =", Z, "z[2]"), number(0.5, X, "x[1]"), sign(" + "), number(0.25, Z, "b[2]"))


@pytest.fixture
def pictures():
    worker = PictureWorker()
    worker.start()
    yield worker
    worker.close()


@pytest.fixture
def view(qtbot, switch, pictures):
    made = FormulaView(Typesetter(pictures))
    qtbot.addWidget(made)
    made.resize(300, 10)
    with qtbot.waitExposed(made):
        made.show()
    return made


def shown(qtbot, view, *rows):
    view.show_rows(rows)
    latex = [term.latex for row in rows for term in row if term.latex]
    qtbot.waitUntil(lambda: all(view._typesetter.drawing(each) is not None for each in latex))


def middle(view, place, row=0) -> QPoint:
    return view.place_of(row, place).center().toPoint() + QPoint(4, 4)


def point(qtbot, view, place):
    """Move the pointer there, from elsewhere: one that is there already moves nothing."""
    qtbot.mouseMove(view, QPoint(view.width() - 2, view.height() - 1))
    qtbot.mouseMove(view, middle(view, place))


def test_the_pointer_tells_where_a_number_comes_from(qtbot, view):
    shown(qtbot, view, ROW)
    pointed = []
    view.pointed.connect(pointed.append)
    point(qtbot, view, 1)
    assert pointed == [X]
    qtbot.mouseMove(view, middle(view, 2))  # an operator comes from nowhere
    qtbot.mouseMove(view, middle(view, 3))
    assert pointed == [X, None, Z]
    qtbot.mouseMove(view, QPoint(view.width() - 2, 2))
    assert pointed[-1] is None


def test_the_term_under_the_pointer_is_marked(qtbot, view, switch):
    shown(qtbot, view, ROW)
    before = view.grab().toImage()
    point(qtbot, view, 1)
    assert view.grab().toImage() != before
    picture, x = view.grab().toImage(), middle(view, 1).x()
    colors = {picture.pixelColor(x, y).name() for y in range(middle(view, 1).y(), view.height())}
    assert switch.theme.accent in colors


def test_the_arrow_keys_walk_from_term_to_term(qtbot, view):
    shown(qtbot, view, ROW)
    pointed = []
    view.pointed.connect(pointed.append)
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    view.clearFocus()
    view.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: view.marked is not None)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert [term for term in pointed if term] == [Z, X, Z]
    assert view.accessibleDescription() == "b[2] = 0.25"
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert pointed[-1] is None


def test_a_screen_reader_reads_the_formula(qtbot, view):
    shown(qtbot, view, ROW)
    assert view.accessibleName() == "z[2] = 0.5 + 0.25"


def test_newer_numbers_keep_the_mark_and_the_height(qtbot, view):
    shown(qtbot, view, ROW)
    point(qtbot, view, 1)
    height, pointed = view.height(), []
    view.pointed.connect(pointed.append)
    view.show_rows([(ROW[0], number(0.75, X, "x[1]"), *ROW[2:])])
    assert view.marked.value == 0.75
    assert (view.height(), pointed) == (height, [])


def test_a_row_that_is_too_long_is_broken(qtbot, view):
    shown(qtbot, view, ROW)
    low = view.height()
    long = (ROW[0], *(term for k in range(12) for term in (number(0.123 + k, X), sign(" + "))))
    shown(qtbot, view, long)
    assert view.height() > low
    assert all(view.place_of(0, place).right() <= view.width() for place in range(len(long)))


def test_a_formula_is_typeset_once(qtbot, view, monkeypatch):
    set_now = []
    plain = typesetter_module.typeset
    monkeypatch.setattr(typesetter_module, "typeset", lambda latex: set_now.append(latex) or plain(latex))
    shown(qtbot, view, ROW)
    for value in (1.0, 2.0, 3.0):
        shown(qtbot, view, (ROW[0], number(value, X), *ROW[2:]))
    view.resize(200, 10)
    assert set_now == ["z_{2} ="]


def test_another_theme_has_other_colours_without_typesetting_anew(qtbot, view, switch, monkeypatch):
    shown(qtbot, view, ROW)
    monkeypatch.setattr(typesetter_module, "typeset", None)
    light = view.grab().toImage()
    switch.choose("dark")
    assert view.grab().toImage() != light
    height = view.height()
    switch.set_projector(True)
    assert view.height() > height


def test_until_it_is_typeset_it_is_shown_in_plain_characters(qtbot, view):
    view.show_rows([ROW])
    assert view.text() == "z[2] = 0.5 + 0.25"
    assert view.height() > 10
    qtbot.waitUntil(lambda: view._typesetter.drawing("z_{2} =") is not None)
