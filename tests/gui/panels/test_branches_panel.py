"""The panel of the branches, with a pointer and keys."""

import pytest
from msgspec import structs
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

from gui.branch_colors import BRANCHES
from gui.branch_table import NAME, STEPS, SWATCH, TEST, TRAIN
from gui.export import export_csv
from gui.panels import branches_panel
from gui.panels.branches_panel import BranchesPanel
from model.experiment_file import from_plain

EXPERIMENT = from_plain(
    {
        "format": "downhill-experiment",
        "data": {"dataset": {"type": "gaussians", "samples": 100}},
        "network": {"layers": [{"type": "affine", "units": 3}, {"type": "tanh"}, {"type": "affine", "units": 1}]},
        "optimizer": {"type": "sgd", "learning_rate": 0.03},
        "stop": {"step": 40},
    }
)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def panel(show_panel):
    return show_panel(lambda session, _: BranchesPanel(session), EXPERIMENT, (430, 240))


@pytest.fixture
def branched(panel, run_to_end, qtbot):
    """Two branches of 40 steps: the second left the first at step 20, with another learning rate."""
    run_to_end(panel)
    branch(qtbot, panel, 20, 0.5)
    run_to_end(panel)
    return panel


def branch(qtbot, panel, step, rate):
    session = panel.session
    session.go_to(step)
    qtbot.waitUntil(lambda: session.progress.snapshot.step == step)
    count = len(session.progress.branches)
    session.change("rate", optimizer=structs.replace(session.experiment.optimizer, learning_rate=rate))
    qtbot.waitUntil(lambda: len(session.progress.branches) == count + 1 and not panel.clock.running)


def cells(panel, column=NAME):
    return [panel.branches.item(row, column).text() for row in range(panel.branches.rowCount())]


def ticks(panel):
    checked = Qt.CheckState.Checked
    return [panel.branches.item(row, NAME).checkState() == checked for row in range(panel.branches.rowCount())]


def place(panel, row, column=NAME):
    return panel.branches.visualItemRect(panel.branches.item(row, column)).center()


def click_tick(qtbot, panel, row):
    here = place(panel, row)
    here.setX(10)  # the tick stands at the left end
    qtbot.mouseClick(panel.branches.viewport(), LEFT, pos=here)


def shown(panel):
    return panel.session.progress.branch


def test_one_run_alone_says_how_branches_come_about(panel):
    assert cells(panel) == ["1: first run"] and ticks(panel) == [True]
    assert "Go back and change something" in panel.sentence.text()
    assert not panel.show_button.isEnabled() and not panel.remove_button.isEnabled()


def test_a_row_says_what_the_branch_is_and_how_well_it_came(branched):
    assert cells(branched) == ["1: first run", "2: learning rate: 0.03 → 0.5 at step 20"]
    assert cells(branched, STEPS) == ["40", "40"]
    ends = [view.record.evaluations[-1] for view in branched.session.progress.branches]
    assert cells(branched, TRAIN) == [f"{each.train_loss:.3g}" for each in ends]
    assert cells(branched, TEST) == [f"{100 * each.test_accuracy:.1f} %" for each in ends]
    assert [branched.branches.item(row, NAME).font().bold() for row in (0, 1)] == [False, True]
    pictures = [branched.branches.item(row, NAME).icon().pixmap(SWATCH).toImage() for row in (0, 1)]
    assert [each.pixelColor(SWATCH // 2, SWATCH // 2).name() for each in pictures] == list(BRANCHES[:2])


def test_the_table_has_only_what_differs(branched):
    table = branched.differences
    assert branched.sentence.text().endswith("they differ in:")
    assert table.texts() == (
        ["field", "1", "2"],
        [["changed on the way", "–", "learning rate: 0.03 → 0.5 at step 20"]],
    )


def test_a_double_click_shows_a_branch_and_undo_goes_back(branched, qtbot):
    qtbot.mouseClick(branched.branches.viewport(), LEFT, pos=place(branched, 0))
    qtbot.mouseDClick(branched.branches.viewport(), LEFT, pos=place(branched, 0))
    qtbot.waitUntil(lambda: shown(branched) == 1)
    assert branched.session.undo_stack.undoText() == "show branch 1"
    assert [branched.branches.item(row, NAME).font().bold() for row in (0, 1)] == [True, False]
    branched.session.undo_stack.undo()
    qtbot.waitUntil(lambda: shown(branched) == 2)


def test_enter_and_the_button_show_the_selected_branch(branched, qtbot):
    assert not branched.show_button.isEnabled()  # it is shown already
    qtbot.keyClick(branched.branches, Qt.Key.Key_Up)
    qtbot.keyClick(branched.branches, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown(branched) == 1)
    qtbot.keyClick(branched.branches, Qt.Key.Key_Down)
    qtbot.mouseClick(branched.show_button, LEFT)
    qtbot.waitUntil(lambda: shown(branched) == 2)


def test_f2_names_a_branch_and_no_name_gives_the_old_words_back(branched, qtbot):
    def type_name(text):
        qtbot.keyClick(branched.branches, Qt.Key.Key_F2)
        box = branched.branches.findChildren(QLineEdit)[-1]
        qtbot.keyClick(box, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        qtbot.keyClick(box, Qt.Key.Key_Delete)
        qtbot.keyClicks(box, text)
        qtbot.keyClick(box, Qt.Key.Key_Return)

    type_name("fast {0} & <b>")
    qtbot.waitUntil(lambda: cells(branched)[1] == "2: fast {0} & <b>")
    assert branched.session.progress.branches[1].name == "fast {0} & <b>"
    assert shown(branched) == 2  # Enter ended the typing and showed nothing
    type_name("")
    qtbot.waitUntil(lambda: cells(branched)[1] == "2: learning rate: 0.03 → 0.5 at step 20")


def test_a_tick_hides_a_branch_and_its_differences(branched, qtbot):
    click_tick(qtbot, branched, 0)
    assert ticks(branched) == [False, True] and branched.differences.rowCount() == 0
    assert branched.sentence.text() == "Tick another branch to compare it."
    click_tick(qtbot, branched, 0)
    assert ticks(branched) == [True, True] and branched.differences.rowCount() == 1
    qtbot.keyClick(branched.branches, Qt.Key.Key_Space)
    assert ticks(branched) == [False, True]


def test_ticking_twice_in_a_hurry_is_no_double_click(branched, qtbot):
    here = place(branched, 0)
    here.setX(10)
    qtbot.mouseClick(branched.branches.viewport(), LEFT, pos=here)
    qtbot.mouseDClick(branched.branches.viewport(), LEFT, pos=here)
    assert shown(branched) == 2 and branched.session.undo_stack.undoText() == "rate"


def test_the_shown_branch_stays_ticked(branched, qtbot):
    qtbot.keyClick(branched.branches, Qt.Key.Key_Space)
    assert ticks(branched) == [True, True]


def test_space_here_does_not_run_the_network(branched, qtbot):
    ran = []
    action = QAction(branched)
    action.setShortcut("Space")
    action.triggered.connect(lambda: ran.append(True))
    branched.addAction(action)
    branched.branches.setFocus()
    qtbot.waitUntil(branched.branches.hasFocus)
    qtbot.keyClick(branched.branches, Qt.Key.Key_Space)
    assert not ran


def test_a_ninth_tick_is_refused_in_a_sentence(branched, qtbot, run_to_end):
    for i in range(7):
        branch(qtbot, branched, 30, 0.6 + i / 10)
        branched.session.step()
        qtbot.waitUntil(lambda: branched.session.progress.snapshot.step == 31)
    qtbot.waitUntil(lambda: len(cells(branched)) == 9 and not branched.clock.running)
    assert ticks(branched) == [False] + 8 * [True]
    branched.branches.select(1)
    qtbot.keyClick(branched.branches, Qt.Key.Key_Space)
    assert ticks(branched) == [False] + 8 * [True]
    assert branched.sentence.text() == "At most 8 are compared at a time: hide another one first."


def test_delete_removes_a_branch_but_not_the_shown_one(branched, qtbot):
    qtbot.keyClick(branched.branches, Qt.Key.Key_Delete)
    assert branched.question is None
    qtbot.keyClick(branched.branches, Qt.Key.Key_Up)
    qtbot.keyClick(branched.branches, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(cells(branched)) == 1)
    assert shown(branched) == 2 and branched.question is None


def test_long_training_is_not_thrown_away_without_a_question(branched, qtbot, monkeypatch):
    monkeypatch.setattr(branches_panel, "MUCH", 30)

    def answer(label):
        box = branched.question
        qtbot.waitUntil(box.isVisible)
        assert box.text() == "Branch 1: first run was trained for 40 steps. Remove it?"
        button = next(each for each in box.findChildren(QPushButton) if label in each.text())
        qtbot.mouseClick(button, LEFT)
        QApplication.processEvents()

    branched.branches.select(1)
    qtbot.mouseClick(branched.remove_button, LEFT)
    answer("Cancel")
    assert len(cells(branched)) == 2
    qtbot.mouseClick(branched.remove_button, LEFT)
    answer("Remove")
    qtbot.waitUntil(lambda: len(cells(branched)) == 1)


def test_both_tables_are_exported(branched, tmp_path):
    (_, _, branches), (_, _, differences) = branched.exports()
    export_csv(*branches(), tmp_path / "branches.csv")
    first, one, two = (tmp_path / "branches.csv").read_text(encoding="utf-8").splitlines()
    assert first == "number,name,parent,parted_at,steps,train_loss,test_loss,test_accuracy"
    assert one.startswith("1,1: first run,,0,40,") and two.startswith(
        "2,2: learning rate: 0.03 → 0.5 at step 20,1,20,40,"
    )
    export_csv(*differences(), tmp_path / "differences.csv")
    assert (tmp_path / "differences.csv").read_text(encoding="utf-8").splitlines()[0] == "field,1,2"


def test_follows_the_theme(branched, switch):
    switch.choose("dark")
    switch.set_projector(True)
    assert branched.sentence.font().pixelSize() == switch.theme.small
    assert branched.branches.item(0, NAME).font().pixelSize() == switch.theme.body
