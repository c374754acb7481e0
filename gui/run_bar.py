"""The tool bar: run, step, start again, speed, where the run is."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QPalette
from PySide6.QtWidgets import QMenu, QToolBar, QToolButton, QWidget

from gui.actions import Actions
from gui.live_label import LiveLabel
from gui.pace import PaceSlider
from gui.run import Progress
from gui.session import Session
from gui.theme import Theme, current_theme, theme_switch


class RunBar(QToolBar):
    """Controls of the run, left to right in the order in which they are needed."""

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("run bar")  # its name in the stored layout
        self.setWindowTitle(self.tr("Run"))
        self.setMovable(False)
        self.setBackgroundRole(QPalette.ColorRole.Window)  # what its labels stand on is no button
        self.pace = PaceSlider()
        self.pace.changed.connect(session.set_pace)
        self.position = LiveLabel(small=True)
        self.position.setAccessibleName(self.tr("Position of the run"))
        tip = self.tr("An epoch is one pass over the training data. A step is one mini-batch: one update.")
        self.position.setToolTip(f"<p>{tip}</p>")
        self.run_button = self._button(actions["run"])
        self._button(actions["step"], *(actions[name] for name in ("epoch", "layer", "slow motion")))
        self._backward = actions["step back"], actions["epoch back"]
        self._backward[0].setIconText(self.tr("Back"))
        self._button(self._backward[0])
        self._button(actions["same weights"])
        self._button(actions["new weights"])
        self.addSeparator()
        self.addWidget(self.pace)
        self.addSeparator()
        self.addWidget(self.position)
        theme_switch().changed.connect(self._restyle)
        self._restyle(current_theme())
        self.show_position(None)

    def show_position(self, progress: Progress | None) -> None:
        """Say where the run is; the words keep their place while the numbers grow."""
        epoch, step = (progress.snapshot.epoch, progress.snapshot.step) if progress else (0, 0)
        self.position.setText(self._words(epoch, step))
        for action in self._backward:
            action.setEnabled(step > 0)

    def _button(self, action: QAction, *more: QAction) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(action)
        # A click must not take the keyboard: Space goes on meaning Run. Tab still gets here.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if more:
            menu = QMenu(button)
            menu.addActions([action, *more])
            button.setMenu(menu)
            button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self.addWidget(button)
        return button

    def _restyle(self, theme: Theme) -> None:
        self.run_button.setStyleSheet(
            f"QToolButton {{ color: {theme.on_accent}; background: {theme.accent}; border: none; border-radius: 4px;"
            f" padding: 4px 12px; font-weight: bold; }}"
            f"QToolButton:hover {{ border: 1px solid {theme.text}; padding: 3px 11px; }}"
            f"QToolButton:focus {{ border: 2px solid {theme.text}; padding: 2px 10px; }}"
        )
        self.position.keep_room_for(self._words(99_999, 9_999_999))
        # As wide with the one word as with the other: what stands beside it must not move when the run begins.
        self.run_button.ensurePolished()
        width = self.run_button.fontMetrics().horizontalAdvance
        around = self.run_button.sizeHint().width() - width(self.run_button.text())
        self.run_button.setMinimumWidth(around + max(width(self.tr("Run")), width(self.tr("Pause"))))

    def _words(self, epoch: int, step: int) -> str:
        return self.tr("epoch {epoch:,}\nstep {step:,}").format(epoch=epoch, step=step)
