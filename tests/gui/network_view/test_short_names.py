"""Names of inputs in too little room: what a person can still tell apart."""

import pytest
from PySide6.QtGui import QFontMetrics

from gui.network_view.short_names import short_names
from gui.theme import current_theme, font


@pytest.mark.parametrize(
    "names",
    [
        ("bill_length_mm", "bill_depth_mm"),
        ("household_income_2019", "household_income_2020"),
        ("x", "sepal length (cm)"),
    ],
)
def test_different_names_stay_different_and_fit(qapp, names):
    metrics = QFontMetrics(font(current_theme().small))
    room = metrics.horizontalAdvance("bill_length")
    short = short_names(names, metrics, room)
    assert len(set(short)) == len(names)
    assert all(metrics.horizontalAdvance(name) <= room for name in short)


def test_names_with_room_are_left_alone(qapp):
    metrics = QFontMetrics(font(current_theme().small))
    assert short_names(["mass", "width"], metrics, 500) == ["mass", "width"]
