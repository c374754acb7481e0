"""Pages of the lab on the screen, and a hand that drags."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage

from gui.neuron_lab.handle import Handle
from gui.neuron_lab.lab_page import LabPage
from gui.neuron_lab.plane import Plane
from gui.theme import current_theme


@pytest.fixture
def show_page(qtbot, switch) -> Callable[..., LabPage]:
    """show_page(kind) -> the page, as large as the dock at 1280x800 has room for."""

    def shown(kind, size=(700, 390)):
        page = kind()
        qtbot.addWidget(page)
        page.resize(*size)
        with qtbot.waitExposed(page):
            page.show()
        return page

    return shown


@pytest.fixture
def drag(qtbot) -> Callable[[Handle, tuple[float, float]], None]:
    """drag(handle, point): press the handle, move the pointer in two steps to the point of the plane, let go."""

    def dragged(handle: Handle, point: tuple[float, float]) -> None:
        plane = handle.parent()
        middle = handle.rect().center()
        qtbot.mousePress(handle, Qt.MouseButton.LeftButton, pos=middle)
        start, end = QPointF(handle.geometry().center()), plane.view.place_of(point)
        for share in (0.5, 1.0):
            place = start + (end - start) * share
            qtbot.mouseMove(handle, handle.mapFrom(plane, place.toPoint()))
        qtbot.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=handle.rect().center())

    return dragged


@pytest.fixture
def color_at() -> Callable[[Plane, tuple[float, float]], QColor]:
    """color_at(plane, point) -> what is painted there."""

    def color(plane: Plane, point: tuple[float, float]) -> QColor:
        place = plane.view.place_of(point).toPoint()
        return QColor(picture_of(plane).pixel(place))

    return color


@pytest.fixture
def is_line_at() -> Callable[..., bool]:
    """is_line_at(plane, point, color): whether it, or a pixel beside it, has about this colour (the lines' own)."""

    def is_line(plane: Plane, point: tuple[float, float], color: str = "") -> bool:
        place, picture = plane.view.place_of(point).toPoint(), picture_of(plane)
        around = [QPoint(place.x() + dx, place.y() + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
        wanted = QColor(color or current_theme().text).getRgb()[:3]
        colors = [QColor(picture.pixel(each)).getRgb()[:3] for each in around]
        # Smoothed, a slanted line has few pixels of its own colour alone.
        return any(max(abs(a - b) for a, b in zip(each, wanted, strict=True)) < 40 for each in colors)

    return is_line


def picture_of(plane: Plane) -> QImage:
    return plane.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
