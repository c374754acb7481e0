"""Does the window stay smooth while a search runs beside it, and no run plays?

    python tests/benchmarks/search_window.py [seconds]

The window at 1280x800 with the search panel in front, and a search on digits on all cores. A timer asks for a turn
every 16 ms, as the frame clock does while something moves; every turn repaints the network diagram, as a hovering
pointer does. The times between the turns are compared with those before the search.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2])]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["XDG_CONFIG_HOME"] = tempfile.mkdtemp(prefix="downhill-benchmark-")  # as at the first start
os.environ["XDG_DATA_HOME"] = tempfile.mkdtemp(prefix="downhill-benchmark-")

import numpy as np
from msgspec import structs
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from gui.main_window import MainWindow
from gui.theme import theme_switch
from model.experiment_file import changed
from model.starters import starter

FRAME = 16  # ms
TRIALS = 1000  # more than it comes to meanwhile


def wait(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()


def intervals(window: MainWindow, seconds: float) -> np.ndarray:
    """The times between two turns of the window, in ms."""
    turns: list[float] = []
    timer = QTimer(window)
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: turns.append(time.perf_counter()))
    timer.timeout.connect(window.docks["network"].widget().view.canvas.update)
    timer.start(FRAME)
    wait(seconds)
    timer.stop()
    return 1000 * np.diff(turns)


def said(name: str, found: np.ndarray) -> str:
    return f"{name}: median {np.median(found):.1f} ms, 99th percentile {np.percentile(found, 99):.1f} ms"


def main(seconds: float) -> None:
    application = QApplication(sys.argv[:1])
    theme_switch()
    digits = starter("digits")
    window = MainWindow(changed(digits, data=structs.replace(digits.data, validation=0.2)), "digits")
    window.resize(1280, 800)
    window.show()
    wait(1.0)
    window.docks["search"].raise_()
    wait(0.5)
    panel = window.docks["search"].widget()
    before = intervals(window, seconds)
    panel.settings.editors["trials"].set_value(TRIALS)
    panel.search()
    wait(3.0)  # the processes have loaded what they need
    during = intervals(window, seconds)
    record = panel.record
    finished = sum(each.finished for each in record.found.trials) if record.found is not None else 0
    panel.cancel()
    print(said("at rest", before))
    print(f"{said('while a search runs', during)} ({finished} trials by then)")
    window.session.undo_stack.setClean()
    window._may_close = True
    window.close()
    application.processEvents()


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 6.0)
