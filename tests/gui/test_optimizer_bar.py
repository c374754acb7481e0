import pytest
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QLabel

from gui.optimizer_bar import OptimizerBar
from gui.session import Session
from model.experiment import Stop
from model.experiment_file import from_plain
from model.layers import Affine, Identity
from model.losses import LOSSES, MeanSquaredError, SigmoidCrossEntropy, SoftmaxCrossEntropy
from model.optimizers import OPTIMIZERS, SGD, Adam, Momentum

PLAIN = {
    "format": "downhill-experiment",
    "data": {"dataset": {"type": "xor", "samples": 40}},
    "network": {"layers": [{"type": "affine", "units": 1}, {"type": "tanh"}]},
}
REGRESSION = PLAIN | {
    "data": {"dataset": {"type": "plane", "samples": 40}},
    "network": {"layers": [{"type": "affine", "units": 1}]},
}


@pytest.fixture
def bar(qtbot):
    made = []

    def make(plain):
        session = Session(from_plain(plain))
        session.refusals = []
        session.refused.connect(session.refusals.append)
        qtbot.waitUntil(lambda: session.progress is not None)
        made.append(session)
        bar = OptimizerBar(session)
        qtbot.addWidget(bar)
        bar.show()
        return bar, session

    yield make
    for session in made:
        session.close()
        session.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def choose(qtbot, box, text):
    """Choose an entry with the keyboard, as a person does."""
    place = box.findText(text)
    assert place >= 0
    box.setFocus()
    while box.currentIndex() != place:
        qtbot.keyClick(box, Qt.Key.Key_Down if box.currentIndex() < place else Qt.Key.Key_Up)


def enter(qtbot, editor, text):
    editor.selectAll()
    qtbot.keyClick(editor, Qt.Key.Key_Delete)
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)


def test_every_optimizer_and_loss_of_the_model_can_be_chosen(bar):
    made, _ = bar(PLAIN)
    assert [made.optimizer.itemData(i) for i in range(made.optimizer.count())] == list(OPTIMIZERS)
    assert [made.loss.itemData(i) for i in range(made.loss.count())] == list(LOSSES)
    for box in (made.optimizer, made.loss):
        for place in range(box.count()):
            assert box.itemText(place) and box.itemData(place, Qt.ItemDataRole.ToolTipRole)


def test_another_optimizer_is_live_undoable_and_brings_its_own_constants(qtbot, bar):
    made, session = bar(PLAIN)
    run = session.run
    choose(qtbot, made.optimizer, "Momentum")
    assert session.experiment.optimizer == Momentum()
    choose(qtbot, made.optimizer, "Adam")
    assert session.experiment.optimizer == Adam()
    assert made.rate.value() == Adam().learning_rate
    assert made.update_form.optimizer.editor_of("beta2").value() == Adam().beta2
    for _ in range(session.undo_stack.count()):
        session.undo_stack.undo()
    assert made.optimizer.currentText() == "SGD" and made.rate.value() == SGD().learning_rate
    assert session.run is run


def test_the_learning_rate_is_typed_and_a_wrong_one_is_not_taken(qtbot, bar):
    made, session = bar(PLAIN)
    enter(qtbot, made.rate, "0.003")
    assert session.experiment.optimizer == SGD(learning_rate=0.003)
    assert made.update_form.optimizer.editor_of("learning_rate").value() == 0.003
    assert "0.003" in session.undo_stack.undoText()
    enter(qtbot, made.rate, "-1")
    assert session.experiment.optimizer == SGD(learning_rate=0.003) and made.rate.text() == "0.003"


def test_steps_of_the_learning_rate_are_one_step_to_undo_until_the_box_is_left(qtbot, bar):
    made, session = bar(PLAIN)
    first = session.experiment.optimizer.learning_rate
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.rate.setFocus()
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up):
        qtbot.keyClick(made.rate, key)
    second = session.experiment.optimizer.learning_rate
    assert second > first and session.undo_stack.count() == 1
    assert session.undo_stack.undoText() == f"learning rate {made.rate.text()}"
    enter(qtbot, made.rate, "0.03")
    qtbot.keyClick(made.rate, Qt.Key.Key_Down)
    assert session.undo_stack.count() == 3  # what is typed stands alone
    made.optimizer.setFocus()
    made.rate.setFocus()
    qtbot.keyClick(made.rate, Qt.Key.Key_Down)
    assert session.undo_stack.count() == 4  # another visit
    for expected in (0.02, 0.03, second, first):
        session.undo_stack.undo()
        assert session.experiment.optimizer.learning_rate == made.rate.value() == expected


def test_a_constant_and_a_stop_condition_are_changed_live(qtbot, bar):
    made, session = bar(PLAIN)
    run = session.run
    choose(qtbot, made.optimizer, "Momentum")
    enter(qtbot, made.update_form.optimizer.editor_of("momentum"), "0.5")
    assert session.experiment.optimizer == Momentum(momentum=0.5)
    enter(qtbot, made.stop.editor_of("step"), "200")
    assert session.experiment.stop == Stop(step=200)
    enter(qtbot, made.stop.editor_of("step"), "")
    assert session.experiment.stop == Stop()
    assert session.run is run and not session.refusals


def test_early_stopping_needs_a_validation_part_and_says_so_in_its_form(qtbot, bar):
    made, session = bar(PLAIN)
    made.stop_button.open()
    enter(qtbot, made.stop.editor_of("patience"), "5")
    assert session.experiment.stop == Stop() and made.stop.editor_of("patience").text() == ""
    said = " ".join(label.text() for label in made.stop.findChildren(QLabel) if label.isVisible())
    assert "early stopping watches the validation loss, and there is no validation part" in said
    assert not session.refusals
    made.stop_button.popup.close()
    session.change("share", data=replace(session.experiment.data, validation=0.25))
    made.stop_button.open()
    enter(qtbot, made.stop.editor_of("patience"), "5")
    assert session.experiment.stop == Stop(patience=5)
    assert "early stopping watches" not in " ".join(label.text() for label in made.stop.findChildren(QLabel))
    assert not session.change("no share", data=replace(session.experiment.data, validation=0.0))
    assert "$.stop.patience" in session.refusals[0]
    made.stop_button.popup.close()


def test_another_loss_brings_the_output_that_it_needs_as_one_undo_step(qtbot, bar):
    made, session = bar(PLAIN)
    made.loss.setCurrentIndex(LOSSES.index(SoftmaxCrossEntropy))
    made.loss.activated.emit(made.loss.currentIndex())
    assert session.experiment.loss == SoftmaxCrossEntropy()
    assert session.experiment.network.layers == (Affine(units=2), Identity())
    session.undo_stack.undo()
    assert session.experiment == from_plain(PLAIN)
    assert made.loss.currentIndex() == LOSSES.index(MeanSquaredError)


def test_a_loss_for_classes_is_refused_for_a_regression_and_the_chooser_goes_back(qtbot, bar):
    made, session = bar(REGRESSION)
    made.loss.setCurrentIndex(LOSSES.index(SigmoidCrossEntropy))
    made.loss.activated.emit(made.loss.currentIndex())
    assert len(session.refusals) == 1 and "classes" in session.refusals[0]
    assert session.experiment == from_plain(REGRESSION)
    assert made.loss.currentIndex() == LOSSES.index(MeanSquaredError)


def test_every_control_has_a_name_and_explains_itself(bar):
    made, _ = bar(PLAIN)
    for control in (made.optimizer, made.loss, made.rate):
        assert control.accessibleName() and control.toolTip()
