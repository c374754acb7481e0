"""The data panel on a real session: clicks and keys, then what it shows and what the session has."""

import pytest
from msgspec import structs
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QCheckBox, QPushButton, QSlider

from gui.frame_clock import FrameClock
from gui.number_editor import NumberEditor
from gui.panels.data_panel import DataPanel
from gui.session import Session
from model.datasets import DATASETS
from model.datasets.digits import Digits
from model.datasets.iris import Iris
from model.datasets.moons import Moons
from model.datasets.sine import Sine
from model.datasets.spiral import Spiral
from model.experiment_file import from_plain
from model.losses import MeanSquaredError, SoftmaxCrossEntropy


@pytest.fixture
def session(qapp):
    plain = {
        "format": "downhill-experiment",
        "data": {"dataset": {"type": "spiral", "samples": 40}, "test": 0.25},
        "network": {"layers": [{"type": "affine", "units": 4}, {"type": "tanh"}, {"type": "affine", "units": 1}]},
        "loss": {"type": "sigmoid_cross_entropy"},
    }
    made = Session(from_plain(plain))
    yield made
    made.close()


@pytest.fixture
def panel(qtbot, switch, session):
    made = DataPanel(session)
    qtbot.addWidget(made)
    clock = FrameClock(session)
    clock.add(made)
    made.resize(240, 900)
    made.show()
    qtbot.waitUntil(lambda: session.run is not None)
    yield made
    clock.stop()


def press(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(8, button.height() // 2))


def enter(qtbot, box, text):
    box.lineEdit().selectAll()
    qtbot.keyClicks(box, text)
    qtbot.keyClick(box, Qt.Key.Key_Return)


def box(panel, path):
    return panel.findChild(NumberEditor, path)


def until_run(qtbot, session):
    """Wait until the run is that of the current data."""
    qtbot.waitUntil(lambda: session.run is not None and session.run.experiment.data == session.experiment.data)


@pytest.mark.parametrize("kind", DATASETS)
def test_a_click_in_the_gallery_takes_any_data_set_and_undo_brings_the_old_one_back(qtbot, session, panel, kind):
    before = session.experiment
    qtbot.mouseClick(panel.gallery.buttons[kind], Qt.MouseButton.LeftButton)
    assert type(session.experiment.data.dataset) is kind
    assert [k for k, button in panel.gallery.buttons.items() if button.isChecked()] == [kind]
    session.undo_stack.undo()
    assert session.experiment == before
    assert panel.gallery.buttons[Spiral].isChecked()


def test_the_undo_says_which_data(qtbot, session, panel):
    qtbot.mouseClick(panel.gallery.buttons[Moons], Qt.MouseButton.LeftButton)
    assert session.undo_stack.undoText() == "data: moons"
    assert session.experiment.data.dataset == Moons(samples=40)
    assert panel.words.name.text() == "Moons"


def test_the_loss_follows_the_task(qtbot, session, panel):
    qtbot.mouseClick(panel.gallery.buttons[Sine], Qt.MouseButton.LeftButton)
    assert session.experiment.loss == MeanSquaredError()
    qtbot.mouseClick(panel.gallery.buttons[Digits], Qt.MouseButton.LeftButton)
    assert session.experiment.loss == SoftmaxCrossEntropy()
    until_run(qtbot, session)


def test_a_click_on_the_chosen_data_set_changes_nothing(qtbot, session, panel):
    qtbot.mouseClick(panel.gallery.buttons[Spiral], Qt.MouseButton.LeftButton)
    assert session.undo_stack.count() == 0
    assert panel.gallery.buttons[Spiral].isChecked()


def test_real_data_hides_what_it_does_not_have_and_shows_where_it_comes_from(qtbot, session, panel):
    assert not panel.words.source.isVisible()
    qtbot.mouseClick(panel.gallery.buttons[Iris], Qt.MouseButton.LeftButton)
    assert not box(panel, "data.dataset.samples").isVisible()
    assert not panel.samples.editors["data", "dataset", "noise"].isVisible()
    assert not panel.features.isVisible()
    assert panel.words.source.isVisible()
    assert "UCI Machine Learning Repository" in panel.words.source.text()
    assert "CC BY 4.0" in panel.words.source.text()
    qtbot.mouseClick(panel.gallery.buttons[Moons], Qt.MouseButton.LeftButton)
    assert box(panel, "data.dataset.samples").isVisible()
    assert panel.features.isVisible()


def test_typed_numbers_reach_the_experiment(qtbot, session, panel):
    enter(qtbot, box(panel, "data.dataset.samples"), "60")
    enter(qtbot, box(panel, "noise"), "0.3")
    enter(qtbot, box(panel, "data.seed"), "7")
    enter(qtbot, box(panel, "batches.size"), "5")
    enter(qtbot, box(panel, "batches.seed"), "8")
    enter(qtbot, box(panel, "weights.seed"), "9")
    enter(qtbot, box(panel, "evaluation.every"), "3")
    made = session.experiment
    assert made.data.dataset == Spiral(samples=60, noise=0.3)
    assert (made.data.seed, made.batches.size, made.batches.seed, made.weights.seed) == (7, 5, 8, 9)
    assert made.evaluation.every == 3
    assert session.undo_stack.undoText() == "change evaluate every"
    until_run(qtbot, session)
    assert panel.split.counts["train"].text() == "46"  # 22.5 of each class are due; training goes first


def test_choices_reach_the_experiment(qtbot, session, panel):
    precision = panel.training.editors["precision",]
    precision.setFocus()
    qtbot.keyClick(precision, Qt.Key.Key_Up)
    assert session.experiment.precision == "float32"
    unit = panel.training.editors["evaluation", "unit"]
    qtbot.keyClick(unit, Qt.Key.Key_Down)
    assert session.experiment.evaluation.unit == "step"
    until_run(qtbot, session)


def test_a_drag_of_the_noise_is_one_step_to_undo_and_the_next_drag_another(qtbot, session, panel):
    slider = panel.findChild(QSlider, "noise slider")
    before = session.experiment
    for goal in (30, 60):
        slider.setSliderDown(True)  # what the press of the pointer on the handle does
        for place in range(goal - 5, goal + 1):
            slider.setSliderPosition(place)
        slider.setSliderDown(False)
    assert session.experiment.data.dataset.noise == 0.6
    assert box(panel, "noise").lineEdit().text() == "0.6"
    assert session.undo_stack.count() == 2
    session.undo_stack.undo()
    assert session.experiment.data.dataset.noise == 0.3
    assert slider.value() == 30
    session.undo_stack.undo()
    assert session.experiment == before
    until_run(qtbot, session)


def test_regenerate_takes_the_next_seed(qtbot, session, panel):
    before = session.run.parts.train.points
    press(qtbot, panel.findChild(QPushButton, "regenerate"))
    assert session.experiment.data.seed == 2
    assert box(panel, "data.seed").lineEdit().text() == "2"
    until_run(qtbot, session)
    assert (session.run.parts.train.points != before).any()


def test_all_three_shares_and_counts_are_shown(qtbot, session, panel):
    assert panel.split.rest.text() == "0.75"
    assert [panel.split.counts[part].text() for part in ("train", "validation", "test")] == ["30", "0", "10"]
    enter(qtbot, box(panel, "data.validation"), "0.25")
    until_run(qtbot, session)
    assert panel.split.rest.text() == "0.5"
    assert [panel.split.counts[part].text() for part in ("train", "validation", "test")] == ["20", "10", "10"]


def test_shares_that_leave_nothing_to_train_on_are_refused_and_the_old_ones_stay(qtbot, session, panel):
    with qtbot.waitSignal(session.refused) as refused:
        enter(qtbot, box(panel, "data.validation"), "0.75")
    assert "leave no sample for training" in refused.args[0]
    assert box(panel, "data.validation").lineEdit().text() == "0"
    assert session.experiment.data.validation == 0


def test_a_class_too_small_to_be_in_every_part_is_said_in_a_sentence(qtbot, session, panel):
    assert not panel.split.notes.isVisible()
    enter(qtbot, box(panel, "data.dataset.samples"), "3")
    until_run(qtbot, session)
    assert panel.split.notes.isVisible()
    assert panel.split.notes.text().startswith("Too few samples of class")


def test_an_evaluation_that_is_cut_is_said_in_a_sentence(qtbot, session, panel):
    enter(qtbot, box(panel, "data.dataset.samples"), "20000")
    until_run(qtbot, session)
    assert panel.split.counts["train"].text() == "15,000"
    assert "the first 10,000 samples" in panel.split.notes.text()


def test_inputs_are_ticked_in_the_order_of_the_table_and_the_last_one_stays(qtbot, session, panel):
    for name in ("sin x2", "x1^2", "x1"):
        press(qtbot, panel.features.boxes[name])
    assert session.experiment.data.features == ("x2", "x1^2", "sin x2")
    for name in ("sin x2", "x2"):
        press(qtbot, panel.features.boxes[name])
    last = panel.features.boxes["x1^2"]
    assert not last.isEnabled()
    assert "at least one input" in last.toolTip()
    press(qtbot, last)
    assert session.experiment.data.features == ("x1^2",)
    until_run(qtbot, session)
    assert session.run.parts.train.inputs.shape == (30, 1)


def test_standardize_is_a_check_box(qtbot, session, panel):
    press(qtbot, panel.findChild(QCheckBox, "data.standardize"))
    assert session.experiment.data.standardize


def test_the_table_has_every_sample_with_its_part(qtbot, session, panel):
    ((name, _, rows),) = panel.exports()
    header, samples = rows()
    assert name == "Data"
    assert list(header) == ["part", "x1", "x2", "target"]
    found = list(samples)
    assert len(found) == 40
    assert [row[0] for row in found] == ["train"] * 30 + ["test"] * 10
    first = session.run.parts.train
    assert found[0] == ("train", *first.points[0].tolist(), ["first arm", "second arm"][first.targets[0]])


def test_a_value_table_has_numbers_as_targets(qtbot, session, panel):
    qtbot.mouseClick(panel.gallery.buttons[Sine], Qt.MouseButton.LeftButton)
    until_run(qtbot, session)
    header, samples = panel.exports()[0][2]()
    assert list(header) == ["part", "x", "target"]
    train = session.run.parts.train
    assert next(iter(samples)) == ("train", train.points[0, 0], train.targets[0, 0])


def test_it_is_made_for_data_without_noise_too(qtbot, session, panel):
    qtbot.mouseClick(panel.gallery.buttons[Iris], Qt.MouseButton.LeftButton)
    second = DataPanel(session)
    qtbot.addWidget(second)
    second.show()
    assert not box(second, "noise").isVisible()
    session.undo_stack.undo()
    assert box(second, "noise").isVisible()
    assert box(second, "data.dataset.samples").lineEdit().text() == "40"


def test_the_ground_follows_the_theme(qtbot, switch, panel):
    corner = QPoint(2, panel.height() - 2)
    assert panel.grab().toImage().pixelColor(corner) == QColor(switch.theme.panel)
    switch.choose("dark")
    assert panel.grab().toImage().pixelColor(corner) == QColor(switch.theme.panel)


def test_it_fits_the_left_column(panel):
    assert panel.minimumSizeHint().width() <= 240
    assert panel.minimumSizeHint().height() <= 400


def test_large_type_asks_for_more_room(switch, panel):
    before = panel.minimumSizeHint().width()
    switch.set_projector(True)
    assert before < panel.minimumSizeHint().width() <= 400


def test_the_borders_of_the_bar_change_both_shares_in_one_step_to_undo(qtbot, session, panel):
    before = session.experiment
    border = panel.split.bar.borders[1]
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_Left):
        qtbot.keyClick(border, key)
    assert (session.experiment.data.validation, session.experiment.data.test) == (0.0, 0.36)
    assert (panel.split.rest.text(), box(panel, "data.test").lineEdit().text()) == ("0.64", "0.36")
    qtbot.keyClick(panel.split.bar.borders[0], Qt.Key.Key_Left)
    assert session.experiment.data.validation == 0.01
    assert session.undo_stack.undoText() == "change the split"
    session.undo_stack.undo()
    session.undo_stack.undo()
    assert session.experiment == before
    assert panel.split.bar.borders[1].value() == 75
    until_run(qtbot, session)


def test_a_drag_is_followed_in_numbers_before_it_is_let_go(qtbot, session, panel):
    bar, before = panel.split.bar, session.experiment
    border = bar.borders[0]
    start = border.rect().center()
    qtbot.mousePress(border, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(border, start - QPoint(round(bar.place_of(0.25) - bar.place_of(0)), 0))
    assert panel.split.rest.text() == "0.5"
    assert box(panel, "data.validation").lineEdit().text() == "0.25"
    assert session.experiment == before
    qtbot.mouseRelease(border, Qt.MouseButton.LeftButton, pos=start)
    assert session.experiment.data.validation == 0.25
    until_run(qtbot, session)
    assert [panel.split.counts[part].text() for part in ("train", "validation", "test")] == ["20", "10", "10"]


def test_a_share_that_early_stopping_needs_is_given_back(qtbot, session, panel):
    enter(qtbot, box(panel, "data.validation"), "0.25")
    assert session.change("stop", stop=structs.replace(session.experiment.stop, patience=3))
    assert "Early stopping (patience 3)" in panel.split.uses["validation"].text()
    with qtbot.waitSignal(session.refused):
        qtbot.keyClick(panel.split.bar.borders[0], Qt.Key.Key_End)
    assert session.experiment.data.validation == 0.25
    assert panel.split.bar.borders[0].value() == 50
    assert box(panel, "data.validation").lineEdit().text() == "0.25"
    until_run(qtbot, session)


def test_every_part_says_what_it_is_for(qtbot, session, panel):
    assert "nothing to choose by" in panel.split.uses["validation"].text()
    enter(qtbot, box(panel, "data.validation"), "0.25")
    assert "Early stopping (now off)" in panel.split.uses["validation"].text()
    press(qtbot, panel.findChild(QCheckBox, "data.standardize"))
    assert "standardize the inputs of all parts" in panel.split.uses["train"].text()
    assert all(label.isVisible() for label in panel.split.uses.values())
    until_run(qtbot, session)
