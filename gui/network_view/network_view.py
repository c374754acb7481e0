"""The diagram in its scroll area: pointer and keys, the buttons at the columns, the inline editor."""

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStyle, QWidget

from gui import network_edits
from gui.network_view.canvas import Canvas
from gui.network_view.column_controls import ColumnControls
from gui.network_view.descriptions import description, edit_name
from gui.network_view.edit_buttons import ChooserButton
from gui.network_view.links import Link
from gui.network_view.spec_choices import open_chooser
from gui.network_view.spots import (
    Bias,
    ImageNode,
    LossNode,
    Spot,
    Title,
    parameter_of,
    place_of,
    spot_at,
)
from gui.network_view.walking import ARROWS, neighbour, next_link
from gui.network_view.weight_editor import WeightEditor
from gui.selection import Column, LossValue, Parameter, Unit
from gui.session import Session

translate = QCoreApplication.translate

ADD_KEYS = (Qt.Key.Key_Plus, Qt.Key.Key_Equal)
ENTER_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class NetworkView(QScrollArea):
    """The network, edited where it stands."""

    next_sample = Signal()  # the picture of the sample was clicked

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.session = session
        extent = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        self.canvas = Canvas(session, extent)
        self.controls: list[ColumnControls] = []
        self.editor = WeightEditor(self.canvas)
        self.editor.entered.connect(self._edited)
        self._edit_name = ""
        self.setWidget(self.canvas)
        self.canvas.installEventFilter(self)
        self.canvas.arranged.connect(self._show_controls)
        selection = session.selection
        marked = selection.unit_selected, selection.parameter_selected, selection.subject_selected
        for signal in (*marked, selection.sources_pointed):
            signal.connect(self.canvas.update_live)
        selection.subject_selected.connect(lambda _: self.canvas.update())  # the name of a column is marked, too
        self._show_controls()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.editor.hide()
        self.canvas.arrange(self.maximumViewportSize())

    def edit(self, spot: Spot) -> None:
        """Open the inline editor on a link's weight or a neuron's bias."""
        canvas, parameter = self.canvas, parameter_of(spot, self.canvas.places)
        place = place_of(spot, canvas.places, canvas.links)
        if parameter is None or place is None or canvas.snapshot is None:
            return
        named = Bias(spot) if isinstance(spot, Unit) else spot
        assert isinstance(named, Bias | Link), "nothing else has a parameter"
        self._edit_name = edit_name(canvas.diagram, named)
        name = description(named, canvas.diagram, None, None, 0)
        vector = canvas.snapshot.parameters
        largest = float(np.finfo(vector.dtype).max)
        room = canvas.visibleRegion().boundingRect()
        self.editor.open(parameter, name, float(vector[parameter]), largest, place, room)

    def _edited(self, parameter: int, value: float) -> None:
        self.session.set_parameter(parameter, value, self._edit_name)

    def reveal(self, stage: int | None) -> None:
        """Show the buttons of this column and of the gap behind it; those of all others go."""
        if self.canvas.flow is not None:
            stage = None  # inside a step what the numbers are stands in their place, and an edit would end it
        for controls in self.controls:
            controls.reveal(stage == controls.stage)
            controls.add.reveal(stage is not None and controls.stage in (stage, stage + 1))

    # Pointer and keys: of the canvas

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.canvas:
            match event:
                case QKeyEvent() if event.type() == QEvent.Type.KeyPress:
                    return self._key(event)
                case QMouseEvent() if event.type() == QEvent.Type.MouseMove:
                    self._move(event)
                case QMouseEvent() if event.button() == Qt.MouseButton.LeftButton:
                    self._click(event)
                case _ if event.type() == QEvent.Type.Leave:
                    self._leave()
                case _:
                    pass
        return super().eventFilter(watched, event)

    def _move(self, event: QMouseEvent) -> None:
        canvas, point = self.canvas, event.position()
        spot = spot_at(point, canvas.places, canvas.links)
        canvas.point_at(spot)
        cursor = Qt.CursorShape.PointingHandCursor if spot is not None else Qt.CursorShape.ArrowCursor
        canvas.setCursor(cursor)
        self.reveal(canvas.places.column_at(point.x()) - 1)

    def _leave(self) -> None:
        self.canvas.point_at(None)
        self.reveal(None)

    def _click(self, event: QMouseEvent) -> None:
        canvas, selection = self.canvas, self.session.selection
        spot = spot_at(event.position(), canvas.places, canvas.links)
        if event.type() == QEvent.Type.MouseButtonDblClick:
            if spot is not None:
                self.edit(spot)
        elif event.type() == QEvent.Type.MouseButtonPress:
            canvas.setFocus(Qt.FocusReason.MouseFocusReason)
            self.editor.hide()
            if isinstance(spot, ImageNode):
                self.next_sample.emit()
            elif isinstance(spot, Bias):
                selection.select(spot.unit)
                self._select_parameter(canvas.diagram.bias(spot.unit))
            elif isinstance(spot, Link):
                self._select_parameter(spot.parameter)
            else:
                self._select(spot)

    def _key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in ARROWS:
            self._walk(*ARROWS[key], along_links=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key in ENTER_KEYS:
            spot = self.canvas.links.of(self.session.selection.parameter) or self.session.selection.unit
            if spot is not None:
                self.edit(spot)
        elif key in ADD_KEYS or key == Qt.Key.Key_Minus:
            self._press(+1 if key in ADD_KEYS else -1)
        elif key == Qt.Key.Key_Escape and self.canvas.flow is not None:
            self.session.phases.leave()
        elif key == Qt.Key.Key_Escape:
            self.session.selection.clear()
            self.canvas.point_at(None)
        else:
            return False
        return True

    def _walk(self, across: int, down: int, *, along_links: bool) -> None:
        canvas, selection = self.canvas, self.session.selection
        spot: Spot | None
        if along_links and down and selection.unit in canvas.places.units:
            assert selection.unit is not None
            link = next_link(canvas.links, selection.unit, canvas.links.of(selection.parameter), down)
            spot = link if link is not None else selection.unit
            if link is not None:
                self._select_parameter(link.parameter)
            else:
                self._select(spot)
        else:
            spot = neighbour(canvas.places, self._selected(), across, down)
            self._select(spot)
        if spot is not None:
            place = place_of(spot, canvas.places, canvas.links)
            if place is not None:
                self.ensureVisible(place.x(), place.y())
            canvas.point_at(spot)
            canvas.tell()

    def _selected(self) -> Unit | Title | LossNode | None:
        """Where the keys stand: on a neuron, the name of a column or the loss."""
        match self.session.selection.subject:
            case Column(stage):
                return Title(stage)
            case LossValue():
                return LossNode()
            case _:
                return self.session.selection.unit

    def _select(self, spot: Spot | None) -> None:
        selection = self.session.selection
        if isinstance(spot, Title):
            selection.select(Column(spot.stage))
        elif isinstance(spot, LossNode):
            selection.select(LossValue())
        else:
            selection.select(spot if isinstance(spot, Unit) else None)

    def _select_parameter(self, index: int | None) -> None:
        self.session.selection.select(Parameter(index) if index is not None else None)

    def _press(self, change: int) -> None:
        """One neuron more or less in the column of the selected neuron, as if its button were clicked."""
        unit = self.session.selection.unit
        if unit is not None and 0 <= unit.stage < len(self.controls):
            controls = self.controls[unit.stage]
            (controls.more if change > 0 else controls.fewer).click()

    # The columns' buttons

    def _show_controls(self) -> None:
        diagram = self.canvas.diagram
        while len(self.controls) > len(diagram.stages):
            self.controls.pop().delete()
        while len(self.controls) < len(diagram.stages):
            stage = len(self.controls)
            self.controls.append(ColumnControls(self.session, stage, self.canvas, self.reveal, self._choose))
        for controls in self.controls:
            controls.show_column(diagram, self.canvas.places)
        self.editor.hide()

    def _choose(self, kind: str, stage: int, button: ChooserButton) -> None:
        if stage <= network_edits.hidden_layers(self.session.experiment):
            chooser = open_chooser(self.session, kind, stage, self)
            chooser.open_at(button.mapToGlobal(QPoint(0, button.height())))
