"""How many steps a second are done."""

import time

MEASURED_OVER = 0.5  # s: the speed in the status bar is the mean over this long


class Speedometer:
    """Told of the step again and again, it knows the speed since a while ago."""

    def __init__(self) -> None:
        self.speed = 0.0  # steps a second
        self._at, self._step = 0.0, 0

    def start(self, step: int) -> None:
        """From here on."""
        self._at, self._step = time.perf_counter(), step

    def look(self, step: int) -> float:
        """The speed, measured anew where enough time has passed."""
        now = time.perf_counter()
        if now - self._at >= MEASURED_OVER:
            self.speed = (step - self._step) / (now - self._at)
            self._at, self._step = now, step
        return self.speed
