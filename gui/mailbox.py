"""A letter box with one slot: the newest letter wins.

A queued signal for every step would pile up faster than the window can read. Here the writer replaces what has not
been taken, and the reader gets the newest or nothing.
"""

from collections import deque
from typing import Generic, TypeVar

T = TypeVar("T")


class Mailbox(Generic[T]):
    """One slot between two threads."""

    def __init__(self) -> None:
        self._slot: deque[T] = deque(maxlen=1)  # append and pop are atomic; a full deque drops its oldest

    @property
    def empty(self) -> bool:
        return not self._slot

    def put(self, letter: T) -> None:
        """Leave `letter` in the slot, in place of what may be there."""
        self._slot.append(letter)

    def take(self) -> T | None:
        """What is in the slot, which is empty then; None where nothing is."""
        try:
            return self._slot.pop()
        except IndexError:
            return None
