"""The pictures of the heat map's cells: made once, and for a large network not in the window's thread."""

import threading

import numpy as np
import pytest
from PySide6.QtCore import QPointF

from gui.check_views import shaded_grids
from gui.check_views.heat_colors import shade
from gui.check_views.heat_map import HeatMap
from gui.parameter_name import ParameterNames
from gui.picture_worker import PictureWorker
from gui.theme import LIGHT
from model.experiment_file import from_plain
from model.gradient_check import ArrayCheck, Comparison, GradientCheck
from model.trainer import Trainer

SMALL, LARGE = 20, 160  # neurons in each of two hidden layers


@pytest.fixture
def made(monkeypatch) -> list[int]:
    """The threads in which pictures have been made."""
    threads: list[int] = []
    shaded = shaded_grids.shaded

    def noted(*arguments):
        threads.append(threading.get_ident())
        return shaded(*arguments)

    monkeypatch.setattr(shaded_grids, "shaded", noted)
    return threads


@pytest.fixture
def show(qtbot, switch):
    """show(units) -> the map with something to show, and the comparison."""
    worker = PictureWorker()
    worker.start()

    def shown(units):
        shown_map = HeatMap(worker)
        qtbot.addWidget(shown_map)
        shown_map.resize(420, 300)
        found, names = comparison(units)
        shown_map.show_comparison(found, names)
        with qtbot.waitExposed(shown_map):
            shown_map.show()
        return shown_map, found

    yield shown
    worker.close()


def comparison(units):
    layers = [each for _ in range(2) for each in ({"type": "affine", "units": units}, {"type": "tanh"})]
    experiment = from_plain(
        {
            "format": "downhill-experiment",
            "data": {"dataset": {"type": "xor", "samples": 60}},
            "network": {"layers": [*layers, {"type": "affine", "units": 1}]},
            "loss": {"type": "sigmoid_cross_entropy"},
        }
    )
    rng = np.random.default_rng(1)
    arrays = tuple(
        ArrayCheck(
            each, *rng.normal(size=(2, *each.shape)), 10 ** rng.uniform(-9, -2, each.shape), np.zeros(each.shape, bool)
        )
        for each in Trainer(experiment).network.layout.entries
    )
    return Comparison(arrays, 1.0, 1e-9, GradientCheck()), ParameterNames(experiment)


def is_painted(shown_map, found) -> bool:
    """The first cells of the last array have their colours."""
    grid = shown_map._grids()[-2]
    place = QPointF(grid.area.left() + 0.5, grid.area.top() + 0.5).toPoint()
    seen = shaded_grids.reduced(
        shaded_grids.errors_of(found, grid), max(1, round(grid.area.height())), max(1, round(grid.area.width()))
    )
    red, green, blue, _ = shade(seen, 1e-4, LIGHT)[0, 0]
    return shown_map.grab().toImage().pixelColor(place).getRgb()[:3] == (red, green, blue)


def test_a_small_network_is_coloured_at_once_and_once(show, made):
    shown_map, found = show(SMALL)
    assert is_painted(shown_map, found)
    for index in range(5):
        shown_map.select(index)
        shown_map.grab()
    assert made == [threading.get_ident()]
    shown_map.resize(300, 300)
    shown_map.grab()
    assert len(made) == 2
    shown_map.show_comparison(found, shown_map._names)  # the same arrays may hold something else
    shown_map.grab()
    assert len(made) == 3


def test_a_large_network_is_coloured_in_the_picture_thread(show, made, qtbot):
    shown_map, found = show(LARGE)
    qtbot.waitUntil(lambda: shown_map._shaded._made is not None)
    qtbot.waitUntil(lambda: is_painted(shown_map, found))
    assert len(made) == 1 and threading.get_ident() not in made
    for index in range(5):
        shown_map.select(index)
        shown_map.grab()
    assert len(made) == 1
    before = shown_map._shaded._made[1]
    shown_map.resize(500, 330)
    grids = shown_map._grids()
    assert shown_map._shaded.of(found, grids, LIGHT, now=False) is before  # stands in
    qtbot.waitUntil(lambda: shown_map._shaded._made[1] is not before)
    assert threading.get_ident() not in made
    shown_map.grab()
    assert len(made) == 2


def test_a_file_waits_for_its_picture(show, made, qtbot):
    shown_map, found = show(LARGE)
    qtbot.waitUntil(lambda: len(made) == 1 and shown_map._shaded._made is not None)
    shown_map._shaded.forget()
    with shown_map.exporting(1):
        assert is_painted(shown_map, found)
    assert made[-1] == threading.get_ident()
