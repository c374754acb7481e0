"""Where the application keeps what is no document: unsaved work and the log."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths

from gui.settings import APPLICATION, ORGANISATION


def data_folder() -> Path:
    """The folder of this application's data on this machine; it may not be there yet.

    Not the one that Windows copies to other machines: whether a process lives is known on its own machine alone.
    """
    everyone = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
    return Path(everyone) / ORGANISATION / APPLICATION
