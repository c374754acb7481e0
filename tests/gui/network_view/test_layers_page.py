"""The page of a column, opened from the diagram and clicked through."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QPushButton, QRadioButton

from gui.hyperparameter_editor import SpecForm
from gui.network_view.layers_page import LayersPage
from model.layers import (
    Affine,
    AveragePooling,
    BatchNorm,
    Convolution,
    Dropout,
    Flatten,
    Maxout,
    MaxPooling,
    ReLU,
    Tanh,
)
from model.starters import starter

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(qtbot, open_window):
    """Opens the page of a column with its button."""
    pages = []

    def opened(window, stage):
        panel = window.docks["network"].widget()
        qtbot.mouseClick(panel.findChild(QAbstractButton, f"layers {stage}"), LEFT)
        qtbot.waitUntil(lambda: panel.findChild(LayersPage) is not None)
        pages.append(panel.findChild(LayersPage))
        return pages[-1]

    yield opened


def kinds(window):
    return [type(layer) for layer in window.session.experiment.network.layers]


def toggle(page, kind, name):
    next(each for each in page.findChildren(kind, name) if each.isVisible()).click()


def form_of(page, kind):
    return next(each for each in page.findChildren(SpecForm) if each.isVisible() and isinstance(each.spec(), kind))


def test_parts_come_and_go(qtbot, open_window, page):
    window = open_window(starter("spiral"), "spiral")
    before = kinds(window)
    opened = page(window, 0)
    toggle(opened, QCheckBox, "BatchNorm")
    toggle(opened, QCheckBox, "Dropout")
    assert kinds(window)[:4] == [Affine, BatchNorm, Tanh, Dropout]
    dropout = form_of(opened, Dropout)
    dropout.edited.emit(Dropout(rate=0.25))
    assert window.session.experiment.network.layers[3].rate == 0.25
    toggle(opened, QCheckBox, "BatchNorm")
    toggle(opened, QCheckBox, "Dropout")
    assert kinds(window) == before
    opened.close()


def test_what_cannot_be_says_why(qtbot, open_window, page):
    window = open_window(starter("spiral"), "spiral")
    output = len(window.docks["network"].widget().view.canvas.diagram.stages) - 1
    opened = page(window, output)
    box = next(each for each in opened.findChildren(QCheckBox, "Dropout") if each.isVisible())
    assert not box.isEnabled() and "dropout behind the last layer" in box.accessibleDescription()
    assert not opened.findChildren(QPushButton)  # there is no image to be worked on
    opened.close()


def test_another_kind_of_layer(qtbot, open_window, page):
    window = open_window(starter("spiral"), "spiral")
    opened = page(window, 0)
    toggle(opened, QRadioButton, "Maxout")
    assert kinds(window)[0] is Maxout and kinds(window)[1] is not Tanh
    changed = form_of(opened, Maxout).spec()
    form_of(opened, Maxout).edited.emit(
        Maxout(units=changed.units, pieces=4, weights=changed.weights, name=changed.name)
    )
    assert window.session.experiment.network.layers[0].pieces == 4
    opened.close()


def test_filters_for_digits_one_click_each_and_what_does_not_fit_is_refused(qtbot, open_window, page):
    window = open_window(starter("digits"), "digits")
    toggle(page(window, 0), QPushButton, "insert MaxPooling")
    qtbot.waitUntil(lambda: window.docks["network"].widget().findChild(LayersPage) is None)
    opened = page(window, 0)
    toggle(opened, QPushButton, "insert Convolution")
    assert kinds(window)[:4] == [Convolution, ReLU, MaxPooling, Flatten]
    qtbot.waitUntil(lambda: window.docks["network"].widget().findChild(LayersPage) is None)
    opened = page(window, 1)
    toggle(opened, QRadioButton, "AveragePooling")
    assert kinds(window)[2] is AveragePooling
    form_of(opened, AveragePooling).edited.emit(AveragePooling(size=9))
    assert opened.problem.isVisible() and "does not fit" in opened.problem.text()
    assert window.session.experiment.network.layers[2].size == 2
    opened.close()
