from gui.selection import INPUTS, Column, CurvePoint, LossValue, Parameter, Selection, Sources, Unit


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


def test_the_subject_is_what_was_selected_last(qapp):
    selection = Selection()
    said = []
    selection.subject_selected.connect(said.append)
    selection.select_unit(Unit(0, 1))
    selection.select_parameter(3)
    selection.select(LossValue())
    assert selection.parameter is None
    selection.select(Column(1))
    selection.select(CurvePoint("train", 40, 0.5))
    selection.select(Parameter(4))
    assert selection.parameter == 4
    selection.select(Unit(0, 1))
    assert (selection.unit, selection.parameter) == (Unit(0, 1), None)
    selection.clear()
    assert said == [
        Unit(0, 1),
        Parameter(3),
        LossValue(),
        Column(1),
        CurvePoint("train", 40, 0.5),
        Parameter(4),
        Unit(0, 1),
        None,
    ]


def test_deselecting_a_part_leaves_the_subject(qapp):
    selection = Selection()
    selection.select(LossValue())
    selection.select_unit(None)
    selection.select_parameter(None)
    assert selection.subject == LossValue()


def test_where_a_number_comes_from_is_said_once(qapp):
    selection = Selection()
    said = []
    selection.sources_pointed.connect(said.append)
    sources = Sources(units=frozenset({Unit(0, 1)}), parameters=frozenset({2}))
    selection.point_at_sources(sources)
    selection.point_at_sources(sources)
    selection.clear()
    assert said == [sources, None]
