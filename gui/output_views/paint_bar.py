"""The tools with which points are set in the plane: which class, what a touch does, how large the brush is."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSlider, QToolButton, QVBoxLayout, QWidget

from gui.flow_layout import FlowLayout
from gui.output_views.class_swatches import ClassSwatches
from gui.text_label import TextLabel
from gui.theme import GRID

SET, PAINT, MOVE, ERASE = TOOLS = ("set", "paint", "move", "erase")
SIZES = 2, 50, 12  # of the brush, in hundredths of the reach of the plane: smallest, largest, first
DENSITIES = 1, 12, 3  # points a puff


class PaintBar(QWidget):
    """Three rows over the plane: the classes, the tools, the brush."""

    tool_chosen = Signal(str)
    class_chosen = Signal(int)
    class_added = Signal()
    brush_changed = Signal()
    cleared = Signal()
    ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.swatches = ClassSwatches()
        self.swatches.chosen.connect(self.class_chosen)
        self.swatches.added.connect(self.class_added)
        self.tools: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        self._size_label = TextLabel(self.tr("Size"), "muted")
        self._density_label = TextLabel(self.tr("Density"), "muted")
        self.size_slider = self._slider(
            "brush size", self.tr("Brush size"), self.tr("How far the brush reaches: of Paint and of Erase."), SIZES
        )
        self.density_slider = self._slider(
            "brush density", self.tr("Brush density"), self.tr("How many points Paint leaves on its way."), DENSITIES
        )
        self.clear = self._button("clear points", self.tr("Clear"), self.tr("An empty plane, to begin again."))
        self.clear.clicked.connect(self.cleared)
        self.done = self._button("done painting", self.tr("Done"), self.tr("Ends the painting, as Esc in the plane."))
        self.done.clicked.connect(self.ended)
        self._build()
        self.set_tool(SET)

    def tool(self) -> str:
        """The pressed one of `TOOLS`."""
        return next(name for name, button in self.tools.items() if button.isChecked())

    def set_tool(self, name: str) -> None:
        """Press a tool without a signal."""
        self.tools[name].setChecked(True)
        self._size_label.setEnabled(name in (PAINT, ERASE))
        self.size_slider.setEnabled(name in (PAINT, ERASE))
        self._density_label.setEnabled(name == PAINT)
        self.density_slider.setEnabled(name == PAINT)

    def radius(self, reach: float) -> float:
        """Of the brush in a plane with this reach."""
        return self.size_slider.value() / 100 * reach

    def density(self) -> int:
        """Points a puff."""
        return self.density_slider.value()

    def _build(self) -> None:
        named = (
            (SET, self.tr("Set"), self.tr("A click sets one point.")),
            (PAINT, self.tr("Paint"), self.tr("Drag: points by chance, within the circle.")),
            (MOVE, self.tr("Move"), self.tr("Drag a point to another place; its class stays.")),
            (ERASE, self.tr("Erase"), self.tr("Drag: takes away the points within the circle.")),
        )
        first, third = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.swatches, 1)
        first.addWidget(self.done, 0, Qt.AlignmentFlag.AlignTop)
        second = QWidget()
        row = FlowLayout(second, gap=GRID // 2)
        for name, text, tip in named:
            button = self.tools[name] = self._button(f"tool {name}", text, tip)
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, name=name: self._choose(name))
            self._group.addButton(button)
            row.addWidget(button)
        third.setSpacing(GRID // 2)
        for label, slider in ((self._size_label, self.size_slider), (self._density_label, self.density_slider)):
            label.setBuddy(slider)
            third.addWidget(label)
            third.addWidget(slider, 1)
        third.addWidget(self.clear)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 4)
        column.addLayout(first)
        column.addWidget(second)
        column.addLayout(third)

    def _button(self, name: str, text: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setToolTip(f"<p>{tip}</p>")
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard in the plane
        return button

    def _slider(self, name: str, text: str, tip: str, values: tuple[int, int, int]) -> QSlider:
        slider = _Slider(Qt.Orientation.Horizontal)
        slider.setRange(values[0], values[1])
        slider.setValue(values[2])
        slider.setObjectName(name)
        slider.setAccessibleName(text)
        slider.setToolTip(f"<p>{tip}</p>")
        slider.setMinimumWidth(4 * GRID)
        slider.valueChanged.connect(self.brush_changed)
        return slider

    def _choose(self, name: str) -> None:
        self.set_tool(name)
        self.tool_chosen.emit(name)


class _Slider(QSlider):
    """A wheel that scrolls past must not move it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
