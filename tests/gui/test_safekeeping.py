"""Nothing is lost: a window with everything that watches over its work, through clicks and keys."""

import errno
import gc
import os
import shutil
import sys
from pathlib import Path

import msgspec
import pytest
from msgspec import structs
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox, QPushButton

import gui.unsaved_store
from gui.main_window import MainWindow
from gui.recovery import RecoveryDialog
from gui.safekeeping import Safekeeping
from gui.settings import Settings
from gui.unsaved_store import Title, UnsavedStore
from model.experiment_file import from_plain, to_json
from model.optimizers import Adam
from model.run_file import read, write
from model.run_recipe import recipe_json
from model.saved_run import SavedBranch, SavedRun
from model.starters import starter
from model.trainer import Trainer

EXPERIMENT = from_plain(
    {
        "format": "downhill-experiment",
        "data": {"dataset": {"type": "xor", "samples": 60}},
        "network": {"layers": [{"type": "affine", "units": 3}, {"type": "tanh"}, {"type": "affine", "units": 1}]},
        "loss": {"type": "sigmoid_cross_entropy"},
    }
)
LOST = Title("lost")
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def open_window(qtbot, switch, tmp_path):
    windows = []

    def make(experiment=EXPERIMENT, name="mine"):
        window = MainWindow(experiment, name)
        window.keep = Safekeeping(window, tmp_path / "unsaved")
        window.keep.autosave._timer.setInterval(1)
        windows.append(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(lambda: window.session.progress is not None and window.isActiveWindow())
        window.complete()
        return window

    yield make
    for window in reversed(windows):  # the last one gives the interpreter's pace back to the one before
        for dialog in window.findChildren(QDialog):
            dialog.close()
        window.document.may_leave = lambda then: then()
        window.close()
        QCoreApplication.sendPostedEvents(window.pictures)
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    for window in windows:
        vars(window).clear()
    gc.collect()


@pytest.fixture
def window(open_window):
    return open_window()


def press(qtbot, window, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(window.focusWidget() or window, key, modifier)


def step(window):
    return window.session.progress.snapshot.step


def train(qtbot, window, steps=1):
    for _ in range(steps):
        here = step(window)
        window.session.step()
        qtbot.waitUntil(lambda here=here: step(window) == here + 1)


def click(qtbot, dialog, text):
    button = next(each for each in dialog.findChildren(QPushButton) if each.text().replace("&", "") == text)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def choose(monkeypatch, path):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))


def question(window):
    return window.keep.question.box


def kept(tmp_path):
    return sorted((tmp_path / "unsaved").glob("*.json"))


def left_behind(tmp_path, experiment=EXPERIMENT, steps=30, title=LOST):
    """As a process leaves it that was killed."""
    store = UnsavedStore(tmp_path / "unsaved")
    store.write(title, recipe_json(SavedRun((SavedBranch("", experiment, (), steps),), 0, steps - 10)))
    store._lock.release()
    return store.path


def straight(experiment, steps):
    trainer = Trainer(experiment)
    trainer.advance(steps)
    return trainer.network.parameters.tobytes()


# The mark, and the question


def test_what_counts_as_unsaved(qtbot, window):
    assert not window.isWindowModified()
    window.session.change("Adam", optimizer=Adam())
    assert window.isWindowModified()  # at once
    window.session.undo_stack.undo()
    qtbot.waitUntil(lambda: not window.isWindowModified())
    train(qtbot, window, 2)
    qtbot.waitUntil(window.isWindowModified)
    window.session.go_to(0)
    qtbot.waitUntil(lambda: step(window) == 0)
    assert window.isWindowModified()
    press(qtbot, window, Qt.Key.Key_R)  # what was trained stays a branch
    qtbot.waitUntil(lambda: window.session.progress.furthest == 0)
    assert window.isWindowModified()


def test_untouched_it_closes_without_a_question(qtbot, window, tmp_path):
    window.close()
    assert not window.isVisible() and question(window) is None and not (tmp_path / "unsaved").exists()


@pytest.mark.parametrize("answer", ["Save", "Don't save", "Cancel", None])
def test_closing_with_unsaved_work_asks_once(qtbot, window, tmp_path, monkeypatch, answer):
    choose(monkeypatch, tmp_path / "mine")
    train(qtbot, window, 3)
    press(qtbot, window, Qt.Key.Key_Q, CONTROL)
    box = question(window)
    assert window.isVisible() and "“mine” has changes" in box.text()
    window.close()
    assert question(window) is box and len(window.findChildren(QMessageBox)) == 1
    if answer is None:
        qtbot.keyClick(box, Qt.Key.Key_Escape)
    else:
        click(qtbot, box, answer)
    if answer in ("Cancel", None):
        qtbot.wait(20)
        assert window.isVisible() and window.isWindowModified()
        train(qtbot, window)
    else:
        qtbot.waitUntil(lambda: not window.isVisible())
        assert (tmp_path / "mine.downhill").exists() == (answer == "Save")
        assert kept(tmp_path) == []


def test_a_save_that_fails_keeps_the_window_open(qtbot, window, tmp_path, monkeypatch):
    choose(monkeypatch, tmp_path / "no folder" / "mine.downhill")
    train(qtbot, window)
    window.close()
    click(qtbot, question(window), "Save")
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QMessageBox))
    said = QApplication.activeModalWidget()
    assert "mine.downhill was not saved" in said.text() and "not there" in said.text()
    click(qtbot, said, "OK")
    assert window.isVisible() and window.isWindowModified()


def test_a_starter_of_the_gallery_and_a_file_ask_too(qtbot, window, tmp_path):
    other = structs.replace(EXPERIMENT, optimizer=Adam())
    (tmp_path / "other.json").write_bytes(to_json(other))
    train(qtbot, window)
    for leave in (lambda: window.document.open_starter("iris"), lambda: window.open_path(tmp_path / "other.json")):
        leave()
        qtbot.waitUntil(lambda: question(window) is not None)
        click(qtbot, question(window), "Cancel")
        assert window.session.experiment == EXPERIMENT and step(window) == 1
    window.show_start_page()
    qtbot.mouseClick(window.start_page.cards[0], Qt.MouseButton.LeftButton)
    click(qtbot, question(window), "Don't save")
    assert window.windowTitle() == "linear[*] - Downhill" and not window.isWindowModified()
    window.open_path(tmp_path / "other.json")
    qtbot.waitUntil(lambda: window.session.experiment == other)
    assert question(window) is None and not window.isWindowModified()


# Saving and opening


def test_saved_and_opened_it_stands_where_it_stood(qtbot, open_window, tmp_path, monkeypatch):
    window = open_window()
    choose(monkeypatch, tmp_path / "mine")
    train(qtbot, window, 5)
    window.session.change("Adam", optimizer=Adam())
    train(qtbot, window, 5)
    window.session.go_to(7)
    qtbot.waitUntil(lambda: step(window) == 7)
    there = window.session.progress.snapshot.parameters.tobytes()
    press(qtbot, window, Qt.Key.Key_S, CONTROL)
    path = tmp_path / "mine.downhill"
    qtbot.waitUntil(lambda: not window.isWindowModified())
    assert path.exists() and "mine.downhill is saved" in window.status.currentMessage()
    assert Settings().recent == [str(path)]
    train(qtbot, window)
    assert not window.isWindowModified()  # a step that the run has done before
    window.session.go_to(10)
    qtbot.waitUntil(lambda: step(window) == 10)
    train(qtbot, window)
    assert window.isWindowModified()
    press(qtbot, window, Qt.Key.Key_S, CONTROL)  # to the same file, without a question
    qtbot.waitUntil(lambda: not window.isWindowModified())
    assert read(path).branches[0].steps == 11
    window.session.go_to(7)
    qtbot.waitUntil(lambda: step(window) == 7)
    choose(monkeypatch, path)
    press(qtbot, window, Qt.Key.Key_S, CONTROL | SHIFT)
    qtbot.waitUntil(lambda: read(path).position == 7)

    other = open_window()
    press(qtbot, other, Qt.Key.Key_O, CONTROL)
    qtbot.waitUntil(lambda: other.document.opening is None and step(other) == 7)
    assert other.session.progress.snapshot.parameters.tobytes() == there
    assert other.session.progress.furthest == 11 and other.windowTitle().startswith("mine")
    assert not other.isWindowModified() and other.document.path == path


def test_the_experiment_as_json_is_how_the_run_began(qtbot, window, tmp_path, monkeypatch):
    choose(monkeypatch, tmp_path / "began")
    train(qtbot, window, 2)
    window.session.change("Adam", optimizer=Adam())
    train(qtbot, window)
    press(qtbot, window, Qt.Key.Key_J, CONTROL | SHIFT)
    assert (tmp_path / "began.json").read_bytes() == to_json(EXPERIMENT)
    assert window.isWindowModified() and window.document.name == "mine"


def test_recent_files_open_and_are_forgotten(qtbot, window, tmp_path):
    (tmp_path / "here & there.json").write_bytes(to_json(structs.replace(EXPERIMENT, optimizer=Adam())))
    for name in ("gone.json", "here & there.json"):
        Settings().add_recent(str(tmp_path / name))
    window.recent_menu.enable()
    assert window.recent_menu.menuAction().isEnabled()
    window.recent_menu.aboutToShow.emit()
    first, clear = [each for each in window.recent_menu.actions() if not each.isSeparator()]
    assert "here && there.json" in first.text() and str(tmp_path) in first.toolTip()
    assert Settings().recent == [str(tmp_path / "here & there.json")]
    first.trigger()
    qtbot.waitUntil(lambda: window.session.experiment.optimizer == Adam())
    clear.trigger()
    window.recent_menu.enable()
    assert Settings().recent == [] and not window.recent_menu.menuAction().isEnabled()


# Autosave


def test_unsaved_work_is_kept_and_let_go_when_it_is_saved(qtbot, window, tmp_path, monkeypatch):
    choose(monkeypatch, tmp_path / "mine")
    train(qtbot, window, 3)
    qtbot.waitUntil(lambda: len(kept(tmp_path)) == 1)
    assert UnsavedStore(tmp_path / "unsaved").left_behind() == []  # its process lives
    press(qtbot, window, Qt.Key.Key_S, CONTROL)
    qtbot.waitUntil(lambda: kept(tmp_path) == [])


def test_nothing_is_written_while_nothing_happens(qtbot, window, tmp_path, monkeypatch):
    written = []
    write = UnsavedStore.write
    monkeypatch.setattr(UnsavedStore, "write", lambda *arguments: (written.append(1), write(*arguments)))
    qtbot.wait(30)
    assert not written
    train(qtbot, window)
    qtbot.waitUntil(lambda: len(written) > 0 and not window.keep.autosave._timer.isActive())
    count = len(written)
    qtbot.wait(50)
    assert len(written) == count


def test_a_full_disk_is_said_once_and_the_window_goes_on(qtbot, window, tmp_path, monkeypatch):
    failed = []

    def full(path, content):
        failed.append(path)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(gui.unsaved_store, "write_atomically", full)
    said = []
    window.status.messageChanged.connect(said.append)
    for count in range(1, 4):
        train(qtbot, window)
        qtbot.waitUntil(lambda count=count: len(failed) >= count)
    qtbot.waitUntil(lambda: len(said) > 0)
    qtbot.wait(5)
    assert len(said) == 1 and "the disk is full" in said[0]
    monkeypatch.undo()
    train(qtbot, window)
    qtbot.waitUntil(lambda: len(kept(tmp_path)) == 1)


# Recovery


def offered(window):
    window.otherwise = []
    window.keep.offer(lambda: window.otherwise.append(1))
    return window.findChild(RecoveryDialog)


def test_nothing_left_behind_offers_nothing(window):
    assert offered(window) is None and window.otherwise == [1]


def test_restored_it_has_all_its_bits_and_is_kept_anew(qtbot, window, tmp_path):
    path = left_behind(tmp_path)
    dialog = offered(window)
    assert dialog.entries.item(0).text().startswith("lost\n30 steps")
    click(qtbot, dialog, "Restore")
    qtbot.waitUntil(lambda: window.document.opening is None and step(window) == 20)
    assert window.session.progress.furthest == 30
    assert window.session.progress.snapshot.parameters.tobytes() == straight(EXPERIMENT, 20)
    assert window.windowTitle().startswith("lost") and window.isWindowModified() and window.otherwise == []
    qtbot.waitUntil(lambda: not path.exists())
    assert len(kept(tmp_path)) == 1


@pytest.mark.parametrize("answer", ["Later", None])
def test_later_keeps_it_for_the_next_start(qtbot, window, tmp_path, answer):
    path = left_behind(tmp_path)
    content = path.read_bytes()
    dialog = offered(window)
    click(qtbot, dialog, answer) if answer else qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert window.otherwise == [1] and path.read_bytes() == content
    (again,) = UnsavedStore(tmp_path / "unsaved").left_behind()
    again.leave()


def test_discarded_it_is_gone_and_the_others_are_still_offered(qtbot, window, tmp_path):
    left_behind(tmp_path, title=Title("second", path=str(tmp_path / "second.downhill")))
    (tmp_path / "unsaved" / "1-2.json").write_bytes(b"{")
    dialog = offered(window)
    assert dialog.entries.count() == 2 and "changes to" in dialog.entries.item(0).text()
    dialog.entries.setCurrentRow(1)
    assert not dialog.restore_button.isEnabled() and "cannot be read" in dialog.entries.item(1).text()
    click(qtbot, dialog, "Discard")
    assert dialog.isVisible() and dialog.restore_button.isEnabled()
    click(qtbot, dialog, "Discard")
    assert not dialog.isVisible() and window.otherwise == [1] and list((tmp_path / "unsaved").iterdir()) == []


def test_a_restore_that_is_cancelled_leaves_the_kept_work_alone(qtbot, window, tmp_path, monkeypatch):
    monkeypatch.setattr("gui.replay_dialog.PATIENCE", 0.0)
    path = left_behind(tmp_path, steps=50_000_000)
    content = path.read_bytes()
    click(qtbot, offered(window), "Restore")
    opening = window.document.opening
    qtbot.waitUntil(opening.dialog.isVisible)
    qtbot.mouseClick(opening.dialog.cancel_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.document.opening is None)
    assert path.read_bytes() == content and not window.isWindowModified()
    assert "offered again" in window.status.currentMessage() and window.document.starter == "spiral"
    window.close()
    assert not window.isVisible() and path.read_bytes() == content


def test_a_restore_that_fails_leaves_the_kept_work_alone(qtbot, window, tmp_path, monkeypatch):
    path = left_behind(tmp_path)
    content = path.read_bytes()
    monkeypatch.setattr("gui.session.opened", lambda *_: (_ for _ in ()).throw(MemoryError()))
    said = []
    monkeypatch.setattr(QMessageBox, "warning", lambda *arguments: said.append(arguments[-1]))
    click(qtbot, offered(window), "Restore")
    qtbot.waitUntil(lambda: len(said) > 0)
    monkeypatch.undo()
    qtbot.waitUntil(lambda: window.document.opening is None and window.document.starter == "spiral")
    assert path.read_bytes() == content
    train(qtbot, window)  # the window goes on


def test_what_diverges_sooner_here_stays_kept_and_has_no_file(qtbot, window, tmp_path, monkeypatch):
    own = tmp_path / "mine.downhill"
    path = left_behind(tmp_path, starter("diverging"), 100_000, Title("mine", path=str(own)))
    content = path.read_bytes()
    said = []
    monkeypatch.setattr("gui.document.say", lambda window, sentence, icon: said.append(sentence))
    click(qtbot, offered(window), "Restore")
    qtbot.waitUntil(lambda: len(said) == 1)
    assert "diverges at step" in said[0] and "Only a part could be restored" in window.status.currentMessage()
    assert window.document.path is None and window.document.name == "mine" and window.isWindowModified()
    qtbot.waitUntil(lambda: len(kept(tmp_path)) == 2)
    assert path.read_bytes() == content


@pytest.mark.skipif(sys.platform != "linux", reason="where a file's name is bytes")
def test_a_file_whose_name_is_no_text_is_kept_too(qtbot, window, tmp_path):
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.downhill"))
    window.document.path, window.document.name = path, path.stem
    train(qtbot, window)
    qtbot.waitUntil(lambda: len(kept(tmp_path)) == 1)
    title = Title.of(path.stem, path, None)
    assert title.file == path and msgspec.json.decode(msgspec.json.encode(title), type=Title) == title
    assert Title.of("a", tmp_path, None) == Title("a", str(tmp_path))


def test_an_own_file_is_never_written_over(qtbot, window, tmp_path):
    own = tmp_path / "mine.downhill"
    own.write_bytes(b"precious")
    left_behind(tmp_path, title=Title("mine", path=str(own)))
    click(qtbot, offered(window), "Restore")
    qtbot.waitUntil(lambda: window.document.opening is None and step(window) == 20)
    train(qtbot, window)
    qtbot.waitUntil(lambda: len(kept(tmp_path)) == 1)
    assert own.read_bytes() == b"precious" and window.document.path == own


def test_a_folder_that_goes_away_meanwhile(qtbot, window, tmp_path):
    train(qtbot, window)
    qtbot.waitUntil(lambda: len(kept(tmp_path)) == 1)
    shutil.rmtree(tmp_path / "unsaved")
    train(qtbot, window)
    qtbot.waitUntil(lambda: len(kept(tmp_path)) == 1)
    assert UnsavedStore(tmp_path / "unsaved").left_behind() == []  # locked as before


def test_a_file_that_takes_long_can_be_cancelled_and_is_not_replaced_then(qtbot, window, tmp_path, monkeypatch):
    monkeypatch.setattr("gui.replay_dialog.PATIENCE", 0.0)
    path = tmp_path / "long.downhill"
    write(path, SavedRun((SavedBranch("", EXPERIMENT, (), 50_000_000),), 0, 0))
    before = path.read_bytes()
    window.open_path(path)
    qtbot.waitUntil(lambda: window.document.opening is not None)
    opening = window.document.opening
    assert window.document.path == path
    for modifier in (CONTROL, CONTROL | SHIFT):
        press(qtbot, window, Qt.Key.Key_S, modifier)
        assert "still being opened" in window.status.currentMessage()
    qtbot.waitUntil(opening.dialog.isVisible)
    qtbot.keyClick(opening.dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.document.opening is None)
    assert window.document.path is None and window.isWindowModified() and window.windowTitle().startswith("long")
    qtbot.waitUntil(lambda: 0 < window.session.progress.furthest < 50_000_000)
    window.document.close()  # everything that was to be written is written
    assert path.read_bytes() == before


def test_of_two_runs_opened_at_once_the_second_waits_for_the_first(qtbot, window, tmp_path):
    ends = []
    for steps in (3000, 20):
        run = SavedRun((SavedBranch("", EXPERIMENT, (), steps),), 0, steps)
        window.document.take_run(run, f"run {steps}", None, ended=lambda outcome, steps=steps: ends.append(steps))
    qtbot.waitUntil(lambda: ends == [3000, 20])
    qtbot.waitUntil(lambda: step(window) == 20)
    assert window.document.name == "run 20" and window.document.opening is None


def test_a_recipe_alone_is_not_written_over_by_a_run(qtbot, window, tmp_path):
    path = tmp_path / "recipe.json"
    path.write_bytes(recipe_json(SavedRun((SavedBranch("", EXPERIMENT, (), 5),), 0, 5)))
    window.open_path(path)
    qtbot.waitUntil(lambda: window.document.name == "recipe" and step(window) == 5)
    assert window.document.path is None


def test_a_diverged_run_is_saved_and_opened_without_a_change(qtbot, open_window, tmp_path, monkeypatch):
    window = open_window(starter("diverging"), "diverging")
    choose(monkeypatch, tmp_path / "mine.downhill")
    window.session.play()
    qtbot.waitUntil(lambda: window.session.progress.diverged is not None and not window.session.playing)
    press(qtbot, window, Qt.Key.Key_S, CONTROL)
    qtbot.waitUntil(lambda: not window.isWindowModified())
    window.open_path(tmp_path / "mine.downhill")
    qtbot.waitUntil(lambda: window.document.opening is None and window.session.progress.furthest > 0)
    assert not window.isWindowModified() and window.document.path == tmp_path / "mine.downhill"
