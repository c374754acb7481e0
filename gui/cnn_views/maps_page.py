"""Feature maps of one image layer by layer, and one of their numbers taken apart."""

from collections.abc import Callable, Hashable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from gui.cnn_views.cnn_page import CnnPage
from gui.cnn_views.flow import Closely, Flow, Output, as_maps, closely, flow_of
from gui.cnn_views.map_sheet import IMAGE, MapSheet, place_of
from gui.cnn_views.run_images import RunImages
from gui.cnn_views.sample_chooser import DRAWN, SampleChooser
from gui.cnn_views.tile import Spot
from gui.cnn_views.window_figure import WindowFigure
from gui.panel import Export
from gui.run import Progress
from gui.selection import Unit
from gui.theme import GRID, Theme, current_theme, font, theme_switch
from model.arrays import Floats, Vector
from model.receptive_field import Field
from model.stages import stages

BESIDE = 56 * GRID  # px: from this width on the figure stands beside the maps
NARROWEST = 48 * GRID  # px, and in a dock that is wider than high from this one on


class MapsPage(CnnPage):
    """The image, the maps on the left, on the right the number that is pointed at."""

    explain_wanted = Signal(object)  # Unit: the filter that the number belongs to

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._images: RunImages | None = None
        self._drawing: Floats | None = None
        self._asked: tuple[str, int] = ("", 0)
        self._output: Output | None = None
        self._channel = 0
        self.flow: Flow | None = None
        self.samples, self.maps, self.figure = SampleChooser(), MapSheet(), WindowFigure()
        self.explain = QToolButton()
        self._build()
        self.samples.changed.connect(self.stale)
        self.maps.pointed.connect(self._point)
        self.figure.output_pointed.connect(self._move)
        self.figure.channel_chosen.connect(self._choose_channel)
        self.explain.clicked.connect(self._explain)
        theme_switch().changed.connect(self._restyle)
        self._restyle(current_theme())

    def begin(self, images: RunImages) -> None:
        before, self._images, self.flow = self._images, images, None
        self.samples.begin(images.sizes())
        if before is None or before.layers != images.layers or before.shape != images.shape:
            self._output, self._channel = None, 0
        if before is None or before.shape != images.shape:
            self._drawing = None
            self.samples.set_drawn(False)
        self.maps.begin()
        self.figure.show_number(None, None)

    def show_sample(self, part: str, index: int) -> None:
        """Look at one image of a part of the data."""
        self.samples.choose(part, index)
        self.stale.emit()

    def set_drawing(self, drawing: Floats | None) -> None:
        """What was drawn, (channels, height, width), as the data would have it; None: nothing."""
        was_shown = self.samples.chosen[0] == DRAWN
        self._drawing = drawing
        self.samples.set_drawn(drawing is not None)
        if was_shown:
            self.stale.emit()

    def request(self) -> Callable[[Vector], tuple[object, Flow]] | None:
        images = self._images
        if images is None:
            return None
        self._asked = name, index = self.samples.chosen
        if name == DRAWN and self._drawing is not None:
            point, right = self._drawing, None
        else:
            part = images.part(name)
            point, right = part.points[index], int(part.targets[index])
        asked = self._asked

        def compute(numbers: Vector) -> tuple[object, Flow]:
            return asked, flow_of(images, numbers, point, right)

        return compute

    def accept(self, answer: tuple[object, Flow], progress: Progress) -> None:
        asked, flow = answer
        if asked != self._asked or self._images is None:
            return
        self.flow = flow
        self.maps.show_flow(flow, self._images.layers)
        self.samples.answer.setText(self._answer(flow))
        if self._output is None:
            self._output = self._first_output(flow)
        self._show_number()

    def exports(self) -> list[Export]:
        return [(each.accessibleName(), each, each.export_rows) for each in (self.maps, self.figure)]

    # One number

    def _first_output(self, flow: Flow) -> Output:
        """The middle of the first map of the first convolution."""
        assert self._images is not None
        place = self._images.convolutions[0] + 1
        _, rows, columns = flow.signals[place].shape
        return Output(place, 0, rows // 2, columns // 2)

    def _point(self, spot: Spot) -> None:
        place, channel = place_of(spot)
        self._output = Output(max(place, 0), channel, spot.row, spot.column)
        self._show_number(spot)

    def _move(self, row: int, column: int) -> None:
        if self._output is not None:
            self._output = Output(self._output.place, self._output.channel, row, column)
            self._show_number()

    def _choose_channel(self, channel: int) -> None:
        self._channel = channel
        self._show_number()

    def _show_number(self, spot: Spot | None = None) -> None:
        images, flow, output = self._images, self.flow, self._output
        if images is None or flow is None or output is None:
            return
        shown = closely(flow, images.layers, images.run.layout, output)
        channels = len(as_maps(flow.signals[max(output.place - 1, 0)]))
        # Behind a convolution any channel of the input may be looked at; a pooling or an activation has but one.
        own = shown.window is None or shown.window.patch.ndim == 2
        self.figure.show_number(flow, shown, min(output.channel if own else self._channel, channels - 1))
        spot = spot or Spot((output.place, output.channel), output.row, output.column)
        self.maps.show_spot(spot, self._frames(shown, flow))
        self.explain.setEnabled(self._unit() is not None)

    def _frames(self, shown: Closely, flow: Flow) -> dict[Hashable, Field]:
        """What the number has seen, in the maps of its layer's input and in the image."""
        output = shown.output
        frames: dict[Hashable, Field] = {(0, 0): shown.fields[0]}
        if flow.standardized:
            frames[IMAGE, 0] = shown.fields[0]
        if output.place > 0:
            own = shown.window is None or shown.window.patch.ndim == 2
            channels = [output.channel] if own else range(len(as_maps(flow.signals[output.place - 1])))
            frames |= {(output.place - 1, channel): shown.fields[-2] for channel in channels}
        return frames

    def _unit(self) -> Unit | None:
        """The neuron of the diagram that the number belongs to."""
        images, output = self._images, self._output
        if images is None or output is None or output.place == 0:
            return None
        for number, stage in enumerate(stages(images.layers, images.shape[0])):
            if stage.affine < output.place <= stage.output + 1:
                maps = self.flow is not None and self.flow.signals[output.place].ndim == 3
                return Unit(number, output.channel if maps else output.column)
        return None

    def _explain(self) -> None:
        unit = self._unit()
        if unit is not None:
            self.explain_wanted.emit(unit)

    def _answer(self, flow: Flow) -> str:
        assert self._images is not None
        names = self._images.names
        share = float(flow.probabilities[flow.predicted])
        percent = f"{100 * share:.0f}" if share == share else "?"
        predicted = names[flow.predicted]
        if flow.right is None:
            return self.tr("read as {predicted}, {percent} %").format(predicted=predicted, percent=percent)
        text = self.tr("right {right}, predicted {predicted}, {percent} %")
        return text.format(right=names[flow.right], predicted=predicted, percent=percent)

    # Behind the scenes

    def _build(self) -> None:
        self.explain.setText(self.tr("Explain"))
        self.explain.setAccessibleName(self.tr("Explain in the inspector"))
        tip = self.tr("Select this filter in the network: its formula, its numbers and its code are in the Inspector.")
        self.explain.setToolTip(f"<p>{tip}</p>")
        self.explain.setAutoRaise(True)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._both.setSpacing(GRID)
        for shown, share in ((self.maps, 5), (self.figure, 6)):
            scroll = QScrollArea()
            scroll.setWidget(shown)
            scroll.setWidgetResizable(True)
            scroll.setFrameShape(QScrollArea.Shape.NoFrame)
            scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._both.addWidget(scroll, share)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        top.addWidget(self.samples, 1)
        top.addWidget(self.explain)
        column.addLayout(top)
        column.addLayout(self._both, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= (NARROWEST if self.width() > self.height() else BESIDE)
        self._both.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

    def _restyle(self, theme: Theme) -> None:
        self.explain.setFont(font(theme.small))
