"""The search panel, with a search that is told by the test; a real one is in test_search_process.py."""

import pytest
from msgspec import structs
from PySide6.QtCore import Qt

from gui.panels.search_panel import SearchPanel
from gui.search_views.page_grid import IMPORTANCE, SCATTER, SETTINGS, TABLE
from model.experiment import Experiment
from model.search.trial_record import TrialRecord
from model.search.trial_run import run_trial
from model.starters import starter
from search_engine.conductor import Figures, News

RATE, DECAY = "optimizer.learning_rate", "regularization.l2"


def experiment(validation=0.2) -> Experiment:
    xor = starter("xor")
    data = structs.replace(xor.data, dataset=structs.replace(xor.data.dataset, samples=60), validation=validation)
    return structs.replace(xor, data=data, stop=structs.replace(xor.stop, step=40))


class NoProcess:
    """Writes down what is ordered."""

    def __init__(self, panel):
        self.orders, self.panel, self.busy = [], panel, False
        self.cancelled = 0

    def begin(self, order):
        self.orders.append(order)
        self.busy = True

    def cancel(self):
        self.cancelled += 1

    def close(self):
        self.busy = False

    def end(self):
        self.busy = False
        self.panel._ended()


@pytest.fixture
def show(show_panel, tmp_path):
    def shown(made=None, size=(430, 260)) -> SearchPanel:
        panel = show_panel(SearchPanel, made or experiment(), size)
        panel.process.close()
        panel.process = NoProcess(panel)
        panel.folder = lambda: tmp_path
        return panel

    return shown


def trial(spec, place, state="complete", *, running=False):
    values = spec.values_at(place)
    if running:
        return TrialRecord(place=place, state="running", values=values, curve={2: 0.7})
    result = run_trial(spec.experiment_of(values), lambda step, loss: False)
    return TrialRecord(place=place, state=state, values=values, curve={40: result.validation_loss}, result=result)


@pytest.fixture
def searched(show, qtbot):
    """A search of three trials of which one still runs."""
    panel = show()
    type_in(qtbot, panel.settings.editors["trials"], "3")
    press(qtbot, panel.start)
    spec = panel.process.orders[-1].spec
    trials = [trial(spec, 0), trial(spec, 1), trial(spec, 2, running=True)]
    panel.hear(News(trials=trials, finished=2, wanted=3, seconds_left=42.0, importance={RATE: 0.9, DECAY: 0.1}))
    return panel


def type_in(qtbot, box, text):
    box.selectAll()
    qtbot.keyClicks(box, text)
    qtbot.keyClick(box, Qt.Key.Key_Return)


def press(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_it_promises_that_the_test_part_stays_unseen(show):
    panel = show()
    labels = [each.text() for each in panel.settings.findChildren(type(panel.settings.no_validation))]
    assert any("The test part is never seen by the search" in text for text in labels)
    assert panel.settings.isVisible() and not panel.scatter.isVisible()
    assert panel.start.text() == "Start" and not panel.measure.isVisible() and panel.exports() == []


def test_start_orders_what_is_set(show, qtbot):
    panel = show()
    type_in(qtbot, panel.settings.editors["trials"], "7")
    type_in(qtbot, panel.settings.editors["workers"], "2")
    panel.settings.space.rows["batches.size"].tick.click()
    press(qtbot, panel.start)
    (order,) = panel.process.orders
    assert (order.what, order.workers, order.spec.trials, order.spec.steps) == ("run", 2, 7, 40)
    assert [axis.path for axis in order.spec.axes] == [RATE, DECAY, "batches.size"]
    assert order.spec.experiment == panel.session.experiment
    assert panel.start.text() == "Cancel" and panel.sentence.text() == "0 of 7 · starting"
    assert panel.scatter.isVisible() and not panel.settings.isVisible()


def test_without_a_validation_part_one_button_keeps_one(show, qtbot):
    panel = show(experiment(validation=0.0))
    assert panel.settings.no_validation.isVisible() and panel.settings.keep.text() == "Keep 20 % for validation"
    press(qtbot, panel.start)
    assert panel.process.orders == [] and "keeps no sample for it" in panel.sentence.text()
    press(qtbot, panel.settings.keep)
    assert panel.session.experiment.data.validation == 0.2
    assert not panel.settings.no_validation.isVisible() and not panel.settings.keep.isVisible()
    press(qtbot, panel.start)
    assert len(panel.process.orders) == 1


def test_nothing_varies(show, qtbot):
    panel = show()
    for path in (RATE, DECAY):
        panel.settings.space.rows[path].tick.click()
    press(qtbot, panel.start)
    assert panel.process.orders == []
    assert panel.sentence.text() == "Nothing varies: choose at least one hyperparameter to search."


def test_progress_time_left_and_the_best_so_far(searched):
    best = searched.found.winner
    assert searched.sentence.text().startswith(f"2 of 3 · 42 s left · best: trial {best.place + 1}, ")
    searched.hear(News(finished=2, wanted=3, seconds_left=600.0))
    assert "10 min left" in searched.sentence.text()


def test_cancel_and_resume(qtbot, searched):
    press(qtbot, searched.start)
    assert searched.process.cancelled == 1 and searched.sentence.text() == "ending the processes"
    searched.process.end()
    assert searched.start.text() == "Resume" and searched.sentence.text().startswith("2 of 3 · best: ")
    assert [each.place for each in searched.found.trials] == [0, 1], "what ran will be run again"
    press(qtbot, searched.start)
    first, second = searched.process.orders
    assert first == second, "the same search in the same place"


def test_a_trial_that_was_opened_does_not_end_the_search(qtbot, searched):
    searched.process.end()
    searched.open_trial(1)
    assert searched.start.text() == "Resume"
    press(qtbot, searched.start)
    first, second = searched.process.orders
    assert first == second and [each.place for each in searched.found.trials] == [0, 1]


def test_another_experiment_is_another_search(qtbot, searched):
    searched.process.end()
    other = structs.replace(experiment(), batches=structs.replace(experiment().batches, seed=99))
    searched.session.start(other, "change the seed")
    assert searched.start.text() == "Start"
    press(qtbot, searched.start)
    assert searched.process.orders[-1].spec.experiment == other and searched.found.trials == []


def test_the_same_search_that_was_once_asked_for_more(searched):
    spec = searched.found.spec
    more = [trial(structs.replace(spec, trials=4), place) for place in (2, 3)]
    searched.hear(News(trials=more, finished=4, wanted=4))
    searched.process.end()
    assert searched.sentence.text().startswith("4 of 4 · best: ")


def test_all_pages_show_the_trials(qtbot, searched):
    for number, page in enumerate(searched.pages):
        press(qtbot, searched.grid.tabs.button(number))
        assert [each.isVisible() for each in searched.pages] == [each is page for each in searched.pages]
    assert len(searched.scatter.scatter.points()) == 3
    press(qtbot, searched.grid.tabs.button(TABLE))
    assert searched.table.rows.rowCount() == 3
    press(qtbot, searched.grid.tabs.button(IMPORTANCE))
    assert searched.importance.shown()[0] == ("learning rate", "90 %")
    assert [name for name, _, _ in searched.exports()] == [
        "Trials over two hyperparameters",
        "Learning curves of the best 20 trials",
        "Importance of each hyperparameter",
        "Trials",
    ]


def test_a_trial_opened_from_the_table_is_the_same_run_to_the_last_bit(qtbot, searched):
    session = searched.session
    session.play()
    qtbot.waitUntil(lambda: session.progress.finished and not session.playing)
    press(qtbot, searched.grid.tabs.button(TABLE))
    expected = searched.table.rows.rows[0]
    at = searched.table.visualRect(searched.table.rows.index(0, 0)).center()
    qtbot.mouseClick(searched.table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert f"Trial {expected.place + 1} is open" in searched.sentence.text()
    qtbot.waitUntil(lambda: session.run.experiment.optimizer.learning_rate == expected.values[RATE])
    qtbot.waitUntil(lambda: session.progress.snapshot.step == 0)  # a run of its own, although it could have gone on
    session.play()
    qtbot.waitUntil(lambda: session.progress.finished and not session.playing)
    assert session.progress.snapshot.step == expected.result.step == 40
    last = session.run.record.evaluations[-1]
    assert last.validation_loss.hex() == expected.loss.hex() and last.test_loss is not None
    assert last.validation_accuracy == expected.result.validation_accuracy
    session.undo_stack.undo()
    assert session.experiment == experiment()
    qtbot.waitUntil(lambda: session.progress.run.experiment == experiment())


def test_a_point_opens_its_trial_and_is_marked_in_the_table(qtbot, searched):
    place, point = next((each.place, at) for each, at in searched.scatter.scatter.points() if each.place == 1)
    qtbot.mouseClick(searched.scatter.scatter, Qt.MouseButton.LeftButton, pos=point.toPoint())
    assert searched.session.experiment.optimizer.learning_rate == searched.found.trial(place).values[RATE]
    press(qtbot, searched.grid.tabs.button(TABLE))
    searched._select(1)
    assert searched.table.selected() == 1


def test_the_winner_is_measured_on_the_test_part_once(qtbot, searched):
    assert not searched.measure.isVisible(), "a search runs"
    searched.process.end()
    assert searched.measure.isVisible()
    press(qtbot, searched.measure)
    assert searched.process.orders[-1].what == "measure"
    searched.hear(News(figures=Figures(place=searched.found.winner.place, loss=0.5, accuracy=0.875)))
    searched.process.end()
    assert searched.sentence.text().endswith("on the test part 87.5 %") and not searched.measure.isVisible()


def test_a_measurement_that_came_to_nothing_can_be_had_again(qtbot, searched):
    searched.process.end()
    press(qtbot, searched.measure)
    assert searched.sentence.text() == "measuring the winner on the test part"
    searched.process.end()
    assert searched.sentence.text().startswith("2 of 3 · best: ") and searched.measure.isVisible()


def test_what_the_search_refuses_is_said(searched):
    searched.hear(News(refused=("{url}: the disk is full; free some space and go on.", {"url": "here"})))
    searched.process.end()
    assert searched.sentence.text() == "here: the disk is full; free some space and go on."


def test_with_room_all_pages_stand_side_by_side(searched):
    searched.resize(1100, 700)
    assert all(page.isVisible() for page in searched.pages)
    assert not any(button.isVisible() for button in searched.grid.tabs.buttons())
    searched.resize(430, 260)
    assert [page.isVisible() for page in searched.pages] == [i == SCATTER for i in range(5)]


def test_while_a_search_runs_its_settings_stand_still(qtbot, searched):
    press(qtbot, searched.grid.tabs.button(SETTINGS))
    assert not searched.settings.editors["trials"].isEnabled()
    searched.process.end()
    assert searched.settings.editors["trials"].isEnabled()


@pytest.mark.parametrize("projector", [False, True])
def test_nothing_is_wider_than_the_dock(show, switch, projector):
    switch.set_projector(projector)
    panel = show(size=(360, 240))
    for row in panel.settings.space.rows.values():
        for child in (row.tick, row._bounds):
            assert child.geometry().right() < panel.settings.viewport().width(), row.tick.text()
    assert panel.minimumSizeHint().width() <= 360
