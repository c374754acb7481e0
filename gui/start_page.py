"""The start page: a gallery of starter experiments over the window."""

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui.settings import Settings
from gui.starter_card import StarterCard
from gui.starter_texts import starter_text
from gui.text_label import TextLabel
from gui.theme import GRID, current_theme, theme_switch
from model.starters import STARTERS, starter

COLUMNS = 4
GAP = 2 * GRID
SIZE, PROJECTED_SIZE = QSize(1120, 712), QSize(1240, 760)


class StartPage(QDialog):
    """Not modal: the window behind it can be used. Esc closes it."""

    chosen = Signal(str)  # the name of a starter
    open_file = Signal()  # the person wants to choose a file; the page stays until one is open

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("start page")
        self.setWindowTitle(self.tr("Start"))
        self.cards: list[StarterCard] = [self._card(name) for name in STARTERS]
        self._build()
        theme_switch().changed.connect(self._arrange)
        self.resize(PROJECTED_SIZE if current_theme().projector else SIZE)

    def _card(self, name: str) -> StarterCard:
        card = StarterCard(name, starter_text(name), partial(starter, name))
        card.clicked.connect(lambda: self._choose(name))
        card.walked.connect(lambda right, down: self._walk(card, right, down))
        return card

    def _build(self) -> None:
        self._gallery = QWidget()
        grid = QGridLayout(self._gallery)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(GAP)
        for place, card in enumerate(self.cards):
            grid.addWidget(card, place // COLUMNS, place % COLUMNS)
        grid.setRowStretch(len(self.cards), 1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._gallery)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(TextLabel(self.tr("What shall the network learn?"), "title"))
        line = TextLabel(self.tr("Every experiment opens ready to run: press Space, watch, then change something."))
        line.setWordWrap(True)
        column.addWidget(line)
        column.addSpacing(GRID)
        column.addWidget(self._scroll, 1)
        column.addLayout(self._footer())

    def _footer(self) -> QHBoxLayout:
        self.show_at_start = QCheckBox(self.tr("Show this page at the start"))
        self.show_at_start.setObjectName("show at start")
        self.show_at_start.setToolTip(self.tr("The page can always be opened from the File menu."))
        self.show_at_start.clicked.connect(self._remember)
        self.file_button = QPushButton(self.tr("Open file..."))
        self.file_button.setObjectName("open file")
        self.file_button.setToolTip(self.tr("Open a run or an experiment that was saved as a file."))
        self.file_button.clicked.connect(self.open_file)
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.setObjectName("close")
        self.close_button.setToolTip(self.tr("Go on with the experiment in the window (Esc)."))
        self.close_button.clicked.connect(self.close)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.show_at_start)
        row.addStretch(1)
        for button in (self.file_button, self.close_button):
            button.setAutoDefault(False)  # Enter belongs to the card that has the focus
            row.addWidget(button)
        return row

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.show_at_start.setChecked(Settings().show_start_page)
        self.cards[0].setFocus()
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Make all cards as high as the one with the most text."""
        height, rows = self._height_within(self._scroll.width()), -(-len(self.cards) // COLUMNS)
        if rows * (height + GAP) - GAP > self._scroll.height():  # then a scroll bar takes some of the width
            height = self._height_within(self._scroll.width() - self._scroll.verticalScrollBar().sizeHint().width())
        for card in self.cards:
            card.setFixedHeight(height)

    def _height_within(self, width: int) -> int:
        room = (width - (COLUMNS - 1) * GAP) // COLUMNS
        return max(card.height_for(room) for card in self.cards)

    def _walk(self, card: StarterCard, right: int, down: int) -> None:
        place = self.cards.index(card) + right + COLUMNS * down
        if 0 <= place < len(self.cards):
            self.cards[place].setFocus()
            self._scroll.ensureWidgetVisible(self.cards[place])

    def _choose(self, name: str) -> None:
        self.close()
        self.chosen.emit(name)

    def _remember(self, shown: bool) -> None:
        Settings().show_start_page = shown
