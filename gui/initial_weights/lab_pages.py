"""The pages of the lab, and the buttons that turn them."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from gui.neuron_lab.choice_row import ChoiceRow


class LabPages(QStackedWidget):
    """The pages, as high as what they stand in lets them be: plots would like to be higher than the dock is."""

    turned = Signal()

    def __init__(self, outputs: QWidget, gradients: QWidget, training: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tabs = ChoiceRow(
            self.tr("Pages of the lab"),
            (
                ("outputs", self.tr("Outputs"), self.tr("What every layer puts out before anything was learnt")),
                ("gradients", self.tr("Gradients"), self.tr("How the gradient changes on its way back")),
                ("training", self.tr("Training"), self.tr("The same network, trained from every rule")),
            ),
            small=False,
        )
        for page in (outputs, gradients, training):
            self.addWidget(page)
        self.tabs.chosen.connect(self._turn_to)

    def key(self) -> str:
        """Of the page that is shown."""
        return self.tabs.key()

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def _turn_to(self, key: str) -> None:
        self.setCurrentIndex(list(self.tabs.buttons).index(key))
        self.turned.emit()
