"""Can a window be opened here? Asked before Qt is, because Qt answers "no" by aborting the process.

Nothing of Qt is imported: on Linux the platform's own libraries are asked.
"""

import ctypes
import importlib.util
import os
import socket
import sys
from pathlib import Path

HEADLESS = "without a window, use: python main.py train EXPERIMENT --out DIR"


def display_problem() -> str | None:
    """Why no window can be opened, in one sentence that names the headless command; None where one can."""
    if not sys.platform.startswith(("linux", "freebsd")):
        return None
    platforms = _platforms()
    problems: list[str] = []
    for platform in platforms:
        problem = _problem_of(platform)
        if problem is None:
            return None
        problems.append(problem)
    if not problems:
        problems.append("neither DISPLAY nor WAYLAND_DISPLAY is set")
    return f"No window can be opened ({'; '.join(problems)}); {HEADLESS}"


def _platforms() -> list[str]:
    """The platforms that Qt would try, in its order: it takes the first that opens."""
    chosen = os.environ.get("QT_QPA_PLATFORM", "")
    if chosen:
        return [name.split(":")[0] for name in chosen.split(";") if name]
    found: list[str] = []
    if os.environ.get("WAYLAND_DISPLAY"):
        found.append("wayland")
    if os.environ.get("DISPLAY"):
        found.append("xcb")
    return found


def _problem_of(platform: str) -> str | None:
    if platform == "xcb":
        return _missing_library("xcb", "libxcb-cursor.so.0") or _x11_problem()
    if platform.startswith("wayland"):
        return _missing_library("wayland", "libwayland-client.so.0") or _wayland_problem()
    return None  # off-screen, or a platform that only Qt itself can judge


def _missing_library(platform: str, library: str) -> str | None:
    """What keeps Qt's plugin for `platform` from being loaded, in the loader's words: they name the missing file."""
    package = importlib.util.find_spec("PySide6")
    folders = package.submodule_search_locations if package else None
    plugins = [Path(folder) / "Qt" / "plugins" / "platforms" / f"libq{platform}.so" for folder in folders or ()]
    try:
        # `library` is the one most often missing. A PySide6 of the distribution keeps its plugins elsewhere; there
        # this first look is the only one.
        ctypes.CDLL(library)
        for plugin in plugins:
            if plugin.exists():
                ctypes.CDLL(str(plugin))
    except OSError as error:
        return f"a library that Qt needs is missing: {error}"
    return None


def _x11_problem() -> str | None:
    display = os.environ.get("DISPLAY", "")
    if not display:
        return "DISPLAY is not set"
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.POINTER(ctypes.c_int)]
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    # A connection that failed is still an object, to be asked and to be closed.
    connection = xcb.xcb_connect(None, None)
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return f"the display {display} does not answer" if failed else None


def _wayland_problem() -> str | None:
    name = os.environ.get("WAYLAND_DISPLAY") or "wayland-0"
    address = Path(os.environ.get("XDG_RUNTIME_DIR", "")) / name
    with socket.socket(socket.AF_UNIX) as connection:
        try:
            connection.connect(str(address))
        except OSError:
            return f"the Wayland display {name} does not answer"
    return None
