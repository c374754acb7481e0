"""How soon does the window answer a pause, and how soon does it close, at full speed?

    python tests/benchmarks/pause.py [presses]

From the request to the last snapshot on the window's side, with every panel of the standard layout at 1280x800.
"""

import os
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from gui.main_window import MainWindow
from gui.theme import theme_switch
from model.starters import starter


def until(condition) -> None:
    flags = QEventLoop.ProcessEventsFlag.AllEvents | QEventLoop.ProcessEventsFlag.WaitForMoreEvents
    while not condition():
        QApplication.processEvents(flags)


def main(presses: int) -> None:
    application = QApplication([])
    theme_switch().choose("light")
    window = MainWindow(starter("spiral"), "spiral")
    window.resize(1280, 800)
    window.show()
    window.complete()
    session = window.session
    until(lambda: session.progress is not None)
    waits = []
    for press in range(presses):
        session.play()
        # Another moment of the frame each time.
        later = time.perf_counter() + 0.1 + press * 0.0037
        until(lambda later=later: time.perf_counter() > later)
        started = time.perf_counter()
        session.pause()
        until(lambda: session.progress is not None and not session.progress.playing)
        waits.append(1000 * (time.perf_counter() - started))
    print(f"pause: median {statistics.median(waits):.1f} ms, longest {max(waits):.1f} ms ({presses} presses)")
    session.play()
    later = time.perf_counter() + 0.5
    until(lambda: time.perf_counter() > later)
    started = time.perf_counter()
    window.close()
    print(f"close at full speed: {1000 * (time.perf_counter() - started):.1f} ms")
    application.processEvents()


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2] or ["30"]))
