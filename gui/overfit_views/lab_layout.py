"""Where everything of the overfitting lab stands: the plot beside the rows where there is room, else below them."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.neuron_lab.paragraph import Paragraph
from gui.overfit_views.lab_bar import LabBar
from gui.overfit_views.part_plot import PartPlot
from gui.overfit_views.remedy_table import RemedyTable
from gui.text_label import TextLabel
from gui.theme import GRID, current_theme, theme_switch

NARROWEST, LOWEST = 28 * GRID, 20 * GRID  # px, of the plot
HIGH = 15  # sizes of the type: the plot is at least so high that its axis has some numbers


class LabLayout(QScrollArea):
    """The bar, the rows, the words and the two plots behind tabs. It scrolls down and never sideways."""

    turned = Signal()  # to the other plot

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar, self.table = LabBar(), RemedyTable()
        self.words = Paragraph(self.tr("The gap in words"), lines=3)
        self.accuracy = PartPlot(self.tr("Training and validation accuracy"), self.tr("accuracy"), "%")
        self.loss = PartPlot(self.tr("Training and validation loss"), self.tr("loss"))
        self.tabs, self.pages = QButtonGroup(self), QStackedWidget()
        self.content = QWidget()
        self._under_rows, self._right = QVBoxLayout(), QVBoxLayout()
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight, self.content)
        self._lay_out()
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(self.content)
        self.tabs.idClicked.connect(self._turn)
        theme_switch().changed.connect(self._arrange)
        self._arrange()

    @property
    def shows_accuracy(self) -> bool:
        """Whether the plot in front is that of the accuracies."""
        return self.pages.currentWidget() is self.accuracy

    @property
    def is_beside(self) -> bool:
        """Whether the plot stands beside the rows."""
        return self._both.direction() == QBoxLayout.Direction.LeftToRight

    def offer_accuracy(self, *, classes: bool) -> None:
        """A regression has none."""
        tab = self.tabs.button(0)
        tab.setEnabled(classes)
        tab.setToolTip(
            self.tr("The share of samples whose class is found") if classes else self.tr("A regression has no classes")
        )
        if not classes:
            self.tabs.button(1).click()

    def minimumSizeHint(self) -> QSize:
        """Never narrower than its rows."""
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(self.table.minimumSizeHint().width() + 2 * GRID + bar, 20 * GRID)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        self.pages.setMinimumSize(NARROWEST, max(LOWEST, HIGH * current_theme().body))
        room = self.width() - 2 * GRID - self.verticalScrollBar().sizeHint().width()
        beside = room >= self.table.minimumSizeHint().width() + 2 * GRID + NARROWEST
        directions = QBoxLayout.Direction
        self._both.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
        (self._under_rows if beside else self._right).addWidget(self.words)  # it leaves the other

    def _turn(self, page: int) -> None:
        self.pages.setCurrentIndex(page)
        self.turned.emit()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(GRID // 2)  # all rows and sentences fit above each other in a window of 1280 x 800
        left.addWidget(self.bar)
        left.addWidget(self.table)
        left.addLayout(self._under_rows)
        left.addStretch(1)
        self._right.setSpacing(GRID // 2)
        self._right.addLayout(self._tab_row())
        self._right.addWidget(TextLabel(self.tr("dashed: training, firm: validation"), "muted"))
        self._right.addWidget(self.pages, 1)
        self.pages.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._both.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        self._both.setSpacing(2 * GRID)
        self._both.addLayout(left)
        self._both.addLayout(self._right, 1)

    def _tab_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GRID // 2)
        for page, (plot, text) in enumerate(((self.accuracy, self.tr("Accuracy")), (self.loss, self.tr("Loss")))):
            self.pages.addWidget(plot)
            tab = QToolButton()
            tab.setText(text)
            tab.setCheckable(True)
            tab.setAutoRaise(True)
            self.tabs.addButton(tab, page)
            row.addWidget(tab)
        self.tabs.button(0).setChecked(True)
        self.tabs.button(1).setToolTip(self.tr("The mean error that training makes smaller"))
        row.addStretch(1)
        return row
