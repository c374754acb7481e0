"""The screen's clock, with panels that only count what they are asked to draw."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow

from gui.frame_clock import INTERVAL, FrameClock
from gui.panel import Panel
from gui.session import Session
from model.experiment_file import from_plain

EXPERIMENT = from_plain(
    {
        "format": "downhill-experiment",
        "data": {"dataset": {"type": "xor", "samples": 40}},
        "network": {"layers": [{"type": "affine", "units": 1}]},
    }
)


class EvenTime:
    """A clock by which every tick comes when it is due, however busy this machine is."""

    def __init__(self, clock):
        self._now = 100.0
        clock.began_tick.connect(self._go_on)

    def perf_counter(self):
        return self._now

    def _go_on(self):
        self._now += INTERVAL / 1000


class Counting(Panel):
    """Writes down what it is asked to draw."""

    def __init__(self, session, name=""):
        super().__init__(session)
        self.setObjectName(name)
        self.resize(50, 50)
        self.runs, self.drawn, self.ticks = [], [], []

    def begin(self, run):
        self.runs.append(run)

    def draw(self, progress):
        self.drawn.append(progress)


class Failing(Counting):
    def draw(self, progress):
        super().draw(progress)
        raise ZeroDivisionError


@pytest.fixture
def session(qtbot):
    made = Session(EXPERIMENT)
    qtbot.waitUntil(lambda: made.progress is not None)
    yield made
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def clock(session):
    made = FrameClock(session, session)
    yield made
    made.stop()


@pytest.fixture
def panel(qtbot, session, clock):
    """Makes a panel that can be seen."""

    def make(kind=Counting, seen=True):
        made = kind(session)
        qtbot.addWidget(made)
        clock.add(made)
        if seen:
            made.show()
        return made

    return make


def rests(qtbot, clock):
    qtbot.waitUntil(lambda: not clock.running)


def test_nothing_moves_when_nothing_happens(qtbot, session, clock, panel):
    one = panel()
    rests(qtbot, clock)
    assert one.runs == [session.run] and one.drawn == [session.progress]
    ticks = []
    clock.ticked.connect(lambda: ticks.append(1))
    qtbot.wait(60)
    assert not ticks and len(one.drawn) == 1


def test_a_clock_without_panels_rests(qtbot, clock, session):
    session.step()
    qtbot.waitUntil(lambda: session.progress.snapshot.step == 1)
    rests(qtbot, clock)


def test_all_visible_panels_show_the_last_progress_in_the_end(qtbot, session, clock, panel):
    panels = [panel() for _ in range(7)]
    session.play()
    qtbot.waitUntil(lambda: all(len(each.drawn) > 5 for each in panels))
    session.pause()
    rests(qtbot, clock)
    assert not session.progress.playing
    assert [each.drawn[-1] for each in panels] == [session.progress] * 7
    for each in panels:
        steps = [progress.snapshot.step for progress in each.drawn]
        assert steps == sorted(steps) and len(set(map(id, each.drawn))) == len(each.drawn)


def test_panels_are_spread_over_the_ticks(qtbot, session, clock, panel, monkeypatch):
    monkeypatch.setattr("gui.frame_clock.time", EvenTime(clock))
    panels = [panel() for _ in range(6)]
    rests(qtbot, clock)
    counts = []
    clock.ticked.connect(lambda: counts.append(sum(len(each.drawn) for each in panels)))
    session.play()
    qtbot.waitUntil(lambda: len(counts) > 25)
    session.pause()
    a_tick = [later - earlier for earlier, later in pairwise(counts)]
    assert max(a_tick) <= 2  # six panels, 20 times a second each, at 62 ticks a second: 1.9 a tick


def test_a_panel_is_drawn_at_its_own_rate(qtbot, session, clock, panel, monkeypatch):
    monkeypatch.setattr("gui.frame_clock.time", EvenTime(clock))
    fast, slow = panel(), panel()
    fast.per_second, slow.per_second = 60, 10
    ticks = []
    clock.ticked.connect(lambda: ticks.append(1))
    session.play()
    qtbot.waitUntil(lambda: len(ticks) >= 62)
    session.pause()
    assert len(slow.drawn) <= 12
    assert len(fast.drawn) >= 3 * len(slow.drawn)


def test_a_hidden_panel_is_not_drawn_and_catches_up_when_shown(qtbot, session, clock, panel):
    hidden = panel(seen=False)
    session.step()
    qtbot.waitUntil(lambda: session.progress.snapshot.step == 1)
    rests(qtbot, clock)
    assert hidden.runs == [session.run] and hidden.drawn == []
    hidden.show()
    qtbot.waitUntil(lambda: hidden.drawn == [session.progress])


def test_a_panel_behind_a_tab_is_not_drawn_and_catches_up_when_raised(qtbot, session, clock):
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(300, 200)
    docks, panels = [], []
    for name in ("front", "back"):
        dock, inside = QDockWidget(name, window), Counting(session, name)
        dock.setWidget(inside)
        dock.visibilityChanged.connect(inside.became_visible)  # as the window's docks do
        window.addDockWidget(Qt.DockWidgetArea.TopDockWidgetArea, dock)
        docks.append(dock)
        panels.append(inside)
    window.tabifyDockWidget(*docks)
    docks[0].raise_()
    window.show()
    qtbot.waitExposed(window)
    for each in panels:
        clock.add(each)
    front, back = panels
    qtbot.waitUntil(lambda: front.drawn == [session.progress])
    qtbot.waitUntil(lambda: not back.is_seen())
    drawn_behind = len(back.drawn)
    session.step()
    qtbot.waitUntil(lambda: front.drawn[-1].snapshot.step == 1)
    rests(qtbot, clock)
    assert len(back.drawn) == drawn_behind
    docks[1].raise_()
    qtbot.waitUntil(lambda: bool(back.drawn) and back.drawn[-1] is session.progress)
    rests(qtbot, clock)


def test_a_new_run_is_shown_to_every_panel_at_once(qtbot, session, clock, panel):
    seen, hidden = panel(), panel(seen=False)
    rests(qtbot, clock)
    session.new_weights()
    qtbot.waitUntil(lambda: seen.drawn[-1].run is not seen.drawn[0].run)
    assert seen.runs[-1] is hidden.runs[-1] is session.run
    assert seen.drawn[-1] is session.progress


def test_a_panel_that_fails_does_not_keep_the_others_from_being_drawn(qtbot, session, clock, panel):
    rests(qtbot, clock)
    with qtbot.captureExceptions() as errors:
        failing, fine = panel(Failing), panel()
        qtbot.waitUntil(lambda: fine.drawn == [session.progress])
        rests(qtbot, clock)
    assert len(failing.drawn) == len(errors) == 1
    assert errors[0][0] is ZeroDivisionError
