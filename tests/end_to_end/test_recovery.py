"""The window as a process of its own that is killed in the middle of its work: the next one gives everything back."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from gui.unsaved_store import UnsavedStore
from model.starters import starter
from model.trainer import Trainer

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")

# A person at the window: `act` is called every few milliseconds and does what is seen below.
PERSON = """
import hashlib, json, sys
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from gui.application import open_window
from gui.main_window import MainWindow
application = QApplication(sys.argv[:1])
def window():
    return next((each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow)), None)
def dialog(name):
    shown = (each for each in QApplication.topLevelWidgets() if each.isVisible())
    return next((each for each in shown if each.objectName() == name), None)
def tell(**facts):
    print(json.dumps(facts), flush=True)
{act}
timer = QTimer()
timer.timeout.connect(act)
timer.start(5)
sys.exit(open_window())
"""

TRAINS = """
pressed = False
def act():
    global pressed
    page, main = dialog("start page"), window()
    if page is not None:
        QTest.mouseClick(page.cards[1], Qt.MouseButton.LeftButton)
    elif main is not None and main.session.run is not None and main.document.name == "xor" and not pressed:
        pressed = True
        main.run_bar.pace.choose(None)
        QTest.mouseClick(main.run_bar.run_button, Qt.MouseButton.LeftButton)
        tell(training=True)
"""

RESTORES = """
asked = False
def act():
    global asked
    offered, main = dialog("recovery"), window()
    if offered is not None and not asked:
        asked = True
        tell(entries=[offered.entries.item(0).text()])
        QTest.mouseClick(offered.restore_button, Qt.MouseButton.LeftButton)
    elif asked and main.document.opening is None and main.session.progress is not None:
        progress = main.session.progress
        if progress.run.number == main.session._number and progress.snapshot.step:
            parameters = hashlib.sha256(progress.snapshot.parameters.tobytes()).hexdigest()
            tell(step=progress.snapshot.step, parameters=parameters, title=main.windowTitle(),
                 modified=main.isWindowModified(), steps=progress.furthest)
            timer.stop()
"""


@contextmanager
def application(act: str, home: Path) -> Iterator[subprocess.Popen[str]]:
    """The application with folders of its own; killed at the end."""
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CONFIG_HOME": str(home / "settings"),
        "PYTHONPATH": str(ROOT),
    }
    with subprocess.Popen(
        [sys.executable, "-c", PERSON.replace("{act}", act)],
        env=environment,
        cwd=home,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            yield process
        finally:
            process.send_signal(signal.SIGKILL)


def told(process: subprocess.Popen[str]) -> dict[str, Any]:
    assert process.stdout is not None
    return json.loads(process.stdout.readline())


def left_behind(home: Path) -> list[Path]:
    return sorted((home / "data").rglob("unsaved/*.json"))


def wait_until(condition: Any) -> None:
    until = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.01)


def test_killed_at_full_speed_and_everything_comes_back(tmp_path: Path) -> None:
    with application(TRAINS, tmp_path) as process:
        assert told(process) == {"training": True}
        wait_until(lambda: left_behind(tmp_path))
        process.send_signal(signal.SIGKILL)
        process.wait()
    (kept,) = left_behind(tmp_path)
    before = kept.read_bytes()
    (left,) = UnsavedStore(kept.parent).left_behind()
    steps = left.read().run.branches[0].steps
    left.leave()
    assert steps > 100

    with application(RESTORES, tmp_path) as process:
        (entry,) = told(process)["entries"]
        assert entry.startswith(f"xor\n{steps:,} steps") and "was never saved" in entry
        back = told(process)
        wait_until(lambda: kept not in left_behind(tmp_path))  # kept anew, under this process's name
        (anew,) = left_behind(tmp_path)
        assert anew.read_bytes() == before
    trainer = Trainer(starter("xor"))
    trainer.advance(steps)
    assert back == {
        "step": steps,
        "steps": steps,
        "parameters": hashlib.sha256(trainer.network.parameters.tobytes()).hexdigest(),
        "title": "xor[*] - Downhill",
        "modified": True,
    }
