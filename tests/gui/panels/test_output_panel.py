import csv
import math

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractButton, QLabel

from gui.export import export_csv, export_pdf, export_png
from gui.frame_clock import FrameClock
from gui.live_label import LiveLabel
from gui.output_views.curve_view import CurveView
from gui.output_views.plane_view import RESOLUTION, PlaneView
from gui.output_views.samples_view import SamplesView
from gui.output_views.score_table import percent
from gui.panels.output_panel import OutputPanel
from gui.picture_worker import PictureWorker
from gui.plot import Plot
from gui.selection import INPUTS, Unit
from gui.session import Session
from gui.theme import DARK, LIGHT
from model.experiment_file import from_plain
from model.pictures import Pictures


def experiment(dataset, *layers, loss="mean_squared_error", **data):
    return from_plain(
        {
            "format": "downhill-experiment",
            "data": {"dataset": dataset, **data},
            "network": {"layers": list(layers)},
            "loss": {"type": loss},
            "optimizer": {"type": "sgd", "learning_rate": 0.05},
        }
    )


def affine(units):
    return {"type": "affine", "units": units}


TANH = {"type": "tanh"}
GAUSSIANS = experiment({"type": "gaussians", "samples": 60}, affine(3), TANH, affine(1), TANH, validation=0.1)
SOFTMAX = experiment({"type": "circle", "samples": 60}, affine(2), loss="softmax_cross_entropy")
SURFACE = experiment({"type": "plane", "samples": 60}, affine(1))
CURVE = experiment({"type": "sine", "samples": 60}, affine(3), TANH, affine(1))
IRIS = experiment({"type": "iris"}, affine(4), TANH, affine(3), loss="softmax_cross_entropy")
DIGITS = experiment({"type": "digits"}, {"type": "flatten"}, affine(10), loss="softmax_cross_entropy")


def become(panel, index, value):
    """A run in which a parameter has become this number, which nobody may enter by hand."""
    panel.session.worker.change(
        panel.session._next_request(), lambda timeline: timeline.trainer.set_parameter(index, value)
    )


@pytest.fixture
def show(qtbot, switch):
    """show(experiment) -> the panel on the screen, with its first picture."""
    sessions, workers, clocks = [], [], []

    def shown(chosen):
        session, worker = Session(chosen), PictureWorker()
        sessions.append(session)
        workers.append(worker)
        worker.start()
        clock = FrameClock(session)
        panel = OutputPanel(session, worker)
        panel.clock = clock  # keeps it alive
        qtbot.addWidget(panel, before_close_func=close_plots)
        panel.resize(340, 440)
        panel.show()
        clock.add(panel)
        clocks.append(clock)
        settle(qtbot, panel)
        return panel

    yield shown
    for clock in clocks:
        clock.stop()
    for session in sessions:
        session.close()
    for worker in workers:
        worker.close()


def close_plots(panel):
    for plot in panel.findChildren(Plot):
        plot.close()
        plot.deleteLater()


def settle(qtbot, panel):
    """Until every picture asked for is shown and nothing moves any more."""
    session = panel.session

    def at_rest():
        started = session.progress is not None and panel._progress is session.progress
        return started and not session.playing and not panel._worker.is_pending(panel) and not panel.clock.running

    qtbot.waitUntil(at_rest)


def train(qtbot, panel):
    step = panel.session.progress.snapshot.step
    panel.session.step_epoch()
    qtbot.waitUntil(lambda: panel.session.progress.snapshot.step > step and not panel.session.playing)
    settle(qtbot, panel)


def text_of(panel):
    return " ".join(label.text() for label in [*panel.findChildren(QLabel), *panel.findChildren(LiveLabel)])


def colour_at(canvas, share_right, share_up):
    plane = canvas.plane()
    place = QPointF(plane.left() + share_right * plane.width(), plane.bottom() - share_up * plane.height())
    return canvas.grab().toImage().pixelColor(place.toPoint())


def point_at(qtbot, widget, place):
    qtbot.mouseMove(widget, QPoint(1, 1))  # a pointer that is there already does not move
    qtbot.mouseMove(widget, place.toPoint())


def set_all(panel, qtbot, value):
    for index in range(len(panel.session.progress.snapshot.parameters)):
        panel.session.set_parameter(index, value)
    qtbot.waitUntil(lambda: np.array_equal(panel.session.progress.snapshot.parameters[-1:], [value], equal_nan=True))
    settle(qtbot, panel)


def test_the_regions_are_those_of_the_network_at_its_last_step(qtbot, show):
    panel = show(GAUSSIANS)
    train(qtbot, panel)
    run, snapshot = panel.session.run, panel.session.progress.snapshot
    assert snapshot.step == run.steps_per_epoch
    oracle = Pictures(run.experiment, run.parts).output_map(snapshot.parameters, RESOLUTION)
    ((_, _, rows),) = panel.exports()
    header, table = rows()
    assert header[:2] == ("x1", "x2")
    assert np.array([row[2] for row in table]).reshape(oracle.shape) == pytest.approx(oracle)


def test_each_side_has_its_colour(qtbot, show):
    panel = show(GAUSSIANS)
    set_all(panel, qtbot, 0.0)
    last = len(panel.session.progress.snapshot.parameters) - 1  # the bias of the output
    for bias, is_right in ((3.0, lambda c: c.blue() > c.red()), (-3.0, lambda c: c.red() > c.blue())):
        panel.session.set_parameter(last, bias)
        qtbot.waitUntil(lambda bias=bias: panel.session.progress.snapshot.parameters[last] == bias)
        settle(qtbot, panel)
        assert is_right(colour_at(panel.view.canvas, 0.03, 0.97))


def test_the_scores_are_those_of_the_last_evaluation(qtbot, show):
    panel = show(GAUSSIANS)
    train(qtbot, panel)
    last = panel.session.run.record.evaluations[-1]
    said = text_of(panel)
    for loss in (last.train_loss, last.validation_loss, last.test_loss):
        assert f"loss {loss:.4g}" in said
    assert f"accuracy {100 * last.test_accuracy:.1f} %" in said
    assert "Decision regions" in said


def test_it_is_said_when_the_scores_are_older_than_the_picture(qtbot, show):
    panel = show(GAUSSIANS)
    label = panel.rows._qualities["train"]
    assert label.toolTip() == ""  # measured at step 0, and shown at step 0
    panel.session.step()
    qtbot.waitUntil(lambda: panel.session.progress.snapshot.step == 1)
    settle(qtbot, panel)
    assert "Measured at step 0, the last evaluation" in label.toolTip()


def test_a_regression_says_r_squared(qtbot, show):
    panel = show(SURFACE)
    for _ in range(3):
        train(qtbot, panel)
    run, snapshot = panel.session.run, panel.session.progress.snapshot
    found = Pictures(run.experiment, run.parts).predictions(snapshot.parameters, run.parts.test)
    left = float(np.square(found.outputs - found.targets).sum())
    spread = float(np.square(found.targets - found.targets.mean()).sum())
    assert f"R² {1 - left / spread:.3f}" in text_of(panel)
    assert "Fitted surface" in text_of(panel)


def test_check_boxes_show_and_hide_the_points(qtbot, show):
    panel = show(GAUSSIANS)
    canvas = panel.view.canvas
    boxes = [panel.findChild(QAbstractButton, name) for name in ("train", "validation", "test")]
    assert all(box.isChecked() for box in boxes)
    pictures = [canvas.grab().toImage()]
    for box in boxes:
        qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))
        pictures.append(canvas.grab().toImage())
        assert pictures[-1] != pictures[-2]
    qtbot.keyClick(boxes[0], Qt.Key.Key_Space)
    assert canvas.grab().toImage() != pictures[-1]


def test_hovering_a_neuron_shows_it_and_leaving_returns(qtbot, show):
    panel = show(GAUSSIANS)
    settle(qtbot, panel)
    before, canvas = panel.view.canvas.grab().toImage(), panel.view.canvas
    panel.session.selection.hover_unit(Unit(0, 2))
    assert "Hidden 1, neuron 3" in text_of(panel)
    settle(qtbot, panel)
    assert canvas.grab().toImage() != before
    run, snapshot = panel.session.run, panel.session.progress.snapshot
    oracle = Pictures(run.experiment, run.parts).unit_maps(snapshot.parameters, RESOLUTION)[0][2]
    assert [row[2] for row in panel.exports()[0][2]()[1]] == pytest.approx(oracle.ravel().tolist())
    panel.session.selection.hover_unit(Unit(INPUTS, 1))
    assert "Input x2" in text_of(panel)
    settle(qtbot, panel)
    panel.session.selection.hover_unit(None)
    assert "Decision regions" in text_of(panel)
    settle(qtbot, panel)
    assert canvas.grab().toImage() == before


def test_a_panel_that_grows_while_nothing_is_learnt_stays_sharp(qtbot, show):
    panel = show(GAUSSIANS)
    panel.resize(520, 640)
    settle(qtbot, panel)
    grown = panel.view.canvas.grab().toImage()
    panel.session.selection.hover_unit(Unit(0, 2))
    settle(qtbot, panel)
    panel.session.selection.hover_unit(None)  # the map is asked for anew, in the new size
    settle(qtbot, panel)
    assert panel.view.canvas.grab().toImage() == grown


def test_a_neuron_that_is_not_there_is_not_shown(qtbot, show):
    panel = show(GAUSSIANS)
    for unit in (Unit(7, 0), Unit(0, 99), Unit(INPUTS, 2)):
        panel.session.selection.hover_unit(unit)
        assert "Decision regions" in text_of(panel)
    settle(qtbot, panel)


@pytest.mark.parametrize("chosen", [GAUSSIANS, SOFTMAX, SURFACE], ids=["tanh", "softmax", "surface"])
def test_the_pointer_reads_the_point_and_the_answer(qtbot, show, chosen):
    panel = show(chosen)
    canvas = panel.view.canvas
    plane = canvas.plane()
    point_at(qtbot, canvas, QPointF(plane.left() + 0.75 * plane.width(), plane.center().y()))
    qtbot.waitUntil(canvas.label.isVisible)
    said = canvas.label.text()
    x1 = float(said.split("\n")[0].removeprefix("x1 "))
    assert x1 == pytest.approx(0.5 * panel.session.run.parts.plane[0][1], abs=0.15)
    assert "\nx2 " in said
    place = QPointF(plane.left() + 0.75 * plane.width(), plane.center().y())
    row, column = canvas.pixel_at(QPointF(place.toPoint()))
    value = canvas._map.values[row, column]
    names = panel.session.run.experiment.data.dataset.class_names
    if names:
        second = value[1] > value[0] if value.ndim else value > 0
        assert names[int(second)] in said
    else:
        assert f"output {float(value):.3g}" in said


def test_the_curve_is_the_networks(qtbot, show):
    panel = show(CURVE)
    train(qtbot, panel)
    assert isinstance(panel.view, CurveView) and "Fitted curve" in text_of(panel)
    run, snapshot = panel.session.run, panel.session.progress.snapshot
    x, y = Pictures(run.experiment, run.parts).output_curve(snapshot.parameters, 300)
    assert panel.view.curve.x == pytest.approx(x) and panel.view.curve.y == pytest.approx(y)
    assert len(panel.view.points.data) == 60
    qtbot.mouseClick(panel.findChild(QAbstractButton, "test"), Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    assert len(panel.view.points.data) == 48
    panel.session.selection.hover_unit(Unit(0, 1))
    settle(qtbot, panel)
    assert len(panel.view.points.data) == 0  # a neuron's outputs are no targets
    assert np.abs(panel.view.curve.y).max() <= 1
    panel.session.selection.hover_unit(Unit(INPUTS, 0))
    settle(qtbot, panel)
    assert panel.view.curve.y == pytest.approx(x)


def test_confusion_counts_every_sample_of_the_chosen_part(qtbot, show):
    panel = show(IRIS)
    assert isinstance(panel.view, SamplesView)
    _, table = panel.view.matrix.export_rows()
    counts = np.array([row[1:] for row in table])
    assert counts.sum(axis=1).tolist() == [10, 10, 10]  # a fifth of 50 of each
    qtbot.mouseClick(panel.findChild(QAbstractButton, "train"), Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    settle(qtbot, panel)
    counts = np.array([row[1:] for row in panel.view.matrix.export_rows()[1]])
    assert counts.sum(axis=1).tolist() == [40, 40, 40]
    assert len(panel.view.gallery.shown) == 120


def test_mistakes_only(qtbot, show):
    panel = show(IRIS)
    train(qtbot, panel)
    gallery = panel.view.gallery
    assert len(gallery.shown) == 30
    counts = np.array([row[1:] for row in panel.view.matrix.export_rows()[1]])
    qtbot.mouseClick(panel.view.mistakes, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    assert len(gallery.shown) == counts.sum() - np.trace(counts) > 0
    assert all(gallery.answer(index).mistaken for index in gallery.shown)


def test_the_scores_of_each_class_in_place_of_the_matrix(qtbot, show):
    panel = show(DIGITS)
    train(qtbot, panel)
    view = panel.view
    assert view.matrix.isVisible() and not view.scores.isVisible()
    box = view.per_class
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))
    assert view.scores.isVisible() and not view.matrix.isVisible()
    _, rows = view.scores.texts()
    counts = view.matrix._counts
    assert rows[3][2] == percent(counts[3, 3] / max(1, counts[:, 3].sum()))
    assert rows[3][3] == percent(counts[3, 3] / counts[3].sum())
    assert rows[-1][:2] == ("macro mean", f"{counts.sum():,}")
    assert next(name for name, *_ in panel.exports()) == "Scores per class"
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert view.matrix.isVisible() and not view.scores.isVisible()


def test_the_scores_of_each_class_under_the_plane(qtbot, show):
    panel = show(GAUSSIANS)
    train(qtbot, panel)
    scores = panel.view.scores
    assert scores.box.isVisible() and not scores.table.isVisible()
    assert scores.box.text() == "Scores per class (test)"
    qtbot.mouseClick(scores.box, Qt.MouseButton.LeftButton, pos=QPoint(8, scores.box.height() // 2))
    settle(qtbot, panel)
    assert scores.table.isVisible()
    part = panel.session.run.parts.test
    assert [row[1] for row in scores.table.texts()[1]] == [
        *(f"{int((part.targets == kind).sum()):,}" for kind in (0, 1)),
        f"{len(part.targets):,}",
    ]
    panel.rows.buttons["test"].click()  # the test points are not shown any more
    assert scores.box.text() == "Scores per class (validation)"
    settle(qtbot, panel)
    assert scores.table.texts()[1][-1][1] == f"{len(panel.session.run.parts.validation.targets):,}"
    assert [name for name, *_ in panel.exports()] == ["Output", "Scores per class"]


def test_a_regression_has_no_scores_of_classes(qtbot, show):
    assert not show(SURFACE).view.scores.isVisible()


def test_the_matrix_says_what_was_taken_for_what(qtbot, show):
    panel = show(IRIS)
    matrix = panel.view.matrix
    cells = matrix.cells()
    point_at(qtbot, matrix, QPointF(cells.right() - 5, cells.top() + 5))
    qtbot.waitUntil(matrix.label.isVisible)
    assert "right: setosa" in matrix.label.text() and "predicted: virginica" in matrix.label.text()
    assert "of 10" in matrix.label.text()


def test_a_neuron_behind_an_image_is_shown_as_the_image_of_its_weights(qtbot, show):
    panel = show(DIGITS)
    panel.session.selection.hover_unit(Unit(0, 4))
    settle(qtbot, panel)
    assert panel.view.weights.isVisible()
    weights = panel.session.progress.snapshot.parameters[: 64 * 10].reshape(64, 10)[:, 4]
    assert [row[2] for row in panel.view.weights.export_rows()[1]] == pytest.approx(weights.tolist())
    panel.session.selection.hover_unit(None)
    settle(qtbot, panel)
    assert panel.view.matrix.isVisible()


def test_other_neurons_show_their_activations_by_class(qtbot, show):
    panel = show(IRIS)
    for unit in (Unit(0, 1), Unit(INPUTS, 2)):
        panel.session.selection.hover_unit(unit)
        settle(qtbot, panel)
        assert panel.view.strip.isVisible()
        rows = list(panel.view.strip.export_rows()[1])
        assert len(rows) == 120 and {row[0] for row in rows} == {"setosa", "versicolor", "virginica"}
    assert [row[1] for row in rows] == pytest.approx(panel.session.run.parts.train.inputs[:, 2].tolist())


@pytest.mark.parametrize("value", [math.nan, 1e308])
@pytest.mark.parametrize("chosen", [GAUSSIANS, SOFTMAX, SURFACE, CURVE, IRIS, DIGITS])
def test_numbers_that_are_none_do_not_disturb(qtbot, show, chosen, value):
    panel = show(chosen)
    parameters = len(panel.session.progress.snapshot.parameters)
    become(panel, parameters - 1, value)
    qtbot.waitUntil(lambda: np.array_equal(panel.session.progress.snapshot.parameters[-1:], [value], equal_nan=True))
    settle(qtbot, panel)
    assert not panel.grab().isNull()
    panel.session.selection.hover_unit(Unit(0, 0))
    settle(qtbot, panel)
    assert not panel.grab().isNull()


def test_what_is_not_a_number_is_grey(qtbot, show):
    panel = show(GAUSSIANS)
    become(panel, len(panel.session.progress.snapshot.parameters) - 1, math.nan)
    qtbot.waitUntil(lambda: np.isnan(panel.session.progress.snapshot.parameters[-1]))
    settle(qtbot, panel)
    assert colour_at(panel.view.canvas, 0.03, 0.97) == QColor(LIGHT.muted)


def test_other_data_brings_another_view(qtbot, show):
    panel = show(GAUSSIANS)
    for chosen, kind in ((IRIS, SamplesView), (CURVE, CurveView), (SURFACE, PlaneView)):
        panel.session.open(chosen)
        qtbot.waitUntil(lambda kind=kind: isinstance(panel.view, kind))
        qtbot.waitUntil(lambda chosen=chosen: panel.session.progress.run.experiment == chosen)
        settle(qtbot, panel)
        assert panel.view.isVisible()


@pytest.mark.parametrize("chosen", [GAUSSIANS, CURVE, IRIS], ids=["plane", "curve", "samples"])
def test_every_export_writes_its_files(qtbot, show, chosen, tmp_path):
    panel = show(chosen)
    exports = panel.exports()
    assert len({name for name, _, _ in exports}) == len(exports) > 0
    for name, source, rows in exports:
        export_png(source, tmp_path / f"{name}.png")
        export_pdf(source, tmp_path / f"{name}.pdf")
        export_csv(*rows(), tmp_path / f"{name}.csv")
        with (tmp_path / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            assert len(list(csv.reader(file))) > 3
        assert (tmp_path / f"{name}.pdf").stat().st_size > 1000
        assert (tmp_path / f"{name}.png").stat().st_size > 1000


def test_the_theme_repaints(qtbot, show, switch):
    panel = show(GAUSSIANS)
    switch.choose("dark")
    ground = panel.view.canvas.grab().toImage().pixelColor(1, 1)
    assert ground == QColor(DARK.panel)
