"""What the actions of the window do inside a training step."""

from PySide6.QtWidgets import QDockWidget

from gui.pace import PaceSlider
from gui.phase_walk import PhaseWalk


class WalkActions:
    """On, back, slow motion and its speed. The diagram comes to the front on the way into a step."""

    def __init__(self, walk: PhaseWalk, pace: PaceSlider, diagram: QDockWidget) -> None:
        """`pace`: of the whole run, which is meant outside of a step."""
        self._walk, self._pace, self._diagram = walk, pace, diagram

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
            self._diagram.show()
            self._diagram.raise_()
