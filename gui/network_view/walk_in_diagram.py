"""The walk through a training step, drawn in the diagram: it follows the session's walk, and does nothing outside."""

from PySide6.QtCore import QObject, Signal

from gui.network_view.canvas import Canvas
from gui.network_view.flow import flow_of
from gui.phase_words import phase_sentence
from gui.run import Progress
from gui.session import Session
from model.arrays import Vector


class WalkInDiagram(QObject):
    """Hands the canvas one phase after the other."""

    changed = Signal(bool)  # another phase; whether there is one

    def __init__(self, session: Session, canvas: Canvas, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._walk, self._canvas = session, session.phases, canvas
        self._knows_update = False
        self._walk.changed.connect(self._show)
        self._walk.row_changed.connect(self._show)
        self._walk.moved.connect(lambda: canvas.move_flow(self._walk.share))
        session.progressed.connect(self._follow)

    @property
    def sentence(self) -> str:
        """What happens in the phase; empty outside of a step."""
        phase, experiment, step = self._walk.phase, self._walk.experiment, self._walk.step
        if phase is None or experiment is None or step is None:
            return ""
        return phase_sentence(phase, experiment, step, self._walk.row)

    def next_sample(self) -> None:
        """The next row of the batch; after the last one, and after the whole batch, the first."""
        row = self._walk.row
        self._walk.show_row(0 if row is None else (row + 1) % max(1, self._walk.samples))

    def _show(self) -> None:
        step, canvas = self._walk.step, self._canvas
        flow = None
        if step is not None and len(step.parameters) == canvas.diagram.layout.size:
            update = self._update()
            self._knows_update = update is not None
            flow = flow_of(step, self._walk.at, self._walk.row, canvas.diagram, update)
            canvas.flow_share = self._walk.share
        canvas.show_flow(flow)
        self.changed.emit(flow is not None)

    def _follow(self, progress: Progress) -> None:
        """The update comes with the progress of the step that was really done."""
        step = self._walk.step
        if step is not None and self._walk.at == step.last and not self._knows_update:
            self._show()

    def _update(self) -> Vector | None:
        step, progress = self._walk.step, self._session.progress
        if step is None or progress is None or self._walk.at < step.last:
            return None
        return progress.snapshot.update if progress.snapshot.step == step.step + 1 else None
