from gui.selection import INPUTS, Selection, Unit


def heard(selection):
    said = []
    selection.unit_selected.connect(lambda unit: said.append(("selected", unit)))
    selection.unit_hovered.connect(lambda unit: said.append(("hovered", unit)))
    selection.parameter_selected.connect(lambda index: said.append(("parameter", index)))
    return said


def test_each_change_is_said_once(qapp):
    selection = Selection()
    said = heard(selection)
    for _ in range(2):
        selection.select_unit(Unit(0, 1))
        selection.hover_unit(Unit(INPUTS, 0))
        selection.select_parameter(7)
    assert said == [("selected", Unit(0, 1)), ("hovered", Unit(INPUTS, 0)), ("parameter", 7)]


def test_the_first_parameter_is_one_like_any_other(qapp):
    selection = Selection()
    said = heard(selection)
    selection.select_parameter(0)
    assert selection.parameter == 0 and said == [("parameter", 0)]


def test_clearing_says_only_what_was_there(qapp):
    selection = Selection()
    selection.select_unit(Unit(1, 1))
    said = heard(selection)
    selection.clear()
    selection.clear()
    assert said == [("selected", None)]
    assert (selection.unit, selection.hovered, selection.parameter) == (None, None, None)
