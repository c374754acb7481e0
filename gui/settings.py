"""What the window remembers from one start to the next. Every key is declared here, once, with its type and default."""

import json
import sys

from PySide6.QtCore import QByteArray, QSettings

ORGANISATION = "Downhill"
APPLICATION = "Downhill"

RECENT_LENGTH = 10


class Settings:
    """Typed access to the stored settings; a missing or damaged entry reads as its default.

    Opening one is cheap and all of them see the same values, so nobody has to hand one around.
    """

    def __init__(self) -> None:
        # The default format, not the native one that QSettings(organisation, application) would take: the tests
        # redirect it to a folder of their own.
        self._store = QSettings(QSettings.defaultFormat(), QSettings.Scope.UserScope, ORGANISATION, APPLICATION)

    @property
    def geometry(self) -> QByteArray:
        """QMainWindow.saveGeometry(), empty before the first start."""
        return self._bytes("window/geometry")

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._store.setValue("window/geometry", value)

    @property
    def docks(self) -> QByteArray:
        """QMainWindow.saveState(), empty before the first start."""
        return self._bytes("window/docks")

    @docks.setter
    def docks(self, value: QByteArray) -> None:
        self._store.setValue("window/docks", value)

    @property
    def theme(self) -> str:
        """ "system", "light" or "dark"."""
        name = self._text("theme/name", "system")
        return name if name in ("system", "light", "dark") else "system"

    @theme.setter
    def theme(self, value: str) -> None:
        self._store.setValue("theme/name", value)

    @property
    def projector(self) -> bool:
        return self._flag("theme/projector", False)

    @projector.setter
    def projector(self, value: bool) -> None:
        self._store.setValue("theme/projector", value)

    @property
    def reduced_motion(self) -> bool:
        return self._flag("motion/reduced", False)

    @reduced_motion.setter
    def reduced_motion(self, value: bool) -> None:
        self._store.setValue("motion/reduced", value)

    @property
    def show_start_page(self) -> bool:
        return self._flag("start/show", True)

    @show_start_page.setter
    def show_start_page(self, value: bool) -> None:
        self._store.setValue("start/show", value)

    @property
    def recent(self) -> list[str]:
        """Paths of the files opened or saved last, the newest first."""
        value = self._store.value("files/recent", [])
        entries = [value] if isinstance(value, str) else value  # the ini format reads a list of one as a string
        return [entry for entry in entries if isinstance(entry, str) and entry] if isinstance(entries, list) else []

    def add_recent(self, path: str) -> None:
        self._store.setValue("files/recent", [path, *(p for p in self.recent if p != path)][:RECENT_LENGTH])

    def forget_recent(self, paths: list[str]) -> None:
        """Take these out of the list."""
        self._store.setValue("files/recent", [each for each in self.recent if each not in paths])

    @property
    def export_folder(self) -> str:
        """Where the last picture or table went; empty before the first export."""
        return self._text("files/export", "")

    @export_folder.setter
    def export_folder(self, value: str) -> None:
        self._store.setValue("files/export", value)

    @property
    def expression(self) -> str:
        """The one shown last as a computational graph; empty before the first."""
        return self._text("graph/expression", "")

    @expression.setter
    def expression(self, value: str) -> None:
        self._store.setValue("graph/expression", value)

    @property
    def expression_values(self) -> dict[str, float]:
        """The values of its variables, by name."""
        try:
            read = json.loads(self._text("graph/values", "{}"))
        except ValueError:
            return {}
        pairs = read.items() if isinstance(read, dict) else ()
        largest = sys.float_info.max
        return {name: float(each) for name, each in pairs if isinstance(each, int | float) and abs(each) <= largest}

    @expression_values.setter
    def expression_values(self, value: dict[str, float]) -> None:
        self._store.setValue("graph/values", json.dumps(value))

    def clear(self) -> None:
        """Forget everything."""
        self._store.clear()

    def _text(self, key: str, default: str) -> str:
        value = self._store.value(key, default)
        return value if isinstance(value, str) else default

    def _flag(self, key: str, default: bool) -> bool:
        value = self._store.value(key, default)
        return {"true": True, "false": False}.get(str(value).lower(), default)  # the ini format stores words

    def _bytes(self, key: str) -> QByteArray:
        value = self._store.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()
