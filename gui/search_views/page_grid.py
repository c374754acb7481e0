"""The pages of the search: one behind each tab, or with enough room all of them side by side."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QToolButton, QWidget

from gui.flow_layout import FlowLayout
from gui.theme import GRID

SETTINGS, SCATTER, CURVES, IMPORTANCE, TABLE = range(5)
WIDE, HIGH = 860, 460  # px: with so much room all pages stand side by side
PLACES = {  # row, column and how many of them, in the order of the tabs
    SETTINGS: (0, 0, 2, 1),
    SCATTER: (0, 1, 1, 1),
    CURVES: (0, 2, 1, 1),
    IMPORTANCE: (1, 2, 1, 1),
    TABLE: (1, 1, 1, 1),
}


class PageGrid(QGridLayout):
    """Where the pages stand; `tab_row` holds the tabs, which are gone while all pages can be seen."""

    turned = Signal(int)  # to a page: by the person

    def __init__(self, pages: Sequence[QWidget]) -> None:
        """`pages`: in the order of the tabs."""
        super().__init__()
        self.pages = pages
        self.page = SETTINGS
        self.tabs, self.tab_row = QButtonGroup(self), FlowLayout(gap=GRID // 2)
        self.setContentsMargins(0, 0, 0, 0)
        self._make_tabs()
        for number, page in enumerate(pages):
            self.addWidget(page, *PLACES[number])

    def _make_tabs(self) -> None:
        titles = (
            (self.tr("Settings"), self.tr("What varies, and how it is searched")),
            (self.tr("Trials"), self.tr("All trials over two hyperparameters")),
            (self.tr("Curves"), self.tr("Learning curves of the best trials")),
            (self.tr("Importance"), self.tr("How much each hyperparameter matters")),
            (self.tr("Table"), self.tr("All trials with their values")),
        )
        for number, (text, tip) in enumerate(titles):
            tab = QToolButton()
            tab.setText(text)
            tab.setAccessibleName(text)
            tab.setToolTip(f"<p>{tip}</p>")
            tab.setCheckable(True)
            tab.setAutoRaise(True)
            self.tabs.addButton(tab, number)
            self.tab_row.addWidget(tab)
        self.tabs.idClicked.connect(self.turned)

    def spread(self, page: int, room: QSize) -> None:
        """Bring a page to the front; with enough `room`, px, all of them stand side by side."""
        wide = room.width() >= WIDE and room.height() >= HIGH
        self.page = page
        self.tabs.button(page).setChecked(True)
        for number, each in enumerate(self.pages):
            each.setVisible(wide or number == page)
            self.tabs.button(number).setVisible(not wide)
        row, column = PLACES[page][:2]
        for number in range(3):  # what is hidden takes no room
            self.setColumnStretch(number, 1 if wide else int(number == column))
            self.setRowStretch(number, int(number < 2 if wide else number == row))
        self.setSpacing(GRID if wide else 0)
