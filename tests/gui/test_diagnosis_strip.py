"""The strip: what a person reads there, and where a click leads. In the whole window where that takes part."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QToolTip

from gui.diagnosis_strip import DiagnosisStrip
from gui.frame_clock import FrameClock
from gui.menu_corner import put_beside_menus
from gui.picture_worker import PictureWorker
from gui.selection import Column, Unit
from gui.session import Session
from gui.text_label import TextLabel
from model.diagnosis import diagnose, evidence_of
from model.experiment import Stop
from model.pictures import Pictures
from model.starters import starter
from model.trainer import Trainer
from tests.model.diagnosis.experiments import CASES

TITLES = {"gradients": "Gradients", "loss": "Loss curve", "activation": "Activation functions", "data": "Data"}


def experiment_of(name):
    return CASES[name].experiment if name in CASES else starter(name)


@pytest.fixture
def opened(open_window):
    """opened(name) -> the whole window on the experiment of this name."""
    return lambda name: open_window(experiment_of(name), name)


@pytest.fixture
def stand(qtbot, switch) -> Iterator:
    """stand(name) -> the strip beside the menus of a window with empty docks, on the experiment of this name."""
    made = []

    def make(name):
        window = QMainWindow()
        qtbot.addWidget(window)
        window.menuBar().addMenu("File")
        docks = {panel: QDockWidget(title, window) for panel, title in TITLES.items()}
        for dock in docks.values():
            dock.setAccessibleName(dock.windowTitle())  # the whole title; the window's may be short, for a tab
            window.addDockWidget(Qt.DockWidgetArea.TopDockWidgetArea, dock)
        session, pictures = Session(experiment_of(name)), PictureWorker()
        pictures.start()
        strip = DiagnosisStrip(session, pictures, docks, lambda panel: docks[panel].show())
        put_beside_menus(window, strip, "Diagnosis")
        clock = FrameClock(session)
        made.append((clock, session, pictures))
        window.resize(1000, 300)
        with qtbot.waitExposed(window):
            window.show()
        qtbot.waitUntil(lambda: session.progress is not None and not pictures.is_pending(strip))
        return SimpleNamespace(
            whole=window, session=session, pictures=pictures, diagnosis=strip, docks=docks, clock=clock
        )

    yield make
    for clock, session, pictures in made:
        clock.stop()
        session.close()
        pictures.close()


def train(qtbot, window, steps):
    """Run to this step, and wait for its diagnosis."""
    session = window.session
    session.change("stop", stop=Stop(step=steps))
    session.play()
    qtbot.waitUntil(lambda: not session.playing and session.progress.finished)
    qtbot.waitUntil(lambda: not window.pictures.is_pending(window.diagnosis))


def test_all_is_well(qtbot, stand):
    window = stand("linear")
    strip = window.diagnosis
    assert strip.line.text() == "Nothing conspicuous"
    train(qtbot, window, 300)
    assert strip.line.text() == "Nothing conspicuous"
    assert not strip.link.isVisible() and not strip.all.isVisible()


def test_the_vanishing_starter_is_diagnosed_and_a_click_leads_to_its_panel(qtbot, opened):
    window = opened("vanishing")
    window.docks["activation"].raise_()
    train(qtbot, window, 100)
    strip = window.diagnosis
    said = strip.line.text()
    assert said.startswith("Vanishing gradients: The first layer's gradient, ")
    assert " of the last layer's, " in said
    assert strip.link.text() == "→ Gradients"
    assert strip.link.accessibleName() == "Vanishing gradients: show in Gradients"
    gradients = window.docks["gradients"].widget()
    qtbot.waitUntil(lambda: not gradients.is_seen())
    qtbot.mouseClick(strip.link, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(gradients.is_seen)
    assert window.session.selection.subject == Column(0)


def test_dead_relus_lead_to_a_dead_neuron(qtbot, opened):
    window = opened("dead ReLUs")
    train(qtbot, window, CASES["dead ReLUs"].steps)
    strip = window.diagnosis
    assert strip.line.text() == "Dead ReLUs: Hidden 2: 15 of 16 units are dead (0 for all 320 samples)."
    qtbot.mouseClick(strip.link, Qt.MouseButton.LeftButton)
    activation = window.docks["activation"].widget()
    qtbot.waitUntil(activation.is_seen)
    unit = window.session.selection.unit
    assert unit is not None and unit.stage == 1
    assert activation.layer.currentIndex() == 1
    assert dead(window, unit)


def dead(window, unit: Unit) -> bool:
    """By the definition: 0 for every training sample."""
    run, snapshot = window.session.run, window.session.progress.snapshot
    z = Pictures(run.experiment, run.parts).pre_activations(snapshot.numbers, unit.stage)
    return bool((z[:, unit.index] <= 0).all())


def test_the_list_says_what_to_do_about_each(qtbot, stand):
    window = stand("vanishing")
    train(qtbot, window, 1200)
    strip = window.diagnosis
    assert [each.kind for each in strip.findings] == ["vanishing gradients", "plateau"]
    assert strip.all.text() == "What to do (2)"
    qtbot.mouseClick(strip.all, Qt.MouseButton.LeftButton)
    popup = strip.all.popup
    assert popup.isVisible()
    texts = [label.text() for label in popup.findChildren(TextLabel) if label.isVisible()]
    assert texts[0] == "Vanishing gradients" and texts[3] == "Plateau"
    assert texts[1].startswith("The first layer's gradient, ") and "ReLU in place of sigmoid" in texts[2]
    assert texts[4].startswith("The loss has stayed at 0.69") and "learning rate or optimizer" in texts[5]
    assert [link.text() for link in strip.list.links] == ["Show in Gradients", "Show in Loss curve"]
    assert popup.focusWidget() is strip.list.links[0]
    window.docks["loss"].hide()
    qtbot.keyClick(popup.focusWidget(), Qt.Key.Key_Tab)
    assert popup.focusWidget() is strip.list.links[1]
    qtbot.keyClick(popup.focusWidget(), Qt.Key.Key_Space)
    assert not popup.isVisible() and window.docks["loss"].isVisible()


def test_the_list_opens_with_the_keyboard_and_is_written_anew(qtbot, stand):
    window = stand("plateau")
    train(qtbot, window, 1000)
    strip = window.diagnosis
    for _ in range(2):
        strip.all.setFocus()
        qtbot.keyClick(strip.all, Qt.Key.Key_Down)
        assert strip.all.popup.isVisible() and len(strip.list.links) == 1
        assert strip.all.text() == "What to do"
        qtbot.keyClick(strip.list.links[0], Qt.Key.Key_Escape)
        assert not strip.all.popup.isVisible()


def test_another_run_forgets_what_was_found(qtbot, stand):
    window = stand("vanishing")
    train(qtbot, window, 100)
    strip = window.diagnosis
    assert strip.findings
    window.session.open(starter("linear"))
    qtbot.waitUntil(lambda: strip.line.text() == "Nothing conspicuous")
    assert not strip.findings


def test_a_run_that_is_rewound_is_judged_by_the_step_that_is_shown(qtbot, stand):
    window = stand("vanishing")
    train(qtbot, window, 100)
    window.session.go_to(3)
    qtbot.waitUntil(lambda: window.diagnosis.line.text() == "Nothing conspicuous")
    window.session.go_to(100)
    qtbot.waitUntil(lambda: window.diagnosis.line.text().startswith("Vanishing gradients"))


def test_diverged(qtbot, stand):
    window = stand("diverging")
    session = window.session
    session.play()
    qtbot.waitUntil(lambda: session.progress.diverged is not None and not session.playing)
    strip = window.diagnosis
    qtbot.waitUntil(lambda: strip.line.text().startswith("Diverged: The loss became inf at step 8; the learning rate"))
    assert "Divide the learning rate" in strip.line.toolTip()


def test_data_is_judged_before_the_first_step(qtbot, stand):
    window = stand("features not scaled")
    strip = window.diagnosis
    qtbot.waitUntil(lambda: "features not scaled" in [each.kind for each in strip.findings])
    finding = next(each for each in strip.findings if each.kind == "features not scaled")
    window.docks["data"].hide()
    strip.show_place(finding)
    assert window.docks["data"].isVisible()


def test_a_panel_that_is_not_there_has_no_link(qtbot, stand, monkeypatch):
    window = stand("vanishing")
    strip = window.diagnosis
    monkeypatch.setattr(strip, "_docks", {})
    train(qtbot, window, 100)
    assert strip.line.text().startswith("Vanishing") and not strip.link.isVisible()
    strip.show_place(strip.findings[0])  # it selects the layer, and that is all
    assert window.session.selection.subject == Column(0)


class Layouts(QObject):
    """Counts how often `widget` is asked to lay out anew what it holds."""

    def __init__(self, widget):
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched, event):
        self.count += event.type() == QEvent.Type.LayoutRequest
        return False


def test_a_finding_that_comes_and_goes_lays_nothing_out(qtbot, stand):
    window = stand("linear")
    strip = window.diagnosis
    trainer = Trainer(starter("vanishing"))
    trainer.advance(1200)
    both = diagnose(evidence_of(trainer))
    assert len(both) == 2
    qtbot.waitUntil(lambda: not window.clock.running)
    inside, outside, height = Layouts(strip), Layouts(strip.parentWidget()), strip.height()
    for found in (both, (), both[1:]):
        strip._take(window.session.progress, found)
        qtbot.wait(1)
        assert strip.all.isVisible() is bool(found)
    assert inside.count > 0  # Qt asks the strip, which places its buttons itself and asks nobody
    assert outside.count == 0 and strip.height() == height


def test_it_stands_beside_the_menus_and_nothing_overlaps(qtbot, opened, switch):
    window = opened("vanishing")
    train(qtbot, window, 100)
    for projector in (False, True):
        switch.set_projector(projector)
        for width in (1000, 1280):
            window.resize(width, 800)
            check_places(qtbot, window)


def check_places(qtbot, window):
    strip, bar = window.diagnosis, window.menuBar()
    qtbot.waitUntil(lambda: strip.mapTo(window, QPoint(strip.width(), 0)).x() == window.width())
    right_of_menus = max(bar.actionGeometry(each).right() for each in bar.actions())
    left = strip.mapTo(window, QPoint(0, 0)).x()
    assert right_of_menus < left and window.height() == 800
    assert strip.height() == max(bar.actionGeometry(each).height() for each in bar.actions())
    line, link, what = strip.line.geometry(), strip.link.geometry(), strip.all.geometry()
    assert line.width() > 0 and line.right() < link.left() and link.right() < what.left()
    assert what.right() < strip.width()
    for button in (strip.link, strip.all):
        assert button.width() >= button.fontMetrics().horizontalAdvance(button.text())
        assert button.height() >= button.fontMetrics().height()


def test_the_whole_sentence_is_in_the_tool_tip(qtbot, stand):
    window = stand("vanishing")
    train(qtbot, window, 100)
    tip = window.diagnosis.line.toolTip()
    assert "Vanishing gradients" in tip and "of the last layer" in tip and "batch normalization" in tip
    QToolTip.hideText()


def test_while_it_learns_it_is_diagnosed_a_few_times_a_second(qtbot, opened):
    window = opened("spiral")
    asked, ticks = [], []
    request = window.pictures.request
    window.pictures.request = lambda key, compute, deliver: (
        asked.append(window.session.playing) if key is window.diagnosis else None,
        request(key, compute, deliver),
    )
    window.clock.ticked.connect(lambda: ticks.append(window.session.playing))
    train(qtbot, window, 1500)
    del window.pictures.request
    assert 1 <= sum(asked) * 4 < len(ticks) + 8  # far from once a frame
    assert asked[-1] is False  # and once more where it stands
