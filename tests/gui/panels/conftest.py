"""A panel on the screen, with a real session behind it and the screen's clock before it."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QWidget

from gui.frame_clock import FrameClock
from gui.panel import Panel
from gui.picture_worker import PictureWorker
from gui.plot import Plot
from gui.session import Session


@pytest.fixture
def show_panel(qtbot, switch) -> Iterator[Callable[..., Panel]]:
    """show_panel(make, experiment) -> the panel at step 0; `make(session, pictures)` makes it."""
    sessions: list[Session] = []
    workers: list[PictureWorker] = []
    clocks: list[FrameClock] = []

    def shown(make: Callable[[Session, PictureWorker], Panel], experiment, size=(430, 240)) -> Panel:
        session, pictures = Session(experiment), PictureWorker()
        sessions.append(session)
        workers.append(pictures)
        pictures.start()
        panel = make(session, pictures)
        qtbot.addWidget(panel, before_close_func=close_plots)
        panel.resize(*size)
        with qtbot.waitExposed(panel):
            panel.show()
        clock = FrameClock(session)
        clocks.append(clock)
        clock.add(panel)
        panel.clock = clock
        qtbot.waitUntil(lambda: session.progress is not None and not clock.running)
        return panel

    yield shown
    for clock in clocks:
        clock.stop()
    for session in sessions:
        session.close()
    for worker in workers:
        worker.close()


@pytest.fixture
def run_to_end(qtbot) -> Callable[[Panel], None]:
    """run_to_end(panel): train until a stop condition is met or the run diverges, and the panel shows it."""

    def run(panel: Panel) -> None:
        session = panel.session
        session.play()
        qtbot.waitUntil(lambda: session.progress is not None and session.progress.finished and not session.playing)
        qtbot.waitUntil(lambda: not panel.clock.running)  # it stops when the panel shows where the run stands

    return run


def close_plots(widget: QWidget) -> None:
    """pyqtgraph's plots have menus without a parent, which only their own `close` takes away."""
    for plot in widget.findChildren(Plot):
        plot.setParent(None)  # a closed plot cannot be laid out again
        plot.close()
        plot.deleteLater()
