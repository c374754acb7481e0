"""The gallery of data sets: a picture of each, grouped by what is to be learnt from it."""

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from gui.picture_button import PictureButton
from gui.text_label import TextLabel
from gui.theme import GRID, Theme
from gui.thumbnails import dataset_image, gallery_dataset
from gui.words import words
from model.datasets import DATASETS, AnyDataset, OnHand
from model.datasets.dataset import Own, Synthetic

COLUMNS = 5
GAP = GRID // 2
SMALLEST, LARGEST = 32, 72  # px, the side of a picture


class DatasetGallery(QWidget):
    """Pictures of all data sets, as wide as there is room for. `chosen` says which kind was clicked."""

    chosen = Signal(object)  # type[OnHand]

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[type[OnHand], PictureButton] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(GAP)
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column, 1)
        self._fill()

    def show_chosen(self, dataset: AnyDataset) -> None:
        """Put the ring around the kind of `dataset`."""
        known = type(dataset) in self.buttons
        for place, (kind, button) in enumerate(self.buttons.items()):
            chosen = kind is type(dataset)
            button.setChecked(chosen)
            # Tab stops at the chosen one, arrow keys go on from there. A click leaves the keyboard where it is, so that
            # Space goes on meaning Run.
            stop = chosen or (not known and place == 0)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus if stop else Qt.FocusPolicy.NoFocus)

    def resizeEvent(self, event: QResizeEvent) -> None:
        room = (self.width() - (COLUMNS - 1) * GAP) // COLUMNS
        side = max(SMALLEST, min(LARGEST, room))
        for button in self.buttons.values():
            button.setFixedHeight(side)  # a fixed width as well would not let a dock shrink again
        super().resizeEvent(event)

    def _fill(self) -> None:
        groups = (
            (self.tr("Classification"), [k for k in DATASETS if _is(k, "classification")]),
            (self.tr("Regression"), [k for k in DATASETS if _is(k, "regression")]),
            (self.tr("Real data"), [k for k in DATASETS if not issubclass(k, Synthetic | Own)]),
            (self.tr("Own"), [k for k in DATASETS if issubclass(k, Own)]),
        )
        row, column = 0, 0  # a row of captions and a row of pictures
        for caption, kinds in groups:
            if column and column + len(kinds) > COLUMNS:
                row, column = row + 2, 0
            label = TextLabel(caption, "muted")
            self._grid.addWidget(label, row, column, 1, min(len(kinds), COLUMNS - column))
            for kind in kinds:
                if column == COLUMNS:
                    row, column = row + 1, 0
                self._grid.addWidget(self._button(kind), row + 1, column)
                column += 1

    def _button(self, kind: type[OnHand]) -> PictureButton:
        name = words(kind.label)
        button = PictureButton(partial(_picture, kind), name, self)
        button.setMinimumWidth(SMALLEST)
        button.setMaximumWidth(LARGEST)
        button.setObjectName(f"dataset {kind.__struct_config__.tag}")
        button.setAccessibleDescription(words(kind.meaning))
        button.setToolTip(f"<p><b>{name[:1].upper()}{name[1:]}</b><br>{words(kind.meaning)}</p>")
        button.clicked.connect(lambda: self.chosen.emit(kind))
        button.walked.connect(lambda steps: self._walk(button, steps))
        self.buttons[kind] = button
        return button

    def _walk(self, button: PictureButton, steps: int) -> None:
        order = list(self.buttons.values())
        order[(order.index(button) + steps) % len(order)].setFocus()


def _is(kind: type[OnHand], task: str) -> bool:
    return issubclass(kind, Synthetic) and kind.task == task


def _picture(kind: type[OnHand], size: QSize, ratio: float, theme: Theme) -> QImage:
    return dataset_image(gallery_dataset(kind, size.width()), size.width(), ratio, theme)
