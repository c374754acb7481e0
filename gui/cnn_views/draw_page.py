"""Draw a digit, and see the network read it at every stroke, and while it learns."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSlider, QToolButton, QVBoxLayout, QWidget

from gui.cnn_views.class_bars import ClassBars
from gui.cnn_views.cnn_page import CnnPage
from gui.cnn_views.ink_canvas import InkCanvas
from gui.cnn_views.run_images import RunImages
from gui.cnn_views.seen_image import SeenImage
from gui.flow_layout import FlowLayout
from gui.live_label import LiveLabel
from gui.neuron_lab.choice_row import ChoiceRow
from gui.panel import Export
from gui.run import Progress
from gui.text_label import TextLabel
from gui.theme import GRID, Theme, current_theme, font, theme_switch
from model.arrays import Floats, Vector
from model.drawn_digit import Preparation, preparation

WIDE = 68 * GRID  # px: from this width on there is room for words beside the image
THINNEST, THICKEST = 8, 48  # px of the sheet


@dataclass(frozen=True, eq=False)
class Reading:
    """What the network says about a drawing."""

    drawing: Floats | None  # (channels, height, width) as the network was shown it; None: the sheet is empty
    probabilities: Vector | None
    predicted: int


class DrawPage(CnnPage):
    """The sheet and its tools, the prepared image, the probabilities."""

    drawn = Signal(object)  # Floats | None: the drawing in the form of the data

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._images: RunImages | None = None
        self.canvas, self.seen, self.bars = InkCanvas(), SeenImage(), ClassBars()
        self.tool = ChoiceRow(
            self.tr("Tool"),
            (
                ("pen", self.tr("Pen"), self.tr("Draw with the pointer, or with the arrow keys and Space.")),
                ("eraser", self.tr("Eraser"), self.tr("Rub out what is drawn.")),
            ),
        )
        self.thickness, self.back, self.clear = QSlider(Qt.Orientation.Horizontal), QToolButton(), QToolButton()
        self.sentence, self.note = LiveLabel(), LiveLabel(small=True, wrap_lines=7)
        self._build()
        self.tool.chosen.connect(self._choose_tool)
        self.thickness.valueChanged.connect(self._choose_thickness)
        self.clear.clicked.connect(self.canvas.clear)
        self.back.clicked.connect(self.canvas.take_back)
        self.canvas.changed.connect(self._changed)
        theme_switch().changed.connect(self._restyle)
        self._restyle(current_theme())

    def begin(self, images: RunImages) -> None:
        self._images = images
        self.bars.set_classes(images.names)
        self.seen.show_image(np.zeros(images.shape), empty=True)
        self.note.setText(self._how_prepared(images))
        self.seen.setToolTip(f"<p>{self.note.text()}</p>")
        self._changed()

    def request(self) -> Callable[[Vector], Reading] | None:
        images = self._images
        prepare = preparation(images.shape) if images is not None else None
        if images is None or prepare is None:
            return None
        ink = None if self.canvas.empty else self.canvas.ink

        return lambda numbers: reading(images, numbers, ink, prepare)

    def accept(self, answer: Reading, progress: Progress) -> None:
        images = self._images
        if images is None or (answer.drawing is None) != self.canvas.empty:
            return  # the sheet was cleared meanwhile, or drawn on
        empty = answer.drawing is None
        self.seen.show_image(np.zeros(images.shape) if answer.drawing is None else answer.drawing, empty=empty)
        self.bars.set_probabilities(answer.probabilities)
        self.sentence.setText(self._sentence(answer, images.names))
        self.drawn.emit(answer.drawing)

    def exports(self) -> list[Export]:
        shown = (self.canvas, self.seen, self.bars)
        return [(each.accessibleName(), each, each.export_rows) for each in shown]

    def _sentence(self, answer: Reading, names: tuple[str, ...]) -> str:
        if answer.probabilities is None:
            return self.tr("Draw a digit.")
        share = float(answer.probabilities[answer.predicted])
        percent = f"{100 * share:.0f}" if np.isfinite(share) else "?"
        return self.tr("The network reads {digit}, {percent} %").format(digit=names[answer.predicted], percent=percent)

    def _how_prepared(self, images: RunImages) -> str:
        if images.shape == (1, 8, 8):
            return self.tr(
                "As in the data: stretched to a box of 20×32, black pixels counted in blocks of 4×4, divided by 16. "
                "The sevens of this data are crossed."
            )
        return self.tr("As in MNIST: shrunk into a box of 20×20, its centre of mass in the middle of 28×28.")

    def _changed(self) -> None:
        for button, sensible in ((self.back, self.canvas.has_strokes), (self.clear, not self.canvas.empty)):
            if button.isEnabled() != sensible:
                button.setEnabled(sensible)
        self.stale.emit()

    def _choose_tool(self, key: str) -> None:
        self.canvas.erases = key == "eraser"

    def _choose_thickness(self, thickness: int) -> None:
        self.canvas.thickness = thickness
        self.canvas.update()

    # Behind the scenes

    def _build(self) -> None:
        self.thickness.setRange(THINNEST, THICKEST)
        self.thickness.setValue(self.canvas.thickness)
        self.thickness.setAccessibleName(self.tr("Thickness of the pen"))
        self.thickness.setToolTip(self.tr("<p>How thick the pen and the eraser are.</p>"))
        self.thickness.setFixedWidth(12 * GRID)
        for button, text, tip in (
            (self.back, self.tr("Undo stroke"), self.tr("Take the last stroke back (Backspace).")),
            (self.clear, self.tr("Clear"), self.tr("An empty sheet (Delete).")),
        ):
            button.setText(text)
            button.setAccessibleName(text)
            button.setToolTip(f"<p>{tip}</p>")
            button.setAutoRaise(True)
        tools = FlowLayout(gap=GRID // 2)
        label = TextLabel(self.tr("Thickness"), "muted")
        label.setBuddy(self.thickness)
        for each in (self.tool, label, self.thickness, self.back, self.clear):
            tools.addWidget(each)
        right = QVBoxLayout()
        right.setSpacing(GRID // 2)
        right.addWidget(TextLabel(self.tr("What the network sees"), "muted"))
        above = QHBoxLayout()
        above.setSpacing(GRID)
        above.addWidget(self.seen, 2)
        above.addWidget(self.note, 3)
        right.addLayout(above, 2)
        right.addWidget(self.sentence)
        right.addWidget(self.bars, 3)
        both = QHBoxLayout()
        both.setSpacing(2 * GRID)
        both.addWidget(self.canvas, 1)
        both.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addLayout(tools)
        column.addLayout(both, 1)

    def _restyle(self, theme: Theme) -> None:
        for each in (self.back, self.clear):
            each.setFont(font(theme.small))
        self._show_note()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_note()

    def _show_note(self) -> None:
        """Where there is room for it; the tool tip says it, too."""
        self.note.setVisible(self.width() >= WIDE and not current_theme().projector)


def reading(images: RunImages, numbers: Vector, ink: Floats | None, prepare: Preparation) -> Reading:
    """Prepare a drawing as the data was, and let the network read it. In the picture thread."""
    if ink is None:
        return Reading(None, None, 0)
    drawing = prepare(ink)
    pictures = images.pictures
    outputs = pictures.signals(numbers, images.run.parts.to_inputs(drawing[None]))[-1]
    predicted, shares = pictures.answers(outputs)
    return Reading(drawing, shares[0], int(predicted[0]))
