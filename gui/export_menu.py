"""The Export menu: every plot and the diagram, each as a picture, a vector page or the table behind it."""

from PySide6.QtWidgets import QMenu, QWidget

from gui.actions import explain
from gui.export import export_dialog
from gui.export_action import KEY
from gui.panel import Panel


class ExportMenu(QMenu):
    """Made anew each time it opens: which plots a panel has depends on the experiment."""

    def __init__(self, panels: list[Panel], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("&Export"))
        self.setToolTipsVisible(True)
        self._panels = panels
        self.aboutToShow.connect(self._fill)
        self._fill()

    def _fill(self) -> None:
        self.clear()
        for panel in self._panels:
            for name, source, rows in panel.exports():
                action = self.addAction(self.tr("{plot}...").format(plot=name))
                action.setObjectName(f"export {name}")
                meaning = self.tr("Write it as a picture, a page or a table ({key} where it has the focus).")
                explain(action, meaning.format(key=KEY))
                action.triggered.connect(
                    lambda _=False, s=source, n=name, r=rows: export_dialog(self.window(), s, n, r)
                )
