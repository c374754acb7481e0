import pytest
from PySide6.QtCore import Qt

from gui.search_views.space_form import SpaceForm
from model.search.space import Choice, Range
from model.starters import starter

RATE, DECAY = "optimizer.learning_rate", "regularization.l2"


@pytest.fixture
def form(qtbot, switch):
    made = SpaceForm()
    qtbot.addWidget(made)
    made.show_experiment(starter("digits"))
    with qtbot.waitExposed(made):
        made.show()
    return made


def type_in(qtbot, box, text):
    box.selectAll()
    qtbot.keyClicks(box, text)
    qtbot.keyClick(box, Qt.Key.Key_Return)


def test_at_first_the_learning_rate_and_the_weight_decay_vary(form):
    assert [axis.path for axis in form.axes()] == [RATE, DECAY]
    rate = form.axes()[0]
    assert (rate.low, rate.high, rate.scale) == (0.0003, 3.0, "log")


def test_bounds_and_scale_are_edited(qtbot, form):
    row = form.rows[RATE]
    with qtbot.waitSignal(form.edited):
        type_in(qtbot, row.boxes[0], "1e-5")
    type_in(qtbot, row.boxes[1], "0.5")
    row.log.click()
    assert form.axes()[0] == Range(path=RATE, low=1e-5, high=0.5, scale="linear")


def test_a_bound_outside_of_the_declared_domain_is_refused_in_a_sentence(qtbot, form):
    with qtbot.waitSignal(form.refused) as refused:
        type_in(qtbot, form.rows[RATE].boxes[0], "-1")
    assert "learning rate must be above 0" in refused.args[0]
    assert form.axes()[0].low == 0.0003


def test_kinds_and_layer_sizes_may_vary(qtbot, form):
    form.rows["network.layers[*].weights"].tick.click()
    form.rows["network.layers[1].units"].tick.click()
    kinds = [axis for axis in form.axes() if isinstance(axis, Choice)]
    assert [axis.options for axis in kinds] == [("xavier", "he", "normal")]
    units = form.axes()[-1]
    assert units.whole and (units.low, units.high) == (12, 200)


def test_what_does_not_vary_cannot_be_edited(form):
    batch = form.rows["batches.size"]
    assert not batch.boxes[0].isEnabled()
    batch.tick.click()
    assert batch.boxes[0].isEnabled()


def test_another_network_keeps_what_was_set(qtbot, form):
    type_in(qtbot, form.rows[RATE].boxes[0], "0.001")
    form.rows[DECAY].tick.click()
    form.show_experiment(starter("xor"))
    assert [axis.path for axis in form.axes()] == [RATE] and form.axes()[0].low == 0.001
    assert "network.layers[1].units" not in form.rows


def test_every_control_has_a_name_and_says_what_it_is_for(form):
    for row in form.rows.values():
        for each in (row.tick, *row.boxes, *((row.log,) if row.log is not None else ())):
            assert (each.accessibleName() or each.text()) and "<p>" in each.toolTip()
