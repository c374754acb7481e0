"""Does the animation of a step hold the frame rate, and does nothing cost anything when nothing happens?

    python tests/benchmarks/phases.py [seconds]

The whole window at 1280x800 with the spiral on 2-8-8-8-1. First at rest: the share of a processor that the process
takes. Then slow motion, phase after phase: a frame is a tick of the walk whose changes were painted. Then at rest
again, inside a step.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parent)]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["XDG_CONFIG_HOME"] = tempfile.mkdtemp(prefix="downhill-benchmark-")  # as at the first start

import numpy as np
from PySide6.QtWidgets import QApplication
from window import EXPERIMENT, wait

from gui.main_window import MainWindow
from gui.theme import theme_switch
from model.experiment_file import from_plain


def idle_share(seconds: float) -> float:
    """The share of one processor that the process takes while nobody does anything."""
    before = time.process_time()
    wait(seconds)
    return (time.process_time() - before) / seconds


def frames_of_slow_motion(window: MainWindow, seconds: float) -> tuple[list[float], int]:
    """Times between painted frames of an animation in ms, and how many phases were shown."""
    walk, canvas = window.session.phases, window.docks["network"].widget().view.canvas
    intervals: list[float] = []
    phases = 0
    last = 0.0
    paint = canvas.paintEvent

    def painted(event) -> None:
        nonlocal last
        paint(event)
        now = time.perf_counter()
        if 0 < walk.share < 1 and last:
            intervals.append(1000 * (now - last))
        last = now if walk.share < 1 else 0.0

    def count() -> None:
        nonlocal phases
        phases += 1

    canvas.paintEvent = painted
    counted = walk.changed.connect(count)
    walk.play()
    wait(seconds)
    walk.pause()
    walk.changed.disconnect(counted)
    wait(2.0)
    return intervals, phases


def main(seconds: float) -> None:
    application = QApplication(sys.argv[:1])
    theme_switch()
    window = MainWindow(from_plain(EXPERIMENT), "benchmark")
    window.resize(1280, 800)
    window.show()
    window.complete()
    wait(1.0)
    window.reset_layout()
    wait(1.0)
    print(f"at rest: {100 * idle_share(seconds / 2):.2f} % of a processor")
    intervals, phases = frames_of_slow_motion(window, seconds)
    median, slowest = np.median(intervals), np.percentile(intervals, 99)
    print(f"slow motion: {phases} phases, frame interval median {median:.1f} ms, 99th percentile {slowest:.1f} ms")
    print(f"at rest inside a step: {100 * idle_share(seconds / 2):.2f} % of a processor")
    window.close()
    application.processEvents()


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 20.0)
