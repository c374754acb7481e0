"""The filters of a convolution, at step 0 and now."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtWidgets import QComboBox, QSpinBox, QVBoxLayout, QWidget

from gui.cnn_views.cnn_page import CnnPage
from gui.cnn_views.filter_sheet import MOST_FILTERS, FilterSheet
from gui.cnn_views.image_sheet import largest
from gui.cnn_views.run_images import RunImages
from gui.flow_layout import FlowLayout
from gui.live_label import LiveLabel
from gui.output_views.key import Key
from gui.output_views.map_colors import SOFTENED
from gui.panel import Export
from gui.run import Progress
from gui.text_label import TextLabel
from gui.theme import GRID, Theme, current_theme, font, theme_switch
from gui.words import words
from model.arrays import Floats, Vector
from model.layers import Convolution

SPARE = 0.7  # the largest weight takes at least this share of the scale


@dataclass(frozen=True, eq=False)
class Filters:
    """The weights of one convolution, (filters, channels, size, size), at step 0 and now."""

    layer: int
    before: Floats
    now: Floats


class FiltersPage(CnnPage):
    """Which layer, which of its input channels, and the sheet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._images: RunImages | None = None
        self._found: Filters | None = None
        self._step, self._limit = 0, 0.0
        self.layer, self.channel = QComboBox(), QSpinBox()
        self.sheet, self.key, self.sentence = FilterSheet(), Key(), LiveLabel(small=True, wrap_lines=2)
        self._channel_label = TextLabel(self.tr("Input channel"), "muted")
        self._build()
        self.layer.currentIndexChanged.connect(self._choose_layer)
        self.channel.valueChanged.connect(self._show)
        theme_switch().changed.connect(self._restyle)
        self._restyle(current_theme())

    def begin(self, images: RunImages) -> None:
        self._images, self._found, self._limit = images, None, 0.0
        chosen = max(0, self.layer.currentIndex())
        self.layer.blockSignals(True)
        self.layer.clear()
        for number, place in enumerate(images.convolutions, start=1):
            spec = images.layers[place]
            assert isinstance(spec, Convolution)
            text = self.tr("{label} {number}: {filters} of {size}×{size}").format(
                label=words(spec.label), number=number, filters=spec.filters, size=spec.size
            )
            self.layer.addItem(text)
        self.layer.setCurrentIndex(min(chosen, self.layer.count() - 1))
        self.layer.blockSignals(False)
        self._choose_layer()

    def request(self) -> Callable[[Vector], Filters] | None:
        images = self._images
        if images is None:
            return None
        layer = images.convolutions[max(0, self.layer.currentIndex())]

        def compute(numbers: Vector) -> Filters:
            layout = images.pictures.network.layout
            before, now = (layout.view(n, layer, "weights").copy() for n in (images.pictures.initial_numbers, numbers))
            return Filters(layer, before, now)

        return compute

    def accept(self, answer: Filters, progress: Progress) -> None:
        images = self._images
        if images is None or answer.layer != images.convolutions[self.layer.currentIndex()]:
            return  # another layer was chosen meanwhile
        self._found, self._step = answer, progress.snapshot.step
        self._show()

    def exports(self) -> list[Export]:
        return [(self.sheet.accessibleName(), self.sheet, self.sheet.export_rows)]

    def _choose_layer(self) -> None:
        if self._images is None:
            return
        self._found, self._limit = None, 0.0
        channels = self._images.run.shapes[self._images.convolutions[self.layer.currentIndex()]][0]
        self.channel.setMaximum(channels)
        self.channel.setSuffix(self.tr(" of {channels}").format(channels=channels))
        for each in (self.channel, self._channel_label):
            each.setVisible(channels > 1)
        self.stale.emit()

    def _show(self) -> None:
        found = self._found
        if found is None:
            return
        most = max(largest(found.before), largest(found.now))
        if not SPARE * self._limit <= most <= self._limit:  # a scale that seldom moves, and whose ends are used
            self._limit = (1 + SPARE) / 2 / SPARE * most or 1.0
        self.sheet.set_filters(found.before, found.now, self.channel.value() - 1, self._step, self._limit * SOFTENED)
        self.key.set_scale(self._limit)
        self.sentence.setText(self._sentence(found))

    def _sentence(self, found: Filters) -> str:
        count = len(found.now)
        moved = np.sqrt(((found.now - found.before) ** 2).sum(axis=(1, 2, 3)))
        if not np.isfinite(moved).all():
            return self.tr("Some weights are no finite numbers any more.")
        text = self.tr("One scale of colours for all filters, before and now.")
        if count > MOST_FILTERS:
            text += " " + self.tr("The first {most} of {count} are drawn.").format(most=MOST_FILTERS, count=count)
        if moved.max() > 0:
            text += " " + self.tr("Filter {filter} has moved furthest, by {distance}.").format(
                filter=int(moved.argmax()) + 1, distance=f"{moved.max():.2g}"
            )
        return text

    def _build(self) -> None:
        self.layer.setAccessibleName(self.tr("Convolution"))
        self.layer.setToolTip(self.tr("<p>Whose filters are shown: the convolutions of the network, in order.</p>"))
        self.channel.setAccessibleName(self.tr("Input channel"))
        self.channel.setToolTip(
            self.tr(
                "<p>A filter has weights for every channel of its input: for every feature map of the convolution "
                "before. Shown are those for one channel.</p>"
            )
        )
        self.channel.setMinimum(1)
        self.channel.setWrapping(True)
        self._channel_label.setBuddy(self.channel)
        row = FlowLayout()
        for each in (self.layer, self._channel_label, self.channel):
            row.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addLayout(row)
        shown = QVBoxLayout()  # no line between the filters and their key
        shown.setSpacing(0)
        shown.addWidget(self.sheet, 1)
        shown.addWidget(self.key)
        column.addLayout(shown, 1)
        column.addWidget(self.sentence)

    def _restyle(self, theme: Theme) -> None:
        for each in (self.layer, self.channel):
            each.setFont(font(theme.small))
        self.channel.lineEdit().setFont(font(theme.small))  # does not follow its box to another theme
