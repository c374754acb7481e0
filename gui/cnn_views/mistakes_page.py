"""The misclassified images of a part of the data, the most confident mistake first."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from gui.cnn_views.cnn_page import CnnPage
from gui.cnn_views.mistake_gallery import MistakeGallery
from gui.cnn_views.run_images import RunImages
from gui.flow_layout import FlowLayout
from gui.live_label import LiveLabel
from gui.output_views.marks import part_name
from gui.panel import Export
from gui.run import Progress
from gui.selection import Confused
from gui.text_label import TextLabel
from gui.theme import GRID, Theme, current_theme, font, theme_switch
from model.arrays import Vector
from model.mistakes import MOST_MISTAKES, Mistakes, mistakes

MOST_SAMPLES = 2000  # of a part that are looked at
ANY = -1


@dataclass(frozen=True, eq=False)
class Found:
    """What was looked for and found."""

    asked: tuple[object, ...]
    mistakes: Mistakes
    wrong: int  # of all classes


class MistakesPage(CnnPage):
    """Which part, which classes, and the gallery."""

    sample_chosen = Signal(str, int)  # part, place: to be looked at in the feature maps
    maps_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._images: RunImages | None = None
        self._asked: tuple[object, ...] = ()
        self._found: Found | None = None
        self.part, self.right, self.predicted = QComboBox(), QComboBox(), QComboBox()
        self.gallery, self.count = MistakeGallery(), LiveLabel()
        self.detail, self.maps = LiveLabel(small=True, wrap_lines=2), QToolButton()
        self._build()
        for each in (self.part, self.right, self.predicted):
            each.currentIndexChanged.connect(self._choose)
        self.gallery.selected.connect(self._select)
        self.gallery.opened.connect(lambda _: self.maps_wanted.emit())
        self.maps.clicked.connect(self.maps_wanted)
        theme_switch().changed.connect(self._restyle)
        self._restyle(current_theme())

    def begin(self, images: RunImages) -> None:
        same = self._images is not None and self._images.names == images.names
        part, self._images = self.part.currentData(), images
        self._block(True)
        self.part.clear()
        for name, size in images.sizes().items():
            self.part.addItem(self.tr("{part}: {size:,}").format(part=part_name(name), size=size), name)
        self.part.setCurrentIndex(max(0, self.part.findData(part)))
        if not same:
            for box, text in ((self.right, self.tr("right: any")), (self.predicted, self.tr("predicted: any"))):
                box.clear()
                box.addItem(text, ANY)
            for i, name in enumerate(images.names):
                self.right.addItem(self.tr("right: {name}").format(name=name), i)
                self.predicted.addItem(self.tr("predicted: {name}").format(name=name), i)
        self._block(False)
        self._forget()
        self.maps.setVisible(bool(images.convolutions))

    def show_cell(self, wanted: Confused) -> None:
        """The images of one right class that were taken for another one, of one part of the data."""
        self._block(True)
        chosen = ((self.part, wanted.part), (self.right, wanted.right), (self.predicted, wanted.predicted))
        for box, value in chosen:
            box.setCurrentIndex(max(0, box.findData(value)))
        self._block(False)
        self._choose()

    def request(self) -> Callable[[Vector], Found] | None:
        images = self._images
        if images is None:
            return None
        self._asked = asked = self.part.currentData(), self.right.currentData(), self.predicted.currentData()
        part = images.part(asked[0])
        right, predicted = (None if each == ANY else int(each) for each in asked[1:])

        def compute(numbers: Vector) -> Found:
            said = images.pictures.predictions(numbers, part, MOST_SAMPLES)
            wrong = int(np.count_nonzero(np.asarray(said.targets) != np.asarray(said.predicted)))
            return Found(asked, mistakes(said, right, predicted), wrong)

        return compute

    def accept(self, answer: Found, progress: Progress) -> None:
        if answer.asked != self._asked:
            return
        self._found = answer
        self.gallery.set_mistakes(answer.mistakes)
        self.count.setText(self._count(answer))
        self._show_detail()

    def exports(self) -> list[Export]:
        return [(self.gallery.accessibleName(), self.gallery, self.gallery.export_rows)]

    def _count(self, found: Found) -> str:
        made, images = found.mistakes, self._images
        assert images is not None
        looked = made.looked_at
        text = self.tr("{wrong:,} of {count:,} are wrong ({percent} %)").format(
            wrong=found.wrong, count=looked, percent=f"{100 * found.wrong / max(1, looked):.1f}"
        )
        if looked < images.sizes()[str(found.asked[0])]:
            text = self.tr("Of the first {count:,}: {sentence}").format(count=looked, sentence=text)
        if made.wrong < found.wrong:
            text = self.tr("{sentence}, {chosen:,} of this kind").format(sentence=text, chosen=made.wrong)
        if made.wrong > MOST_MISTAKES:
            text = self.tr("{sentence}; the {most} most confident are shown").format(sentence=text, most=MOST_MISTAKES)
        return text

    def _select(self, index: int) -> None:
        self._show_detail()
        self.sample_chosen.emit(str(self.part.currentData()), index)

    def _show_detail(self) -> None:
        found, index, images = self._found, self.gallery.selection, self._images
        chosen = found is not None and index is not None
        self.maps.setEnabled(chosen)
        if found is None or index is None or images is None:
            self.detail.setText(self.tr("The most confident mistakes come first. Click on one."))
            return
        answer = self.gallery.answer(index)
        order = np.argsort(-np.nan_to_num(answer.probabilities), kind="stable")[:3]
        shares = ", ".join(f"{images.names[i]} {100 * float(answer.probabilities[i]):.0f} %" for i in order)
        self.detail.setText(
            self.tr("Image {number:,}: right {right}, predicted {shares}").format(
                number=index + 1, right=images.names[answer.right], shares=shares
            )
        )

    def _choose(self) -> None:
        self._forget()
        self.stale.emit()

    def _forget(self) -> None:
        """Another part or other classes: nothing is known of them yet."""
        if self._images is not None:
            self.gallery.select(None)
            self._found = None
            self.gallery.begin(self._images.names, self._images.shape)
            self._show_detail()

    def _block(self, blocked: bool) -> None:
        for each in (self.part, self.right, self.predicted):
            each.blockSignals(blocked)

    # Behind the scenes

    def _build(self) -> None:
        for box, name, tip in (
            (self.part, self.tr("Part of the data"), self.tr("Of which part the wrong ones are shown.")),
            (self.right, self.tr("Right class"), self.tr("Only images of this class.")),
            (self.predicted, self.tr("Predicted class"), self.tr("Only images that were taken for this class.")),
        ):
            box.setAccessibleName(name)
            box.setToolTip(f"<p>{tip}</p>")
        self.maps.setText(self.tr("Feature maps"))
        self.maps.setAccessibleName(self.tr("Feature maps of this image"))
        tip = self.tr("See this image on its way through the network, layer by layer (Enter, or a double click).")
        self.maps.setToolTip(f"<p>{tip}</p>")
        self.maps.setAutoRaise(True)
        self.count.setAccessibleName(self.tr("How many are wrong"))
        row = FlowLayout()
        of = TextLabel(self.tr("Misclassified of"), "muted")
        of.setBuddy(self.part)
        for each in (of, self.part, self.right, self.predicted):
            row.addWidget(each)
        below = QHBoxLayout()
        below.addWidget(self.detail, 1)
        below.addWidget(self.maps)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addLayout(row)
        column.addWidget(self.count)
        column.addWidget(self.gallery, 1)
        column.addLayout(below)

    def _restyle(self, theme: Theme) -> None:
        for each in (self.part, self.right, self.predicted, self.maps):
            each.setFont(font(theme.small))
