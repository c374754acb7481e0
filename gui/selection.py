"""What the person points at, shared by all panels: the diagram sets it, the others show it."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

INPUTS = -1  # the stage of the inputs


@dataclass(frozen=True)
class Unit:
    """A neuron: its column (`INPUTS` or a place in `stages(layers)`) and its place in it."""

    stage: int
    index: int


@dataclass(frozen=True)
class Parameter:
    """A weight or bias: its place in the parameter vector."""

    index: int


@dataclass(frozen=True)
class Column:
    """All neurons of a column, by its place in `stages(layers)`."""

    stage: int


@dataclass(frozen=True)
class LossValue:
    """The loss behind the output."""


@dataclass(frozen=True)
class CurvePoint:
    """A point of a curve over the steps of the run; `curve` is its title as it is shown.

    `measure` says what was measured, the same in every language: "batch loss", "test loss", "train accuracy",
    "gradient 2" (the norm of the gradient of the second layer that learns).
    """

    curve: str
    step: int
    value: float
    measure: str = ""


Subject = Unit | Parameter | Column | LossValue | CurvePoint


@dataclass(frozen=True)
class Confused:
    """Samples of a part of the data that belong to the `right` class and were taken for the `predicted` one."""

    part: str
    right: int
    predicted: int


@dataclass(frozen=True)
class Sources:
    """Where a number comes from: what the diagram marks while a term of a formula is pointed at."""

    units: frozenset[Unit] = frozenset()
    parameters: frozenset[int] = frozenset()
    loss: bool = False


class Selection(QObject):
    """One selected neuron, one hovered neuron, one selected number of the parameter vector; each may be None.

    `subject` is whatever was selected last: the one thing that is looked at closely.
    """

    unit_selected = Signal(object)  # Unit | None
    unit_hovered = Signal(object)  # Unit | None
    parameter_selected = Signal(object)  # int | None
    subject_selected = Signal(object)  # Subject | None
    sources_pointed = Signal(object)  # Sources | None
    graph_wanted = Signal(object)  # Unit: show it as a computational graph
    mistakes_wanted = Signal(object)  # Confused: show these images
    painting_wanted = Signal()  # let own points be painted in the plane
    data_wanted = Signal()  # own data is to be opened

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.unit: Unit | None = None
        self.hovered: Unit | None = None
        self.parameter: int | None = None
        self.subject: Subject | None = None
        self.sources: Sources | None = None

    def select(self, subject: Subject | None) -> None:
        """Look closely at `subject`, and at nothing else; None: at nothing."""
        match subject:
            case Unit():
                self.select_unit(subject)
                self.select_parameter(None)
            case Parameter(index):
                self.select_parameter(index)
            case CurvePoint():
                self.select_parameter(None)
            case _:
                self.select_unit(None)
                self.select_parameter(None)
        self._look_at(subject)

    def select_unit(self, unit: Unit | None) -> None:
        if unit != self.unit:
            self.unit = unit
            self.unit_selected.emit(unit)
            if unit is not None:
                self._look_at(unit)

    def hover_unit(self, unit: Unit | None) -> None:
        if unit != self.hovered:
            self.hovered = unit
            self.unit_hovered.emit(unit)

    def select_parameter(self, index: int | None) -> None:
        if index != self.parameter:
            self.parameter = index
            self.parameter_selected.emit(index)
            if index is not None:
                self._look_at(Parameter(index))

    def point_at_sources(self, sources: Sources | None) -> None:
        """Mark in the diagram where a number comes from."""
        if sources != self.sources:
            self.sources = sources
            self.sources_pointed.emit(sources)

    def clear(self) -> None:
        """Nothing is pointed at: a new network has other neurons."""
        self.select_unit(None)
        self.hover_unit(None)
        self.select_parameter(None)
        self.point_at_sources(None)
        self._look_at(None)

    def _look_at(self, subject: Subject | None) -> None:
        if subject != self.subject:
            self.subject = subject
            self.subject_selected.emit(subject)
