import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QColor, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from gui.plot import Plot
from gui.theme import DARK, LIGHT


@pytest.fixture
def plot(qtbot, switch):
    made = Plot("Loss curve", "step", "loss", x_unit="mini-batches")
    qtbot.addWidget(made)
    made.resize(400, 300)
    with qtbot.waitExposed(made):
        made.show()
    return made


def ranges(plot):
    return [tuple(axis) for axis in plot.view.viewRange()]


def place(plot, x, y):
    """The point of the viewport at (x, y) of the view."""
    return plot.mapFromScene(plot.view.mapViewToScene(QPointF(x, y)))


def hover(plot, point):
    where = QPointF(point)
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        where,
        QPointF(plot.viewport().mapToGlobal(point)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(plot.viewport(), event)


def zoom(plot, point):
    event = QWheelEvent(
        QPointF(point),
        QPointF(plot.viewport().mapToGlobal(point)),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(plot.viewport(), event)


def readout(plot):
    label = plot._readout.label
    return label.text() if label.isVisible() else ""


def test_axes_are_named_with_their_unit_and_without_prefixes(plot):
    plot.fit(0, 5e6, 0, 1e-6)
    assert "step (mini-batches)" in plot.item.getAxis("bottom").label.toPlainText()
    assert plot.item.getAxis("left").label.toPlainText().strip() == "loss"
    assert plot.accessibleName() == "Loss curve"


def test_ranges_follow_the_data_and_are_seldom_set(plot, qtbot):
    plot.fit(0, 100, 0, 1, margin=0)
    assert ranges(plot) == [(0, 100), (0, 1)]
    with qtbot.assertNotEmitted(plot.sigRangeChanged):
        plot.fit(10, 90, 0.1, 0.9)
    plot.fit(0, 101, 0, 1, margin=0)
    assert ranges(plot)[0] == pytest.approx((0, 146.45))


def test_nothing_finite_leaves_the_range(plot):
    plot.fit(0, 100, 0, 1, margin=0)
    plot.fit(0, 100, 0, np.inf)
    plot.fit(0, 100, np.nan, np.nan)
    assert ranges(plot) == [(0, 100), (0, 1)]


def test_a_view_moved_by_hand_stays_until_a_double_click(plot):
    plot.fit(0, 100, 0, 1, margin=0)
    zoom(plot, place(plot, 50, 0.5))
    moved = ranges(plot)
    assert plot.held and moved != [(0, 100), (0, 1)]
    plot.fit(0, 200, 0, 2, margin=0)
    assert ranges(plot) == moved
    QTest.mouseDClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=place(plot, 50, 0.5))
    assert not plot.held and ranges(plot) == [(0, 200), (0, 2)]


def test_the_key_a_shows_all(plot, qtbot):
    plot.fit(0, 100, 0, 1, margin=0)
    zoom(plot, place(plot, 50, 0.5))
    plot.activateWindow()
    plot.setFocus()
    qtbot.waitUntil(plot.hasFocus)
    QTest.keyClick(plot, Qt.Key.Key_A)
    assert ranges(plot) == [(0, 100), (0, 1)]


def test_a_logarithmic_axis_draws_logarithms_and_keeps_the_data(plot):
    line = plot.line("train", "#123456")
    line.draw([0, 1, 2, 3], [100, 1, 0, -1])
    plot.fit(0, 3, 1, 100, margin=0)
    plot.set_log(True)
    assert plot.log and ranges(plot)[1] == (0, 2)
    shown = line.getData()[1]
    assert shown[:2].tolist() == [2, 0] and np.isnan(shown[2:]).all()
    assert line.y.tolist() == [100, 1, 0, -1]
    later = plot.line("test", "#654321")
    later.draw([0], [10])
    assert later.getData()[1].tolist() == [1]
    plot.set_log(False)
    assert ranges(plot)[1] == (1, 100) and line.getData()[1].tolist() == [100, 1, 0, -1]


def test_a_logarithmic_axis_with_nothing_above_zero_still_has_a_range(plot):
    plot.set_log(True)
    plot.fit(0, 1, 0, 100, margin=0)
    assert ranges(plot)[1] == (-2, 2)
    plot.fit(0, 1, -1, 0, margin=0)
    assert np.isfinite(ranges(plot)).all()


def test_the_readout_says_the_values_under_the_pointer_and_goes_with_it(plot):
    plot.line("train", "#123456").draw([0, 10, 20], [3, 2, 1])
    plot.line("path", "#ff0000", along_x=False).draw([5, 1, 9], [0, 1, 2])
    plot.fit(0, 20, 0, 3)
    assert readout(plot) == ""
    hover(plot, place(plot, 11, 1.5))
    assert readout(plot) == "step 10\ntrain 2"
    hover(plot, place(plot, 19, 1.5))
    assert readout(plot) == "step 20\ntrain 1"
    hover(plot, QPoint(2, 2))
    assert readout(plot) == ""
    hover(plot, place(plot, 1, 1))
    assert readout(plot) == "step 0\ntrain 3"
    QApplication.sendEvent(plot, QEvent(QEvent.Type.Leave))
    assert readout(plot) == ""


def test_the_readout_follows_the_curves_under_a_resting_pointer(plot):
    line = plot.line("train", "#123456")
    line.draw([0, 10], [3, 2])
    plot.fit(0, 10, 0, 3)
    hover(plot, place(plot, 10, 1))
    line.draw([0, 10], [3, 0.5])
    plot.fit(0, 10, 0, 3)
    assert readout(plot) == "step 10\ntrain 0.5"


def test_the_readout_stays_inside_the_plot(plot):
    plot.line("a curve with a long name", "#123456").draw([0, 10], [0, 1])
    plot.fit(0, 10, 0, 1, margin=0)
    for x, y in ((0, 0), (10, 0), (0, 1), (10, 1), (5, 0.5)):
        hover(plot, place(plot, x * 0.98 + 0.1, y * 0.98 + 0.01))
        assert readout(plot)
        assert plot.viewport().rect().contains(plot._readout.label.geometry())


def test_a_panel_says_its_own_readout_in_the_datas_coordinates(qtbot, switch):
    class Own(Plot):
        def readout(self, x, y):
            return f"{x:.0f} and {y:.0f}"

    own = Own("Own", "x", "y")
    qtbot.addWidget(own)
    own.resize(400, 300)
    with qtbot.waitExposed(own):
        own.show()
    own.set_log(True)
    own.fit(0, 10, 1, 10_000, margin=0)
    hover(own, place(own, 5, 2))
    x, y = readout(own).split(" and ")
    assert x == "5" and abs(int(y) - 100) < 5


def test_a_plot_without_curves_says_where_the_pointer_is(plot):
    plot.fit(0, 10, 0, 10, margin=0)
    hover(plot, place(plot, 5, 5))
    assert readout(plot).startswith("step ") and "\nloss " in readout(plot)


def test_a_right_click_opens_the_menu_of_this_plot(plot, qtbot):
    own = QAction("Follow the best", plot)
    plot.addAction(own)
    QTest.mouseClick(plot.viewport(), Qt.MouseButton.RightButton, pos=QPoint(200, 150))
    menu = plot.findChild(QMenu)
    assert [action.text() for action in menu.actions()] == [
        "View all",
        "Logarithmic axis",
        "Export...",
        "Follow the best",
    ]
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert plot.log
    qtbot.waitUntil(lambda: plot.findChild(QMenu) is None)


def test_the_theme_dresses_the_plot(plot, switch):
    line = plot.line("train", "#8455e8")
    pale = plot.line("batch", "#8455e8", pale=True)

    def background():
        return QColor(plot.grab().toImage().pixel(2, 2)).name()

    assert background() == LIGHT.panel
    light = pale.opts["pen"].color()
    switch.choose("dark")
    assert background() == DARK.panel
    assert pale.opts["pen"].color() != light and line.opts["pen"].color().name() == "#8455e8"
    thin = line.opts["pen"].widthF()
    switch.set_projector(True)
    assert line.opts["pen"].widthF() > thin


def test_pens_are_opaque_and_thin_while_the_picture_runs(plot):
    line, pale = plot.line("train", "#8455e8"), plot.line("batch", "#8455e8", pale=True)
    assert line.opts["pen"].widthF() == LIGHT.line_width
    plot.set_animating(True)
    for each in (line, pale):
        assert each.opts["pen"].widthF() == 1 and each.opts["pen"].color().alpha() == 255
    plot.set_animating(False)
    assert line.opts["pen"].widthF() == LIGHT.line_width


def test_only_short_curves_are_smoothed(plot):
    line = plot.line("train", "#8455e8")
    line.draw(np.arange(10), np.arange(10))
    assert line.opts["antialias"]
    line.draw(np.arange(10_000), np.arange(10_000))
    assert not line.opts["antialias"]


def test_the_legend_names_the_curves_and_folds_in_a_narrow_plot(plot, qtbot):
    for name in ("train <1>", "validation", "test"):
        plot.line(name, "#8455e8")
    legend = plot._legend
    assert legend._text.toPlainText().replace("\xa0", " ").split() == [
        "━",
        "train",
        "<1>",
        "━",
        "validation",
        "━",
        "test",
    ]
    wide = legend.maximumHeight()
    plot.resize(150, 300)
    qtbot.waitUntil(lambda: legend.maximumHeight() > wide)
    plot.clear_lines()
    assert legend._text.toPlainText() == "" and plot.lines == []


def test_rows_of_the_table_behind_the_picture(plot):
    plot.line("train", "#8455e8").draw([0, 1], [0.5, 0.25])
    plot.line("test", "#e0457b").draw([1], [0.75])
    header, rows = plot.export_rows()
    assert header == ("curve", "step", "loss")
    assert list(rows) == [("train", 0, 0.5), ("train", 1, 0.25), ("test", 1, 0.75)]


def test_a_closed_plot_survives_a_change_of_theme(switch, qtbot):
    plot = Plot("Gone", "x", "y")
    plot.show()
    plot.close()
    switch.choose("dark")
    plot.deleteLater()
