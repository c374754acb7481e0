import numpy as np
import pytest

from gui.output_views.curve_view import CurveView
from gui.output_views.plane_view import PlaneView
from gui.output_views.regression_view import RegressionView
from gui.output_views.samples_view import SamplesView
from gui.panels.output_panel import OutputPanel
from gui.selection import INPUTS, Unit
from model.data import Data
from model.data_files.source import Text
from model.datasets.table import ColumnSpec, Table
from model.experiment import Experiment, NetworkSpec
from model.layers import Affine, Tanh
from model.pictures import Pictures

TEXT = "a,b,c,price\n" + "".join(f"{i % 7},{i % 5},{i % 3},{i % 7 - i % 5}\n" for i in range(60))
DATASET = Table(
    name="t",
    source=Text(text=TEXT),
    columns=(*(ColumnSpec(name=name) for name in "abc"), ColumnSpec(name="price", role="target")),
)
EXPERIMENT = Experiment(
    data=Data(dataset=DATASET), network=NetworkSpec(layers=(Affine(units=4), Tanh(), Affine(units=1)))
)


@pytest.fixture
def panel(qtbot, show_panel):
    made = show_panel(OutputPanel, EXPERIMENT)
    qtbot.waitUntil(lambda: len(made.view.points.getData()[0]) > 0)
    return made


def test_each_prediction_stands_over_its_target(panel):
    assert isinstance(panel.view, RegressionView)
    run, snapshot = panel.session.run, panel.session.progress.snapshot
    found = Pictures(run.experiment, run.parts).predictions(snapshot.parameters, run.parts.test)
    x, y = panel.view.points.getData()
    np.testing.assert_array_equal(x, run.parts.test.targets[:, 0])
    np.testing.assert_allclose(y, found.outputs[:, 0])
    assert panel.caption.text() == "Predictions over targets"


def test_the_table_behind_it(panel):
    header, rows = panel.exports()[0][2]()
    assert header == ("target", "prediction")
    assert len(list(rows)) == 12


def test_another_part_is_shown(qtbot, panel):
    panel.rows.buttons["train"].click()
    qtbot.waitUntil(lambda: len(panel.view.points.getData()[0]) == 48)


def test_a_neuron_is_shown_over_the_target_and_leaving_returns(qtbot, panel):
    panel.session.selection.hover_unit(Unit(INPUTS, 1))
    train = panel.session.run.parts.train
    qtbot.waitUntil(lambda: len(panel.view.points.getData()[0]) == 48)
    np.testing.assert_array_equal(panel.view.points.getData()[1], train.inputs[:, 1])
    assert not panel.view.diagonal.isVisible()
    panel.session.selection.hover_unit(None)
    qtbot.waitUntil(lambda: len(panel.view.points.getData()[0]) == 12)
    assert panel.view.diagonal.isVisible()


ONE = "x,t,kind\n" + "".join(f"{100 + i},{i % 7 / 3},{'ab'[i % 2]}\n" for i in range(30))
X, NOT = ColumnSpec(name="x"), ColumnSpec(name="t", role="ignored")
VALUE = ColumnSpec(name="t", role="target")
KIND = ColumnSpec(name="kind", role="target", kind="category", categories=("a", "b"))
WITHOUT = ColumnSpec(name="kind", role="ignored")


@pytest.mark.parametrize(
    ("columns", "view"),
    [
        ((X, VALUE, WITHOUT), CurveView),
        ((X, NOT, KIND), SamplesView),  # a class over one number is no curve
        ((X, ColumnSpec(name="t"), KIND), PlaneView),
    ],
)
def test_each_kind_of_table_has_its_view(qtbot, show_panel, columns, view):
    dataset = Table(name="t", source=Text(text=ONE), columns=columns)
    network = NetworkSpec(layers=(Affine(units=4), Tanh(), Affine(units=1)))
    panel = show_panel(OutputPanel, Experiment(data=Data(dataset=dataset, standardize=True), network=network))
    assert type(panel.view) is view
    panel.session.step()
    qtbot.waitUntil(lambda: panel.session.progress.snapshot.step == 1 and not panel.clock.running)
    if view is CurveView:
        assert panel.view.curve.x[0] > 95  # the axis is the column's own
