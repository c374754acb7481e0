import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPicture

from gui.plot import Plot
from gui.plot_axis import Axis, linear_texts


@pytest.fixture
def plot(qtbot, switch):
    made = Plot("Loss", "step", "loss")
    qtbot.addWidget(made)
    made.resize(420, 200)
    with qtbot.waitExposed(made):
        made.show()
    return made


def numbers(axis: Axis) -> dict[str, QRectF]:
    """What stands on the axis, and where."""
    picture = QPicture()
    painter = QPainter(picture)
    _, _, written = axis.generateDrawSpecs(painter)
    painter.end()
    return {number: rect for rect, _, number in written}


def test_the_numbers_at_both_ends_are_written_inside(plot):
    plot.show_extent(0, 3000, 0, 1, margin=0)
    steps, losses = plot.item.getAxis("bottom"), plot.item.getAxis("left")
    assert list(numbers(steps)) == ["0", "1,000", "2,000", "3,000"]
    assert list(numbers(losses)) == ["0", "0.2", "0.4", "0.6", "0.8", "1.0"]
    for axis in (steps, losses):
        assert all(axis.boundingRect().contains(rect) for rect in numbers(axis).values())
    assert numbers(steps)["3,000"].right() == steps.boundingRect().right()
    assert numbers(losses)["1.0"].top() == losses.boundingRect().top()


def test_a_number_amid_the_axis_stands_at_its_line(plot):
    plot.show_extent(0, 3000, 0, 1, margin=0)
    axis = plot.item.getAxis("bottom")
    bounds = axis.mapRectFromParent(axis.geometry())
    assert numbers(axis)["1,000"].center().x() == pytest.approx(bounds.left() + bounds.width() / 3, abs=1e-6)


def test_two_numbers_at_every_range(plot):
    @given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6), st.floats(0, 1e6), st.floats(1e-3, 1e6))
    def check(left, width, bottom, height):
        plot.show_extent(left, left + width, bottom, bottom + height)
        for side in ("bottom", "left"):
            assert len(numbers(plot.item.getAxis(side))) >= 2

    check()


@pytest.mark.parametrize(
    ("values", "spacing", "written"),
    [
        ([0, 20_000, 40_000], 20_000, ["0", "20,000", "40,000"]),
        ([0, 0.25], 0.05, ["0", "0.25"]),
        ([100_000, 100_000.2], 0.2, ["100,000.0", "100,000.2"]),
        ([0, 1e8, 1.5e8], 5e7, ["0", "1e+08", "1.5e+08"]),
        ([0, 2e-6], 2e-6, ["0", "2e-06"]),
        ([], 1.0, []),
    ],
)
def test_numbers_are_short_and_differ(values, spacing, written):
    assert linear_texts(values, spacing) == written


def test_no_number_lies_on_another_however_narrow_the_axis(plot):
    for width in range(420, 80, -20):
        plot.resize(width, 200)
        plot.show_extent(0, 60_000, 0, 1)
        plot.grab()
        placed = list(numbers(plot.item.getAxis("bottom")).values())
        assert not any(a.intersects(b) for i, a in enumerate(placed) for b in placed[:i])
