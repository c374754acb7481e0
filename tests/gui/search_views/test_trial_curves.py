import numpy as np
import pytest
from msgspec import structs
from PySide6.QtGui import QColor

from gui.palette import curve_color
from gui.search_views.found import Found
from gui.search_views.trial_curves import MOST, TrialCurves, best


@pytest.fixture
def curves(qtbot, switch, found):
    made = TrialCurves()
    qtbot.addWidget(made)
    made.resize(400, 240)
    made.show_found(found)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_the_best_one_stands_in_front(curves, found):
    assert [each.place for each in curves.shown] == [2, 5, 1, 0, 3], "those that ended early come last"
    np.testing.assert_array_equal(curves.front.y, [0.1, 0.05])
    np.testing.assert_array_equal(curves.others[0].y, [0.3])
    assert curves.front.opts["pen"].color() == curve_color("validation")
    assert curves.others[0].opts["pen"].color() != QColor(curve_color("validation")), "pale"


def test_no_more_than_twenty(found):
    many = [structs.replace(found.trials[1], place=i, curve={1: 1.0 + i}) for i in range(30)]
    assert [each.place for each in best(many)] == list(range(MOST))


def test_the_pointer_is_told_the_nearest_curve(curves):
    assert curves.readout(98, 0.41) == "trial 2\nstep 100\nvalidation loss 0.4"
    assert curves.readout(40, 0.11) == "trial 3\nstep 50\nvalidation loss 0.1"


def test_a_curve_that_is_no_longer_shown_goes(curves, found):
    curves.show_found(Found(found.spec, found.trials[:1]))
    assert [len(each.x) for each in (curves.front, *curves.others)] == [2, 0, 0, 0, 0]
    curves.show_found(None)
    assert len(curves.front.x) == 0 and curves.readout(1, 1) == ""


def test_every_point_is_exported(curves):
    header, rows = curves.export_rows()
    assert header == ("trial", "step", "validation_loss") and list(rows)[:2] == [(3, 50, 0.1), (3, 100, 0.05)]
