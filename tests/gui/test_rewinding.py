"""A run in the window: trained, changed on its way, gone back in, branched; against trainers stepped by hand."""

import numpy as np
import pytest
from msgspec import structs
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from model.experiment import Stop
from model.experiment_file import from_plain
from model.optimizers import SGD, Adam
from model.trainer import Trainer

LEFT = Qt.MouseButton.LeftButton
EXPERIMENT = from_plain(
    {
        "format": "downhill-experiment",
        "data": {"dataset": {"type": "spiral", "samples": 100}},
        "network": {
            "layers": [*[{"type": "affine", "units": 8}, {"type": "tanh"}] * 3, {"type": "affine", "units": 1}]
        },
        "loss": {"type": "sigmoid_cross_entropy"},
        "optimizer": {"type": "sgd", "learning_rate": 0.03},
        "evaluation": {"every": 100, "unit": "epoch"},
    }
)


@pytest.fixture
def window(open_window):
    return open_window(EXPERIMENT, "spiral")


def stands_at(qtbot, window, step):
    """Wait until every panel has been told that the run stands at `step`."""
    session = window.session

    def there():
        progress = session.progress
        answered = progress is not None and progress.request == session._request and not progress.playing
        return answered and progress.snapshot.step == step

    qtbot.waitUntil(there, timeout=20_000)


def run_to(qtbot, window, step):
    """The space bar, up to a stop condition."""
    window.session.change("stop", stop=Stop(step=step))
    qtbot.keyClick(window, Qt.Key.Key_Space)
    stands_at(qtbot, window, step)


def network(window):
    return window.docks["network"].widget()


def go_to(qtbot, window, step):
    """The nearest pixel of the timeline, and from there with the arrow keys."""
    track = network(window).foot.timeline.track
    qtbot.mouseClick(track, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(track.place_of(step), track.height() // 2))
    bar = network(window).foot.timeline
    for _ in range(200):
        stands_at(qtbot, window, bar.step)
        if bar.step == step:
            return
        QTest.keyClick(track, Qt.Key.Key_Right if bar.step < step else Qt.Key.Key_Left)
    raise AssertionError(f"step {step} was not reached")


def parameters(window):
    return window.session.progress.snapshot.parameters.copy()


def choose_optimizer(window, name):
    chooser = window.optimizer_bar.findChildren(type(_bar(window).optimizer))[0]
    chooser.setCurrentText(name)
    chooser.activated.emit(chooser.currentIndex())


def _bar(window):
    from gui.optimizer_bar import OptimizerBar

    return window.findChild(OptimizerBar)


def type_rate(qtbot, window, text):
    rate = _bar(window).rate
    rate.setFocus()
    rate.selectAll()
    qtbot.keyClicks(rate, text)
    qtbot.keyClick(rate, Qt.Key.Key_Return)
    window.setFocus()


def edit_first_weight(qtbot, window, text):
    """A double-click on the first link, and a number."""
    view = network(window).view
    line = view.canvas.links.lines[0]
    qtbot.mouseDClick(view.canvas, LEFT, pos=line.pointAt(0.25).toPoint())
    assert view.editor.isVisible()
    view.editor.selectAll()
    qtbot.keyClicks(view.editor, text)
    qtbot.keyClick(view.editor, Qt.Key.Key_Return)
    return view.canvas.links.links[0].parameter


def test_every_step_of_a_run_with_interventions_comes_back_bit_for_bit(qtbot, window):
    session = window.session
    run_to(qtbot, window, 2000)
    type_rate(qtbot, window, "0.1")
    run_to(qtbot, window, 3000)
    place = edit_first_weight(qtbot, window, "-1.5")
    run_to(qtbot, window, 5000)

    trainer, expected = Trainer(EXPERIMENT), {}
    for step in range(5001):
        if step:
            trainer.step()
        if step == 2000:
            trainer.retune(SGD(learning_rate=0.1))
        if step == 3000:
            trainer.set_parameter(place, -1.5)
        if step in (0, 1999, 2001, 2500, 5000):
            expected[step] = trainer.network.parameters.copy()
    np.testing.assert_array_equal(parameters(window), expected[5000])

    for step, rate in ((1999, 0.03), (2001, 0.1), (0, 0.03), (5000, 0.1)):
        go_to(qtbot, window, step)
        np.testing.assert_array_equal(parameters(window), expected[step])
        assert session.experiment.optimizer == SGD(learning_rate=rate) and _bar(window).rate.value() == rate
        losses = session.run.record.losses()
        assert len(losses) == 5000
    np.testing.assert_array_equal(losses, trainer.record.losses())

    go_to(qtbot, window, 2500)
    choose_optimizer(window, "Adam")
    run_to(qtbot, window, 3500)
    other = Trainer(structs.replace(EXPERIMENT, stop=Stop()))
    for step in range(3501):
        if step:
            other.step()
        if step == 2000:
            other.retune(SGD(learning_rate=0.1))
        if step == 2500:
            other.retune(Adam())
    np.testing.assert_array_equal(parameters(window), other.network.parameters)
    first, second = session.progress.branches
    assert (second.parent, second.parted_at) == (first.number, 2500)
    np.testing.assert_array_equal(first.record.losses(), trainer.record.losses())
    np.testing.assert_array_equal(second.record.losses(), other.record.losses())

    # Compared: the branches' table says what differs, the loss curve shows both.
    window.complete()
    panel = window.docks["branches"].widget()
    window.docks["branches"].raise_()
    qtbot.waitUntil(lambda: "Adam" in "".join(shown(panel)))
    # Undone: back at 2,500, without Adam, and the old future is there again.
    while session.undo_stack.canUndo() and "Adam" not in session.undo_stack.undoText():
        session.undo_stack.undo()
    session.undo_stack.undo()
    stands_at(qtbot, window, 2500)
    np.testing.assert_array_equal(parameters(window), expected[2500])
    assert session.progress.branch == first.number and session.progress.furthest == 5000


def shown(panel):
    """All words of the panel's tables and labels."""
    from PySide6.QtWidgets import QAbstractItemView, QLabel

    for view in panel.findChildren(QAbstractItemView):
        model = view.model()
        for row in range(model.rowCount()):
            for column in range(model.columnCount()):
                yield str(model.index(row, column).data() or "")
    for label in panel.findChildren(QLabel):
        yield label.text()
