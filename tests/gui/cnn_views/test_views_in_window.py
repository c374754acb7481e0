"""The convolution panel in the window: how it is come to, and whose keys are whose."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from model.starters import starter


def test_a_starter_with_filters_opens_at_its_views(open_window):
    window = open_window(starter("cnn-digits"), "cnn-digits")
    window.complete()
    panel = window.docks["cnn"].widget()
    assert panel.is_seen() and panel.tabs.key() == "filters"
    assert window.size().width() == 1280 and window.size().height() == 800


def test_the_offered_starter_is_opened(qtbot, open_window):
    window = open_window(starter("digits"), "digits")
    window.docks["cnn"].raise_()
    window.complete()
    panel = window.docks["cnn"].widget()
    qtbot.waitUntil(panel.refusal.button.isVisible)
    qtbot.mouseClick(panel.refusal.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.document.starter == "cnn-digits")
    qtbot.waitUntil(panel.follows)
    assert panel.page("filters").isVisible()


def test_a_cell_of_the_confusion_matrix_brings_its_images(qtbot, open_window):
    window = open_window(starter("digits"), "digits")
    window.complete()
    panel = window.docks["cnn"].widget()
    matrix = window.docks["output"].widget().view.matrix
    qtbot.waitUntil(lambda: matrix._counts.sum() > 0)
    right, predicted = next((r, p) for r in range(10) for p in range(10) if r != p and matrix._counts[r, p])
    cells = matrix.cells()
    place = cells.topLeft()
    place.setX(place.x() + (predicted + 0.5) * cells.width() / 10)
    place.setY(place.y() + (right + 0.5) * cells.height() / 10)
    qtbot.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=place.toPoint())
    qtbot.waitUntil(panel.is_seen)
    page = panel.page("mistakes")
    assert (page.right.currentData(), page.predicted.currentData()) == (right, predicted)
    qtbot.waitUntil(lambda: len(page.gallery.shown) == matrix._counts[right, predicted])


def test_on_the_sheet_space_sets_the_pen_and_does_not_run(qtbot, open_window):
    window = open_window(starter("cnn-digits"), "cnn-digits")
    window.complete()
    panel = window.docks["cnn"].widget()
    panel.turn_to("draw")
    canvas = panel.page("draw").canvas
    canvas.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is canvas)
    qtbot.keyClick(canvas, Qt.Key.Key_Space)
    qtbot.keyClick(canvas, Qt.Key.Key_Left)
    assert not canvas.empty and not window.session.playing
    qtbot.waitUntil(lambda: panel.page("draw").sentence.text().startswith("The network reads"))


def test_nothing_ticks_when_nothing_happens(qtbot, open_window):
    window = open_window(starter("cnn-digits"), "cnn-digits", complete=False)
    for page in ("filters", "maps", "draw", "mistakes"):
        window.docks["cnn"].widget().turn_to(page)
        qtbot.waitUntil(lambda: not window.clock.running)


def test_no_page_makes_the_window_grow_and_every_refusal_can_be_read(qtbot, open_window, switch):
    window = open_window(starter("digits"), "digits")
    window.docks["cnn"].raise_()
    window.complete()
    panel = window.docks["cnn"].widget()
    for projector in (False, True):
        switch.set_projector(projector)
        for page in ("filters", "maps", "draw", "mistakes"):
            panel.turn_to(page)
            qtbot.waitUntil(lambda: not window.clock.running)
            assert (window.width(), window.height()) == (1280, 800)
        panel.turn_to("maps")
        label = panel.refusal.sentence
        qtbot.waitUntil(lambda label=label: label.height() >= label.heightForWidth(label.width()) > 20)
        assert panel.refusal.rect().contains(label.geometry())
        assert panel.refusal.rect().contains(panel.refusal.button.geometry())
