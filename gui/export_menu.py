"""The Export menu: every plot and the diagram, each as a picture, a vector page or the table behind it."""

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDockWidget, QMenu, QWidget

from gui.actions import explain
from gui.export import export_dialog
from gui.export_action import KEY
from gui.panel import Panel

SIZE = QSize(480, 320)  # px at least, of a dock that was never seen


class ExportMenu(QMenu):
    """Made anew each time it opens: which plots a panel has depends on the experiment."""

    def __init__(self, panels: list[Panel], complete: Callable[[], object], parent: QWidget | None = None) -> None:
        """`complete` makes those of the `panels` that nobody has seen yet."""
        super().__init__(parent)
        self.setTitle(self.tr("&Export"))
        self.setToolTipsVisible(True)
        self._panels = panels
        self.aboutToShow.connect(complete)
        self.aboutToShow.connect(self._fill)
        self._fill()

    def _fill(self) -> None:
        self.clear()
        for panel in self._panels:
            catch_up(panel)
            for name, source, rows in panel.exports():
                action = self.addAction(self.tr("{plot}...").format(plot=name))
                action.setObjectName(f"export {name}")
                meaning = self.tr("Write it as a picture, a page or a table ({key} where it has the focus).")
                explain(action, meaning.format(key=KEY))
                action.triggered.connect(
                    lambda _=False, s=source, n=name, r=rows: export_dialog(self.window(), s, n, r)
                )


def catch_up(panel: Panel) -> None:
    """Bring a panel up to date that nobody sees: behind a tab or closed it is neither drawn nor laid out."""
    progress = panel.session.progress
    if panel.is_seen() or progress is None:
        return
    holder = panel.parentWidget()
    if isinstance(holder, QDockWidget):
        holder.resize(holder.size().expandedTo(SIZE))
    panel.draw(progress)
    panel.grab()  # lays out what is hidden, too
