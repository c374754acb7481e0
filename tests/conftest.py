"""What every test may rely on: no display is needed, the settings are the test's own, and nothing is left behind."""

import gc
import os
import sys
import tempfile
import threading
import weakref
from collections.abc import Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Child processes read their settings here, too.
os.environ["XDG_CONFIG_HOME"] = tempfile.mkdtemp(prefix="downhill-test-settings-")
os.environ["XDG_DATA_HOME"] = tempfile.mkdtemp(prefix="downhill-test-data-")

import hypothesis
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings, QThread, QTimer
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

import model  # noqa: F401  first, since it limits BLAS to the one thread that keeps the bits the same

# A busy machine is no failure.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")

QSettings.setDefaultFormat(QSettings.Format.IniFormat)
QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, os.environ["XDG_CONFIG_HOME"])


# What the platform without a screen cannot do, and what Qt's tests say of a press that passes through a plot's scene:
# neither is the application's fault.
HARMLESS = ("This plugin does not support", 'Mouse event ".*" not accepted by receiving widget')


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore(*HARMLESS, extend=True))


@pytest.fixture(autouse=True)
def nothing_left_behind(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fails a test that leaves a running thread, a running timer or a top-level widget to the tests after it.

    A QThread still running when its object goes aborts the interpreter, and a timer fires into another test. Qt keeps
    no list of either, so their `start` is watched.
    """
    threads_before = set(threading.enumerate())
    widgets_before = set(_top_levels())
    interval_before = sys.getswitchinterval()
    started: list[weakref.ref] = []
    for kind in (QThread, QTimer):
        monkeypatch.setattr(kind, "start", _watched(kind.start, started))
    yield
    _delete_what_is_due()
    left = [f"thread {thread.name}" for thread in threading.enumerate() if thread not in threads_before]
    for reference in started:
        each = reference()
        if each is not None and isValid(each) and (each.isRunning() if isinstance(each, QThread) else each.isActive()):
            left.append(f"{type(each).__name__} {each.objectName()} still running")
    if sys.getswitchinterval() != interval_before:  # a window that was shown and never closed
        sys.setswitchinterval(interval_before)
        left.append("the interpreter's switch interval")
    if not gc.isenabled():  # a session that was never closed
        gc.enable()
        left.append("the interpreter's search for garbage switched off")
    left += [f"widget {widget!r}" for widget in _top_levels() if widget not in widgets_before]
    assert not left, f"the test left behind: {', '.join(left)}"


def _watched(start, started):
    def watching(self, *arguments):
        # A singleShot timer is started by the class itself: no object to watch.
        if isinstance(self, (QThread, QTimer)):
            started.append(weakref.ref(self))
        return start(self, *arguments)

    return watching


def _top_levels():
    if not isinstance(QCoreApplication.instance(), QApplication):
        return []
    # A tool tip is one widget that Qt keeps for all that come.
    return [w for w in QApplication.topLevelWidgets() if w.metaObject().className() != "QTipLabel"]


def _delete_what_is_due() -> None:
    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
