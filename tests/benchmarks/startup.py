"""How long until the first painted frame, against a bare window with one plot.

    python tests/benchmarks/startup.py [rounds]

Each start is a new process; the two kinds take turns.
"""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]

BARE = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow
import pyqtgraph as pg
app = QApplication(sys.argv)
window = QMainWindow()
plot = pg.PlotWidget()
plot.plot([0, 1, 2], [1, 3, 2])
window.setCentralWidget(plot)
window.resize(1280, 800)
"""

DOWNHILL = """
import sys
sys.path.insert(0, {root!r})
from PySide6.QtWidgets import QApplication
from gui.main_window import MainWindow
from gui.theme import theme_switch
from model.starters import starter
app = QApplication(sys.argv)
theme_switch()
window = MainWindow(starter("spiral"), "spiral")
"""

FIRST_FRAME = """
from PySide6.QtCore import QEvent, QObject, QTimer
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.UpdateRequest:  # handled next; the timer fires when it is painted
            QTimer.singleShot(0, done)
        return False
def done():
    import os
    print("painted", flush=True)
    os._exit(0)
watch = Watch()
window.installEventFilter(watch)
window.show()
app.exec()
"""


def seconds(code: str) -> float:
    """From starting Python to the first painted frame."""
    environment = {**os.environ}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # Python keeps what it has compiled, as it does by default
    start = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", code + FIRST_FRAME],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        cwd=ROOT,
        text=True,
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        taken = time.perf_counter() - start
        if line.strip() != "painted":
            raise RuntimeError("the window was not painted")
    return taken


if __name__ == "__main__":
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    ours = DOWNHILL.format(root=str(ROOT))
    seconds(BARE), seconds(ours)  # the first start also reads the files from the disk, and compiles them
    pairs = [(seconds(ours), seconds(BARE)) for _ in range(rounds)]
    downhill, bare = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"first painted frame: Downhill {downhill:.2f} s, bare window with one plot {bare:.2f} s, ", end="")
    print(f"ratio {downhill / bare:.2f}")
