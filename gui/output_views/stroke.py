"""A stroke: what a tool does to a draft from the touch of the plane until it is lifted, or given up."""

import math
import random
from dataclasses import dataclass

from gui.output_views.draft import Draft
from gui.output_views.paint_bar import MOVE, PAINT, SET
from model.datasets.points import Point

PUFF = 0.5  # of the brush's radius: Paint leaves points each time it has gone so far

Place = tuple[float, float]


@dataclass(frozen=True)
class Touch:
    """With what the plane is touched; lengths are those of the plane."""

    tool: str
    label: int  # the class that is set
    radius: float  # of the brush
    density: int  # points a puff
    takes: float  # so near a point must lie to be taken
    reach: float  # points lie no further out


class Stroke:
    """`set_now` are the points that the last touch or move has set; `changed` says whether others are gone or moved."""

    def __init__(self, draft: Draft, touch: Touch, chance: random.Random) -> None:
        self.draft = draft
        self.carried: int | None = None  # the number of the point that Move has taken
        self.set_now: list[Point] = []
        self.changed = False
        self._touch, self._chance = touch, chance
        self._before = list(draft.points)
        self._last = (0.0, 0.0)  # where Paint has left its last puff

    def begin(self, place: Place) -> None:
        """The plane is touched at `place`."""
        self.set_now, touch = [], self._touch
        if touch.tool == SET:
            point = self.draft.add(*place, touch.label, touch.reach)
            self.set_now = [point] if point is not None else []
        elif touch.tool == PAINT:
            self._puff(place)
        elif touch.tool == MOVE:
            self.carried = self.draft.nearest(place, touch.takes)
        else:
            self._erase(place)

    def go(self, place: Place) -> None:
        """It is touched at `place` now."""
        self.set_now, self.changed = [], False
        if self._touch.tool == PAINT:
            self._paint_to(place)
        elif self.carried is not None:
            self.draft.move(self.carried, *place, self._touch.reach)
            self.changed = True
        elif self._touch.tool not in (SET, MOVE):
            self._erase(place)

    def erase(self, place: Place) -> None:
        """Take away what lies under a brush; under a tool without one, the point that is nearest."""
        if self._touch.radius:
            self._erase(place)
            return
        found = self.draft.nearest(place, self._touch.takes)
        if found is not None:
            del self.draft.points[found]

    def give_up(self) -> None:
        """As if it had never begun."""
        self.draft.points = self._before

    def outcome(self) -> int | None:
        """How many points there are more than before, negative for fewer, 0 where one was moved; None for no change."""
        return None if self.draft.points == self._before else len(self.draft.points) - len(self._before)

    def carried_at(self) -> Place | None:
        """Where the point is that was taken."""
        return self.draft.points[self.carried][:2] if self.carried is not None else None

    def _paint_to(self, place: Place) -> None:
        """A puff each time the brush has gone far enough: how fast it goes makes no difference."""
        (x, y), step = self._last, PUFF * self._touch.radius
        way = math.hypot(place[0] - x, place[1] - y)
        for number in range(1, int(way / step) + 1):
            share = number * step / way
            self._puff((x + share * (place[0] - x), y + share * (place[1] - y)))

    def _puff(self, place: Place) -> None:
        self._last, touch = place, self._touch
        self.set_now += self.draft.spray(self._chance, place, touch.radius, touch.density, touch.label, touch.reach)

    def _erase(self, place: Place) -> None:
        self.changed = bool(self.draft.erase(place, self._touch.radius))
