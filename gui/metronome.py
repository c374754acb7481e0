"""When the next step may be made, at a pace that a person can watch."""

import time


class Metronome:
    """A step at a time; as fast as possible where `pace` is None."""

    def __init__(self) -> None:
        self.pace: float | None = None  # steps a second
        self._due = 0.0  # when the next step may be made

    def start(self) -> None:
        """The next step may be made now."""
        self._due = time.perf_counter()

    def set_pace(self, pace: float | None) -> None:
        """A faster pace holds at once."""
        self.pace = pace
        if pace is not None:
            self._due = min(self._due, time.perf_counter() + 1 / pace)

    @property
    def wait(self) -> float:
        """Seconds until the next step; zero or less: now."""
        return self._due - time.perf_counter()

    def tick(self) -> None:
        """A step was made. One that came late is not made up for."""
        if self.pace is not None:
            self._due = max(self._due + 1 / self.pace, time.perf_counter())
