"""The menu of the files that were opened or saved last."""

from collections.abc import Callable
from html import escape
from pathlib import Path

from PySide6.QtWidgets import QMenu, QWidget

from gui.settings import Settings

DIGITS = "1234567890"


class RecentFilesMenu(QMenu):
    """Filled when it is opened; what is no longer there is left out and forgotten."""

    def __init__(self, open_path: Callable[[Path], object], parent: QWidget) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Open &recent"))
        self.setObjectName("recent files")
        self.setToolTipsVisible(True)
        self._open = open_path
        self.aboutToShow.connect(self._fill)

    def enable(self) -> None:
        """Only a list that holds something can be opened. Called whenever the menu above opens."""
        self.menuAction().setEnabled(bool(Settings().recent))

    def _fill(self) -> None:
        self.clear()
        settings = Settings()
        settings.forget_recent([each for each in settings.recent if not Path(each).is_file()])
        for digit, each in zip(DIGITS, settings.recent, strict=False):
            path = Path(each)
            action = self.addAction(f"&{digit}  {path.name.replace('&', '&&')}")
            action.setToolTip(f"<p>{escape(str(path))}</p>")
            action.triggered.connect(lambda _=False, path=path: self._open(path))
        if settings.recent:
            self.addSeparator()
        clear = self.addAction(self.tr("&Clear list"))
        clear.setToolTip(self.tr("<p>Forget these files. They stay where they are.</p>"))
        clear.setEnabled(bool(settings.recent))
        clear.triggered.connect(lambda: Settings().forget_recent(Settings().recent))
