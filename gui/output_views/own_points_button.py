"""The button with which a person begins to paint own points."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from gui.words import words
from model.data import IN_THE_PLANE
from model.datasets import AnyDataset, OfFile
from model.datasets.dataset import Synthetic
from model.datasets.points import MOST_POINTS, Points


class OwnPointsButton(QToolButton):
    """Own points are painted on at once; of other data a menu asks how to begin: with a copy of them, or with none."""

    began = Signal()  # paint on the points that there are
    copied = Signal()  # make own points of the data first
    emptied = Signal()  # begin with none

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._own = False
        self.setObjectName("own points")
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setText(self.tr("Own points"))
        self.setToolTip(
            self.tr(
                "<p><b>Own points.</b> Set, paint, move and erase points of any class in the plane; the network goes "
                "on learning from them. With every stroke the points are dealt out anew to training and test: for a "
                "test accuracy that counts, start again when all are set.</p>"
            )
        )
        self.menu_of_beginnings = QMenu(self)
        self.menu_of_beginnings.setToolTipsVisible(True)
        self.copy = self.menu_of_beginnings.addAction("")
        self.copy.setToolTip(self.tr("<p>A copy of them becomes the data of the experiment; undo takes it back.</p>"))
        self.copy.triggered.connect(self.copied)
        self.empty = self.menu_of_beginnings.addAction(self.tr("Begin with an empty plane"))
        self.empty.setToolTip(self.tr("<p>The data stay as they are until you set the first point.</p>"))
        self.empty.triggered.connect(self.emptied)
        self.clicked.connect(self._click)

    def show_dataset(self, dataset: AnyDataset | None) -> None:
        """Offer what goes with these data; nothing where they are not classes in a plane whose axes are alike."""
        self._own = isinstance(dataset, Points)
        of_file = isinstance(dataset, OfFile)
        if dataset is None or of_file or dataset.shape != IN_THE_PLANE or dataset.task != "classification":
            self.hide()
            return
        self.show()
        self.copy.setVisible(isinstance(dataset, Synthetic))
        if isinstance(dataset, Synthetic):
            if dataset.samples > MOST_POINTS:
                text = self.tr("Begin with the first {count:,} points of {name}")
            else:
                text = self.tr("Begin with the points of {name}")
            self.copy.setText(text.format(count=MOST_POINTS, name=words(dataset.label)))

    def _click(self) -> None:
        if self._own:
            self.began.emit()
        else:
            self.menu_of_beginnings.popup(self.mapToGlobal(QPoint(0, self.height())))
