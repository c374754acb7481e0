"""A piece of the network that is sent to the graph: one neuron, or the whole loss of one sample."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QSpinBox, QWidget

from gui.graph_view.numbers import short
from gui.run import Progress
from gui.selection import INPUTS, Unit
from gui.theme import GRID
from gui.unit_name import unit_name
from gui.words import words
from model.graph import NetworkGraph, NoGraphError, loss_graph, neuron_graph
from model.message import Message
from model.stages import stages

translate = QCoreApplication.translate


@dataclass(frozen=True, eq=False)
class Piece:
    """What is asked for: the numbers of `progress`, on one training sample; `unit` None: the whole loss."""

    progress: Progress
    sample: int
    unit: Unit | None

    def exists(self) -> bool:
        """Whether the network of that run has the neuron."""
        columns = stages(self.progress.run.experiment.network.layers)
        return self.unit is None or (
            self.unit.stage != INPUTS
            and self.unit.stage < len(columns)
            and self.unit.index < columns[self.unit.stage].units
        )

    def name(self) -> str:
        """ "The loss", "Hidden 1, neuron 3"."""
        if self.unit is None:
            return translate("graph", "The loss")
        return unit_name(self.unit, len(stages(self.progress.run.experiment.network.layers)), ())

    def title(self) -> str:
        """What it is, of which step and sample."""
        text = translate("graph", "{piece} at step {step:,}, on training sample {sample:,}.")
        return text.format(piece=self.name(), step=self.progress.snapshot.step, sample=self.sample + 1)


def graph_of(piece: Piece) -> NetworkGraph | Message:
    """The graph with its gradients; a sentence where there is none. In the picture thread."""
    run, parameters = piece.progress.run, piece.progress.snapshot.parameters
    try:
        if piece.unit is None:
            return loss_graph(run.experiment, run.parts, parameters, piece.sample)
        unit = piece.unit
        return neuron_graph(run.experiment, run.parts, parameters, piece.sample, unit.stage, unit.index)
    except NoGraphError as error:
        return error.message


def explanation(piece: Piece, made: NetworkGraph) -> str:
    """The line above a graph that came from the network."""
    if piece.unit is None:
        return translate("graph", "{title} L is the result.").format(title=piece.title())
    text = translate("graph", "{title} L is the loss of this sample; dL/dy = {gradient} comes from the layers behind.")
    return text.format(title=piece.title(), gradient=short(made.upstream))


def refusal(piece: Piece, message: Message) -> str:
    """Why there is no graph, and what to do."""
    reason = words(message)
    if piece.unit is None:
        text = translate("graph", "The loss cannot be shown: {reason}. Choose one neuron, or a smaller network.")
    else:
        text = translate("graph", "This neuron cannot be shown: {reason}.")
    return text.format(reason=reason)


class NetworkSource(QWidget):
    """What there is to send: the selected neuron, the loss; and of which sample."""

    neuron_wanted = Signal()
    loss_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.neuron, self.loss, self.sample = QPushButton(), QPushButton(), QSpinBox()
        tips = (
            self.tr("With its real weights, inputs and gradients as they are now. A click in the diagram selects one."),
            self.tr("Everything from the inputs to the loss, for one training sample; for a small network."),
        )
        for button, tip in zip((self.neuron, self.loss), tips, strict=True):
            button.setToolTip(f"<p>{tip}</p>")
            button.setAccessibleDescription(tip)
        self.loss.setText(self.tr("The whole loss of the sample"))
        self.show_selected("")
        label = QLabel(self.tr("Training sample"))
        self.sample.setObjectName("graph sample")
        self.sample.setAccessibleName(label.text())
        self.sample.setToolTip(self.tr("The training sample whose numbers go into the graph."))
        self.sample.setRange(1, 1)
        label.setBuddy(self.sample)
        rows = QGridLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GRID)
        rows.addWidget(label, 0, 0)
        rows.addWidget(self.sample, 0, 1)
        rows.addWidget(self.neuron, 1, 0, 1, 2)
        rows.addWidget(self.loss, 2, 0, 1, 2)
        self.neuron.clicked.connect(self.neuron_wanted)
        self.loss.clicked.connect(self.loss_wanted)

    def first(self) -> QWidget:
        """What gets the keyboard."""
        return self.neuron

    def show_selected(self, name: str) -> None:
        """The neuron that is selected in the diagram; "": none."""
        if name:
            self.neuron.setText(self.tr("The neuron {name}").format(name=name))
        else:
            self.neuron.setText(self.tr("The selected neuron"))
