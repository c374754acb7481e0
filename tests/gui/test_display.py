import ctypes
import socket
import sys
from pathlib import Path

import pytest

from gui import display

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks the libraries of Linux")

HEADLESS = "python main.py train EXPERIMENT --out DIR"


@pytest.fixture(autouse=True)
def bare(monkeypatch):
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def one_sentence(problem, *parts):
    assert problem is not None and "\n" not in problem
    for part in (*parts, HEADLESS):
        assert part in problem


def test_no_display_set():
    one_sentence(display.display_problem(), "neither DISPLAY nor WAYLAND_DISPLAY is set")


@pytest.mark.parametrize("platform", ["offscreen", "minimal", "offscreen:size=800x600"])
def test_platforms_that_need_no_display(bare, platform):
    bare.setenv("QT_QPA_PLATFORM", platform)
    assert display.display_problem() is None


@pytest.fixture
def any_library(monkeypatch):
    """Whatever is installed here: the display is asked."""
    monkeypatch.setattr(display, "_missing_library", lambda platform, library: None)


def test_a_display_that_does_not_answer(bare, any_library):
    free = next(n for n in range(77, 1000) if not Path(f"/tmp/.X11-unix/X{n}").exists())
    bare.setenv("DISPLAY", f":{free}")
    one_sentence(display.display_problem(), f"display :{free} does not answer")


def test_a_missing_platform_library(bare):
    load = ctypes.CDLL

    def without_cursor(name, *arguments):
        if "xcb-cursor" in name:
            raise OSError("libxcb-cursor.so.0: cannot open shared object file: No such file or directory")
        return load(name, *arguments)

    bare.setattr(ctypes, "CDLL", without_cursor)
    bare.setenv("DISPLAY", ":0")
    one_sentence(display.display_problem(), "library", "libxcb-cursor.so.0")


def test_xcb_asked_for_without_a_display(bare, any_library):
    bare.setenv("QT_QPA_PLATFORM", "xcb")
    one_sentence(display.display_problem(), "DISPLAY is not set")


def test_wayland_answers_or_not(bare, any_library, tmp_path):
    bare.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    bare.setenv("WAYLAND_DISPLAY", "wayland-5")
    one_sentence(display.display_problem(), "Wayland display wayland-5 does not answer")
    with socket.socket(socket.AF_UNIX) as compositor:
        compositor.bind(str(tmp_path / "wayland-5"))
        compositor.listen()
        assert display.display_problem() is None


def test_the_second_platform_is_taken_where_the_first_fails(bare, any_library):
    bare.setenv("WAYLAND_DISPLAY", "wayland-none")
    bare.setenv("DISPLAY", ":1")
    bare.setattr(display, "_x11_problem", lambda: None)
    assert display.display_problem() is None


def test_elsewhere_than_on_linux_there_is_always_a_window_system(bare):
    bare.setattr(sys, "platform", "darwin")
    assert display.display_problem() is None
