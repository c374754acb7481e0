"""What the person points at, shared by all panels: the diagram sets it, the others show it."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

INPUTS = -1  # the stage of the inputs


@dataclass(frozen=True)
class Unit:
    """A neuron: its column (`INPUTS` or a place in `stages(layers)`) and its place in it."""

    stage: int
    index: int


class Selection(QObject):
    """One selected neuron, one hovered neuron, one selected number of the parameter vector; each may be None."""

    unit_selected = Signal(object)  # Unit | None
    unit_hovered = Signal(object)  # Unit | None
    parameter_selected = Signal(object)  # int | None
    graph_wanted = Signal(object)  # Unit: show it as a computational graph

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.unit: Unit | None = None
        self.hovered: Unit | None = None
        self.parameter: int | None = None

    def select_unit(self, unit: Unit | None) -> None:
        if unit != self.unit:
            self.unit = unit
            self.unit_selected.emit(unit)

    def hover_unit(self, unit: Unit | None) -> None:
        if unit != self.hovered:
            self.hovered = unit
            self.unit_hovered.emit(unit)

    def select_parameter(self, index: int | None) -> None:
        if index != self.parameter:
            self.parameter = index
            self.parameter_selected.emit(index)

    def clear(self) -> None:
        """Nothing is pointed at: a new network has other neurons."""
        self.select_unit(None)
        self.hover_unit(None)
        self.select_parameter(None)
