"""What the actions of the window do inside a training step."""

from collections.abc import Callable

from gui.pace import PaceSlider
from gui.phase_walk import PhaseWalk


class WalkActions:
    """On, back, slow motion and its speed. The diagram comes to the front on the way into a step."""

    def __init__(self, walk: PhaseWalk, pace: PaceSlider, bring_up: Callable[[], object]) -> None:
        """`pace`: of the whole run, which is meant outside of a step. `bring_up`: brings the diagram to the front."""
        self._walk, self._pace, self._bring_up = walk, pace, bring_up

    def forward(self) -> None:
        self._show_diagram()
        self._walk.forward()

    def back(self) -> None:
        self._show_diagram()
        self._walk.back()

    def toggle(self) -> None:
        """Slow motion, or no longer."""
        self._show_diagram()
        self._walk.toggle()

    def faster(self) -> None:
        if self._walk.step is not None:
            self._walk.set_speed(self._walk.speed + 1)
        else:
            self._pace.faster()

    def slower(self) -> None:
        if self._walk.step is not None:
            self._walk.set_speed(self._walk.speed - 1)
        else:
            self._pace.slower()

    def _show_diagram(self) -> None:
        if self._walk.step is None:
            self._bring_up()
