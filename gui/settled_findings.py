"""Findings that do not flicker: one that hovers about its threshold comes once, and goes when it has gone for good.

While the network learns it is diagnosed a few times a second, each time on a little other evidence. A finding is shown
when it was made twice in a row, and stays until it was missed five times in a row. At rest there is no noise: there it
is shown as it is found.
"""

from model.diagnosis import Finding, Kind

COMES, GOES = 2, 5  # diagnoses in a row


class SettledFindings:
    """What is shown of one run."""

    def __init__(self) -> None:
        self.shown: tuple[Finding, ...] = ()
        self._made: dict[Kind, int] = {}  # how often in a row
        self._missed: dict[Kind, int] = {}  # of what is shown

    def clear(self) -> None:
        """Another run."""
        self.shown, self._made, self._missed = (), {}, {}

    def take(self, found: tuple[Finding, ...], *, at_rest: bool) -> tuple[Finding, ...]:
        """The newest diagnosis; returns what is to be shown, the most serious first."""
        newest: dict[Kind, Finding] = {each.kind: each for each in found}
        self._made = {kind: self._made.get(kind, 0) + 1 for kind in newest}
        if at_rest:
            self._made = dict.fromkeys(newest, COMES)
            self._missed, self.shown = {}, found
            return found
        before: dict[Kind, Finding] = {each.kind: each for each in self.shown}
        self._missed = {kind: self._missed.get(kind, 0) + 1 for kind in before if kind not in newest}
        kept = [each for kind, each in before.items() if 0 < self._missed.get(kind, 0) < GOES]
        come = [each for kind, each in newest.items() if kind in before or self._made[kind] >= COMES]
        self.shown = tuple(sorted(kept + come, key=lambda each: each.rank))
        return self.shown
