"""Make the README's pictures: the real window after some training, light and dark; inside a step; a convolution.

python resources/screenshots/make.py
"""

import os
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# The pictures must not depend on, nor change, what the person's own window remembers.
os.environ["XDG_CONFIG_HOME"] = tempfile.mkdtemp(prefix="downhill-screenshots-")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from gui.cnn_views.tile import Spot
from gui.main_window import MainWindow
from gui.motion import motion
from gui.selection import Unit
from gui.session import Session
from gui.theme import theme_switch
from model.phases import Phase
from model.starters import starter

SIZE = (1280, 800)
STARTER, STEPS = "spiral", 4000
FILTERS_STARTER, FILTERS_STEPS = "cnn-mnist", 200
PIXEL = Spot((1, 3), 12, 13)  # of the convolution's fourth map
PHASE = Phase("backward", 2)  # of the step that is looked into: the gradient passes Hidden 2


def wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def train(session: Session, steps: int) -> None:
    """Play until `steps` steps are done."""
    session.play()
    while session.progress is None or (session.playing and session.progress.snapshot.step < steps):
        wait(16)
    session.pause()


def look_inside(window: MainWindow) -> None:
    """Walk into the next step, with the inspector at a neuron of the layer at work."""
    motion().set_reduced(True)
    walk = window.session.phases
    walk.forward()
    while walk.step is None:
        wait(16)
    walk.go(walk.step.phases.index(PHASE))
    window.docks["inspector"].raise_()
    window.session.selection.select(Unit(1, 2))
    wait(1500)


def look_at_filters() -> MainWindow:
    """A window on what a convolution makes of a digit, the sum of one output taken apart."""
    window = MainWindow(starter(FILTERS_STARTER), FILTERS_STARTER)
    window.resize(*SIZE)
    window.show()
    wait(500)
    train(window.session, FILTERS_STEPS)
    window.docks["cnn"].raise_()
    wait(300)
    panel = window.docks["cnn"].widget()
    panel.turn_to("maps")
    wait(1000)
    panel.page("maps").maps.point_at(PIXEL)
    wait(1000)
    return window


def take(window: MainWindow, name: str) -> None:
    path = HERE / name
    if not window.grab().save(str(path)):
        sys.exit(f"{path} could not be written")
    print(path)


if __name__ == "__main__":
    application = QApplication(sys.argv[:1])
    theme_switch()
    window = MainWindow(starter(STARTER), STARTER)
    window.resize(*SIZE)
    window.show()
    window.complete()
    wait(500)
    train(window.session, STEPS)
    for theme in ("dark", "light"):
        theme_switch().choose(theme)
        wait(800)
        take(window, f"window-{theme}.png")
    look_inside(window)
    take(window, "step-light.png")
    window.close()
    window = look_at_filters()
    take(window, "convolution-light.png")
    window.close()
