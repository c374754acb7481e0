"""The row below the diagram: the line of the whole run, or that of one step while a person looks inside it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QToolButton, QWidget

from gui.phase_bar import PhaseBar
from gui.session import Session
from gui.theme import GRID
from gui.timeline_bar import TimelineBar


class DiagramFoot(QStackedWidget):
    """The timeline with the way into a step, and the phases with the way out of it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.timeline = TimelineBar(session)
        self.phase_bar = PhaseBar(session)
        self.look_inside = QToolButton()
        self.look_inside.setText(self.tr("Step by layer"))
        tip = self.tr("Look inside the next step: forward layer by layer, the loss, backward layer by layer (L).")
        self.look_inside.setToolTip(f"<p>{tip}</p>")
        self.look_inside.setAccessibleDescription(tip)
        self.look_inside.setAutoRaise(True)
        self.look_inside.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.look_inside.clicked.connect(session.phases.forward)
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, GRID // 2, 0)
        row.setSpacing(0)
        row.addWidget(self.timeline, 1)
        row.addWidget(self.look_inside)
        self.addWidget(page)
        self.addWidget(self.phase_bar)

    def show_walk(self, walking: bool) -> None:
        """The phases of a step, or the steps of the run."""
        self.setCurrentWidget(self.phase_bar) if walking else self.setCurrentIndex(0)
