"""What an update does with a gradient, changed in the window by clicks and keys."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QLabel

from gui.session import Session
from gui.update_form import UpdateForm
from model.clipping import Clipping
from model.experiment_file import from_plain
from model.interventions import ChangeClipping, ChangeOptimizer, ChangeRegularization, ChangeSchedule
from model.optimizers import AdamW, Nesterov
from model.regularization import Regularization
from model.schedules import SCHEDULES, ConstantRate, Cosine, InverseTime, StepDecay, WarmUp

PLAIN = {
    "format": "downhill-experiment",
    "data": {"dataset": {"type": "xor", "samples": 40}},
    "network": {"layers": [{"type": "affine", "units": 3}, {"type": "tanh"}, {"type": "affine", "units": 1}]},
}


@pytest.fixture
def form(qtbot, switch):
    session = Session(from_plain(PLAIN))
    session.refusals = []
    session.refused.connect(session.refusals.append)
    qtbot.waitUntil(lambda: session.progress is not None)
    made = UpdateForm(session)
    made.session = session
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    session.close()
    session.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def enter(qtbot, editor, text):
    editor.selectAll()
    qtbot.keyClick(editor, Qt.Key.Key_Delete)
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)


def choose(qtbot, box, text):
    place = box.findText(text)
    assert place >= 0
    box.setFocus()
    while box.currentIndex() != place:
        qtbot.keyClick(box, Qt.Key.Key_Down if box.currentIndex() < place else Qt.Key.Key_Up)


def train(qtbot, session, steps):
    wanted = session.progress.snapshot.step + steps
    for _ in range(steps):
        session.step()
    qtbot.waitUntil(lambda: session.pull() or session.progress.snapshot.step == wanted)


def settled(qtbot, session):
    qtbot.waitUntil(lambda: session.pull() or session.is_answered(session.progress))


def test_every_schedule_of_the_model_can_be_chosen_and_explains_itself(form):
    box = form.schedules
    assert [box.itemData(i) for i in range(box.count())] == list(SCHEDULES)
    assert all(box.itemData(i, Qt.ItemDataRole.ToolTipRole) for i in range(box.count()))


def test_before_anything_is_trained_it_is_the_same_run(qtbot, form):
    session, run = form.session, form.session.run
    enter(qtbot, form.regularization.editor_of("l2"), "0.01")
    enter(qtbot, form.clipping.editor_of("norm"), "2")
    choose(qtbot, form.schedules, "Step decay")
    settled(qtbot, session)
    experiment = session.experiment
    assert experiment.regularization == Regularization(l2=0.01) and experiment.clipping == Clipping(norm=2.0)
    assert experiment.schedule == StepDecay()
    assert session.run is run and len(session.progress.branches) == 1
    assert session.progress.branches[0].interventions == ()
    for _ in range(session.undo_stack.count()):
        session.undo_stack.undo()
    assert session.experiment == from_plain(PLAIN)
    assert form.schedules.currentText() == "Constant" and form.regularization.editor_of("l2").value() == 0


def test_while_it_learns_each_is_an_intervention_that_can_be_undone(qtbot, form):
    session = form.session
    train(qtbot, session, 5)
    run = session.run
    enter(qtbot, form.regularization.editor_of("l1"), "0.001")
    train(qtbot, session, 2)
    enter(qtbot, form.clipping.editor_of("norm"), "0.5")
    choose(qtbot, form.schedules, "Warm-up")
    enter(qtbot, form.schedule.editor_of("warm_up"), "40")
    settled(qtbot, session)
    made = session.progress.branches[0].interventions
    assert made == (
        ChangeRegularization(step=5, regularization=Regularization(l1=0.001)),
        ChangeClipping(step=7, clipping=Clipping(norm=0.5)),
        ChangeSchedule(step=7, schedule=WarmUp(warm_up=40)),
    )
    assert session.run is run and not session.refusals
    assert session.undo_stack.undoText() == "schedule Warm-up"
    while session.undo_stack.canUndo():
        session.undo_stack.undo()
    settled(qtbot, session)
    assert session.experiment == from_plain(PLAIN)
    assert session.progress.snapshot.step == 5  # where the first was made
    assert form.clipping.editor_of("norm").text() == ""
    while session.undo_stack.canRedo():
        session.undo_stack.redo()
    settled(qtbot, session)
    assert (session.experiment.schedule, session.experiment.clipping) == (WarmUp(warm_up=40), Clipping(norm=0.5))


def test_going_back_shows_what_was_in_force_there(qtbot, form):
    session = form.session
    train(qtbot, session, 4)
    enter(qtbot, form.regularization.editor_of("l2"), "0.1")
    train(qtbot, session, 4)
    session.go_to(2)
    settled(qtbot, session)
    assert form.regularization.editor_of("l2").value() == 0
    session.go_to(6)
    settled(qtbot, session)
    assert form.regularization.editor_of("l2").value() == 0.1


def test_the_new_optimizers_are_changed_on_the_way(qtbot, form):
    session = form.session
    train(qtbot, session, 3)
    session.change("optimizer", optimizer=AdamW())
    enter(qtbot, form.optimizer.editor_of("weight_decay"), "0.2")
    assert session.undo_stack.undoText() == "constants of AdamW"
    train(qtbot, session, 3)
    session.change("optimizer", optimizer=Nesterov())
    assert form.optimizer.editor_of("momentum").value() == 0.9
    settled(qtbot, session)
    # Two at one boundary: of those of one kind the last holds.
    assert session.progress.branches[0].interventions == (
        ChangeOptimizer(step=3, optimizer=AdamW(weight_decay=0.2)),
        ChangeOptimizer(step=6, optimizer=Nesterov()),
    )


def test_a_constant_schedule_has_nothing_to_edit_and_others_their_fields(qtbot, form):
    assert not form.schedule.isVisible()
    choose(qtbot, form.schedules, "Cosine")
    assert form.schedule.isVisible()
    enter(qtbot, form.schedule.editor_of("horizon"), "0")
    assert form.session.experiment.schedule == Cosine()  # refused in the form
    assert "horizon must be at least 1" in " ".join(label.text() for label in form.schedule.findChildren(QLabel))


def test_the_curve_shows_the_learning_rate_and_where_the_run_is(qtbot, form):
    session, curve = form.session, form.curve
    session.change("schedule", schedule=Cosine(horizon=100))
    train(qtbot, session, 25)
    qtbot.waitUntil(lambda: curve.accessibleDescription() == "step 25: learning rate 0.08536")
    area = curve._area()
    assert curve.text_at(QPointF(area.left(), 5)) == "step 0: learning rate 0.1"
    _, rows = curve.export_rows()
    assert rows[0] == (0, 0.1) and rows[-1][1] == pytest.approx(0, abs=1e-3)
    assert curve.grab().toImage() != (session.change("s", schedule=ConstantRate()) and curve.grab().toImage())


@pytest.mark.parametrize(
    ("schedule", "until"),
    [
        (ConstantRate(), 200),
        (StepDecay(every=100), None),
        (Cosine(horizon=100), 100),
        (InverseTime(half=10), None),
        (WarmUp(warm_up=300), 600),
    ],
)
def test_the_curve_reaches_to_where_the_shape_is_seen(form, schedule, until):
    form.curve.set_schedule(schedule, 0.5)
    _, rows = form.curve.export_rows()
    assert rows[-1][0] == until if until else rows[-1][1] < 0.06 * 0.5


@pytest.mark.parametrize("projector", [False, True])
def test_every_label_has_room_and_every_control_a_name_and_an_explanation(form, switch, projector):
    switch.set_projector(projector)
    form.session.change("schedule", schedule=Cosine())
    form.session.change("optimizer", optimizer=AdamW())
    form.adjustSize()
    QCoreApplication.processEvents()
    labels = [each for each in form.findChildren(QLabel) if each.isVisible() and each.text()]
    assert len(labels) >= 14
    assert [each.text() for each in labels if each.width() < each.sizeHint().width()] == []
    for control in form.findChildren(QComboBox) + form.findChildren(QAbstractSpinBox):
        assert control.accessibleName() and control.toolTip()
