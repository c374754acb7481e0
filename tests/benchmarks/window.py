"""Does the window stay smooth, and training fast, while both run?

    python tests/benchmarks/window.py [rounds] [seconds a round] [starter]

The whole window at 1280x800 with every panel that the standard layout shows, the spiral on 2-8-8-8-1 at full speed, or
a starter experiment. A
frame is a tick of the frame clock whose changes were painted, timed when the last of them is on the screen; a panel's
picture is new when it was painted after it drew another snapshot. Rounds of the window, of headless training and of
the clock alone, in the same process, take turns.
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parent)]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["XDG_CONFIG_HOME"] = tempfile.mkdtemp(prefix="downhill-benchmark-")  # as at the first start

import numpy as np
from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from gui.main_window import MainWindow
from gui.theme import theme_switch
from model.experiment import Stop
from model.experiment_file import changed, from_plain
from model.starters import starter
from model.trainer import Trainer

TANH = {"type": "tanh"}
EXPERIMENT = {
    "data": {"dataset": {"type": "spiral", "noise": 0.2}},
    "network": {"layers": [*[{"type": "affine", "units": 8}, TANH] * 3, {"type": "affine", "units": 1}]},
    "loss": {"type": "sigmoid_cross_entropy"},
    "optimizer": {"type": "sgd", "learning_rate": 0.03},
    "evaluation": {"every": 10, "unit": "epoch"},
}


class Frames(QObject):
    """When each frame was on the screen."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self.times: list[float] = []
        self._painted = 0.0
        paint = window.event

        def event(event: QEvent) -> bool:
            answer = paint(event)
            if event.type() == QEvent.Type.UpdateRequest:
                self._painted = time.perf_counter()
            return answer

        window.event = event
        window.clock.began_tick.connect(self._end_frame)

    def _end_frame(self) -> None:
        if self._painted:
            self.times.append(self._painted)
            self._painted = 0.0


class NewPictures(QObject):
    """How often a panel was painted with another snapshot than before."""

    def __init__(self, panel) -> None:
        super().__init__()
        self.count, self._fresh = 0, False
        draw = panel.draw

        def drawing(progress) -> None:
            draw(progress)
            self._fresh = True

        panel.draw = drawing
        for widget in [panel, *panel.findChildren(QWidget)]:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._fresh and event.type() == QEvent.Type.Paint:
            self.count += 1
            self._fresh = False
        return False


def wait(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()


def headless_speed(trainer: Trainer, seconds: float) -> float:
    """Steps a second of a trainer like the one that the window uses, evaluations included."""
    start, steps = time.perf_counter(), trainer.steps
    while time.perf_counter() - start < seconds:
        trainer.advance(500, lambda: time.perf_counter() - start >= seconds)
    return (trainer.steps - steps) / (time.perf_counter() - start)


def window_round(
    window: MainWindow, frames: Frames, pictures: dict[str, NewPictures], seconds: float
) -> tuple[float, dict[str, float]]:
    """Steps a second in the window, and new pictures a second of each panel."""
    window.session.play()
    wait(0.5)  # the first frames set ranges and fill caches
    trainer = window.session.worker._timeline
    before, start = trainer.steps, time.perf_counter()
    frames.times.clear()
    for each in pictures.values():
        each.count = 0
    wait(seconds)
    passed = time.perf_counter() - start
    speed = (trainer.steps - before) / passed
    rates = {name: each.count / passed for name, each in pictures.items()}
    window.session.pause()
    wait(0.3)
    return speed, rates


def bare_ticks(window: MainWindow, seconds: float) -> list[float]:
    """The times between the ticks of the clock in ms, with nothing to paint: what this machine can do at all."""
    times: list[float] = []
    window.hide()
    ticked = window.clock.began_tick.connect(lambda: times.append(time.perf_counter()))
    window.session.play()
    wait(seconds)
    window.session.pause()
    wait(0.3)
    window.clock.began_tick.disconnect(ticked)
    window.show()
    return (1000 * np.diff(times)).tolist()


def main(rounds: int, seconds: float, name: str) -> None:
    application = QApplication(sys.argv[:1])
    theme_switch()
    experiment = changed(starter(name), stop=Stop()) if name else from_plain(EXPERIMENT)
    window = MainWindow(experiment, "benchmark")
    window.resize(1280, 800)
    window.show()
    window.complete()
    wait(1.0)
    window.reset_layout()
    wait(0.5)
    frames = Frames(window)
    pictures = {
        dock.windowTitle(): NewPictures(dock.widget()) for dock in window.docks.values() if dock.widget().is_seen()
    }
    headless = Trainer(experiment)
    headless_speed(headless, 0.5)
    in_window, alone = [], []
    shown: dict[str, list[float]] = {name: [] for name in pictures}
    intervals: list[float] = []
    bare: list[float] = []
    for _ in range(rounds):
        alone.append(headless_speed(headless, seconds))
        speed, rates = window_round(window, frames, pictures, seconds)
        in_window.append(speed)
        intervals += np.diff(frames.times).tolist()
        bare += bare_ticks(window, seconds / 2)
        for name, rate in rates.items():
            shown[name].append(rate)
    speed, floor = statistics.median(in_window), statistics.median(alone)
    intervals = [1000 * each for each in intervals]
    print(
        f"frame interval: median {np.median(intervals):.1f} ms, 99th percentile {np.percentile(intervals, 99):.1f} ms"
    )
    print(f"with nothing to paint: median {np.median(bare):.1f} ms, 99th percentile {np.percentile(bare, 99):.1f} ms")
    print(f"speed: {speed:,.0f} steps/s in the window, {floor:,.0f} headless, ratio {speed / floor:.2f}")
    for name, rates in shown.items():
        print(f"new pictures a second: {name} {statistics.median(rates):.1f}")
    window.close()
    application.processEvents()


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 5,
        float(sys.argv[2]) if len(sys.argv) > 2 else 4.0,
        *(sys.argv[3:4] or [""]),
    )
