"""Whether things move on the screen on their way from one state to the next, or are simply there."""

from functools import cache

from PySide6.QtCore import QObject, Signal

from gui.settings import Settings


class Motion(QObject):
    """The person's choice, for whoever animates something."""

    changed = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._reduced = Settings().reduced_motion

    @property
    def reduced(self) -> bool:
        """Nothing is to be animated: what has changed is shown as it is in the end."""
        return self._reduced

    def set_reduced(self, reduced: bool) -> None:
        if reduced != self._reduced:
            Settings().reduced_motion = self._reduced = reduced
            self.changed.emit(reduced)


@cache
def motion() -> Motion:
    """The one of this application."""
    return Motion()
