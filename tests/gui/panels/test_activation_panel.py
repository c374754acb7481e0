import math

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from gui.activation_plot import activation_color
from gui.export import export_csv, export_pdf, export_png
from gui.frame_clock import FrameClock
from gui.panels.activation_panel import ActivationPanel
from gui.picture_worker import PictureWorker
from gui.plot import Plot
from gui.selection import INPUTS, Unit
from gui.session import Session
from model.experiment_file import from_plain
from model.layers import ACTIVATIONS, ELU, ReLU, Sigmoid, Tanh


def experiment(*layers, loss="mean_squared_error", dataset="xor"):
    return from_plain(
        {
            "format": "downhill-experiment",
            "data": {"dataset": {"type": dataset, "samples": 50}},
            "network": {"layers": list(layers)},
            "loss": {"type": loss},
        }
    )


def affine(units, **more):
    return {"type": "affine", "units": units, **more}


TWO_HIDDEN = experiment(affine(4), {"type": "relu"}, affine(3), {"type": "sigmoid"}, affine(1), {"type": "tanh"})
NO_HIDDEN = experiment(affine(1))
SOFTMAX = experiment(affine(2), {"type": "softmax"})
OWN_ALPHA = experiment(affine(2), {"type": "elu", "alpha": 2.5}, affine(1))


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
        panel = ActivationPanel(session, worker)
        panel.clock = clock
        qtbot.addWidget(panel, before_close_func=close_plots)
        panel.resize(420, 226)
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
    session = panel.session

    def at_rest():
        started = session.progress is not None and panel._progress is session.progress
        return started and not session.playing and not panel._worker.is_pending(panel) and not panel.clock.running

    qtbot.waitUntil(at_rest)


def ticked(panel):
    return {kind for kind, box in panel.boxes.items() if box.isChecked()}


def click(qtbot, panel, kind):
    qtbot.mouseClick(panel.boxes[kind], Qt.MouseButton.LeftButton, pos=QPoint(8, panel.boxes[kind].height() // 2))


def pre_activations(panel, column):
    """z of a column by hand, from the snapshot's own numbers."""
    run, parameters = panel.session.run, panel.session.progress.snapshot.parameters
    signal = run.parts.train.inputs
    for layer, spec in enumerate(run.experiment.network.layers):
        if hasattr(spec, "units"):
            z = signal @ run.layout.view(parameters, layer, "weights") + run.layout.view(parameters, layer, "bias")
            if column == 0:
                return z
            column -= 1
        else:
            signal = {"relu": lambda z: np.maximum(z, 0), "sigmoid": lambda z: 1 / (1 + np.exp(-z))}[
                spec.__struct_config__.tag
            ](z)
    raise AssertionError(column)


def test_starts_with_the_last_hidden_layer_and_its_function(qtbot, show):
    panel = show(TWO_HIDDEN)
    assert panel.layer.currentText() == "Hidden 2: 3 × Sigmoid"
    assert ticked(panel) == {Sigmoid}
    assert "of the outputs are saturated" in panel.sentence.text()


def test_bars_are_the_distribution_of_the_pre_activations(qtbot, show):
    panel = show(TWO_HIDDEN)
    z = pre_activations(panel, 1)
    limit = panel.plot.limit
    assert limit >= np.percentile(np.abs(z), 99)
    bars = [row[1:] for row in panel.plot.export_rows()[1] if row[0] == "share of z"]
    assert sum(share for _, share in bars) == pytest.approx(1)
    mean = sum(middle * share for middle, share in bars)
    assert mean == pytest.approx(z.mean(), abs=limit / 48)


def test_choosing_a_layer_shows_it(qtbot, show):
    panel = show(TWO_HIDDEN)
    qtbot.keyClick(panel.layer, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: "Hidden 1" in panel.sentence.text())
    assert panel.layer.currentText().startswith("Hidden 1") and ticked(panel) == {ReLU}
    z = pre_activations(panel, 0)
    dead = int((z <= 0).all(axis=0).sum())
    said = {0: "no unit is dead", 1: "1 of 4 units is dead"}.get(dead, f"{dead} of 4 units are dead")
    assert said in panel.sentence.text()


def test_follows_the_neuron_selected_in_the_diagram(qtbot, show):
    panel = show(TWO_HIDDEN)
    panel.session.selection.select_unit(Unit(2, 0))
    qtbot.waitUntil(lambda: panel.sentence.text().startswith("Output"))
    assert ticked(panel) == {Tanh}
    panel.session.selection.select_unit(Unit(INPUTS, 0))
    assert panel.layer.currentText().startswith("Output")


def test_functions_are_compared_by_ticking_them(qtbot, show):
    panel = show(TWO_HIDDEN)
    for kind in ACTIVATIONS:
        if not panel.boxes[kind].isChecked():
            click(qtbot, panel, kind)
    assert len(panel.plot.lines) == 2 * len(ACTIVATIONS)
    colours = {line.color.name() for line in panel.plot.lines}
    assert colours == {activation_color(kind).name() for kind in ACTIVATIONS} and len(colours) == len(ACTIVATIONS)
    styles = [line.opts["pen"].style() for line in panel.plot.lines]
    assert styles == [Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine] * len(ACTIVATIONS)
    click(qtbot, panel, Tanh)
    assert len(panel.plot.lines) == 2 * len(ACTIVATIONS) - 2


def test_what_the_person_ticked_stays_when_the_layer_changes(qtbot, show):
    panel = show(TWO_HIDDEN)
    click(qtbot, panel, Tanh)
    panel.session.selection.select_unit(Unit(0, 0))
    settle(qtbot, panel)
    assert ticked(panel) == {Tanh, ReLU}
    panel.session.selection.select_unit(Unit(2, 0))
    settle(qtbot, panel)
    assert ticked(panel) == {Tanh}


def test_the_layers_own_constants_are_drawn(qtbot, show):
    panel = show(OWN_ALPHA)
    assert ticked(panel) == {ELU}
    f = panel.plot.lines[0]
    assert f.y.min() == pytest.approx(2.5 * math.expm1(-panel.plot.limit))


def test_curves_stay_dashed_in_every_theme(qtbot, show, switch):
    panel = show(TWO_HIDDEN)
    switch.choose("dark")
    assert panel.plot.lines[1].opts["pen"].style() == Qt.PenStyle.DashLine
    switch.set_projector(True)
    assert panel.plot.lines[1].opts["pen"].style() == Qt.PenStyle.DashLine


def test_no_hidden_layer_and_no_activation(qtbot, show):
    panel = show(NO_HIDDEN)
    assert panel.layer.currentText() == "Output: 1 × Identity"
    assert "cannot saturate" in panel.sentence.text()


def test_a_softmax_is_said_to_have_no_curve(qtbot, show):
    panel = show(SOFTMAX)
    assert "no curve of one variable" in panel.sentence.text()
    assert ticked(panel) == set()


def test_the_softmax_inside_a_loss_has_no_curve_either(qtbot, show):
    panel = show(experiment(affine(2), loss="softmax_cross_entropy"))
    assert "no curve of one variable" in panel.sentence.text()


@pytest.mark.parametrize("value", [math.nan, 1e308])
def test_numbers_that_are_none_are_said_and_do_not_disturb(qtbot, show, value):
    panel = show(TWO_HIDDEN)
    start = panel.session.run.layout.blocks[2].stop - 1  # a bias of hidden 2
    become(panel, start, value)
    given = slice(start, start + 1)
    qtbot.waitUntil(lambda: np.array_equal(panel.session.progress.snapshot.parameters[given], [value], equal_nan=True))
    settle(qtbot, panel)
    expected = "are saturated" if math.isfinite(value) else "33.3 % of the pre-activations are not finite any more"
    assert expected in panel.sentence.text()
    assert not panel.grab().isNull()


def test_far_pre_activations_widen_the_axis(qtbot, show):
    panel = show(TWO_HIDDEN)
    panel.session.set_parameter(panel.session.run.layout.blocks[2].stop - 1, 40.0)
    qtbot.waitUntil(lambda: panel.plot.limit == 50)
    assert panel.plot.lines[0].x[0] == -50


def test_a_new_network_keeps_the_place_where_it_can(qtbot, show):
    panel = show(TWO_HIDDEN)
    panel.session.selection.select_unit(Unit(0, 0))
    panel.session.reset()
    settle(qtbot, panel)
    assert panel.layer.currentText().startswith("Hidden 1")
    panel.session.open(NO_HIDDEN)
    qtbot.waitUntil(lambda: panel.layer.count() == 1)
    settle(qtbot, panel)
    assert "cannot saturate" in panel.sentence.text()


def test_the_pointer_reads_curves_and_bars(qtbot, show):
    panel = show(TWO_HIDDEN)
    said = panel.plot.readout(0.01, 0.5)
    assert "Sigmoid: f 0.5" in said and "f′ dashed 0.25" in said and "% of z" in said
    assert "% of z" not in panel.plot.readout(100, 0.5)


def test_export(qtbot, show, tmp_path):
    panel = show(TWO_HIDDEN)
    ((name, source, rows),) = panel.exports()
    export_png(source, tmp_path / "a.png")
    export_pdf(source, tmp_path / "a.pdf")
    export_csv(*rows(), tmp_path / "a.csv")
    assert name and all((tmp_path / f"a.{kind}").stat().st_size > 1000 for kind in ("png", "pdf", "csv"))
