"""The computational graph: an expression, or a piece of the network, node by node, forward and backward."""

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.export import Table, export_dialog
from gui.export_action import add_export_action
from gui.graph_view.explorer import GraphExplorer
from gui.graph_view.expression_entry import Complaint, ExpressionEntry
from gui.graph_view.network_source import NetworkSource, Piece, explanation, graph_of, refusal
from gui.graph_view.node_table import HEADER, rows_of
from gui.graph_view.preset_chooser import PresetChooser
from gui.graph_view.walk import Walk
from gui.panel import Export, Panel
from gui.picture_worker import PictureWorker
from gui.popup_button import PopupButton
from gui.run import Run
from gui.selection import Unit
from gui.session import Session
from gui.settings import Settings
from gui.theme import GRID
from gui.words import words
from model.graph import PRESETS, ExpressionError, Graph, NetworkGraph, Preset, parse
from model.message import Message

# px of a graph that is exported whole; of a larger one what is seen: at three times the pixels it would fill the memory
WIDEST_PICTURE, LARGEST_PICTURE = 10_000, 4_000_000
AT_ONCE = 40  # nodes of a graph that is laid out at every key, which takes about 6 ms
REST = 200  # ms without a key, after which a larger one is


class GraphPanel(Panel):
    """What is typed is shown at once; what comes from the network has the numbers of the moment it was asked for."""

    def __init__(self, session: Session, pictures: PictureWorker, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setObjectName("graph panel")
        self.setAccessibleName(self.tr("Computational graph"))
        self._worker = pictures
        self._values: dict[str, float] = {}  # of every name ever typed: who comes back has its value
        self._typed = True  # the graph is that of an expression
        self._run_number = -1  # of the network that can be sent
        self._awaited: Piece | None = None  # of the network, on its way
        self._read: tuple[Graph, str] | None = None  # what was typed and is not shown yet, and what it is
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._rest.timeout.connect(self._show_typed)
        self.entry, self.presets, self.source = ExpressionEntry(), PresetChooser(), NetworkSource()
        self.explorer = GraphExplorer()
        self._build()
        self.complaint = Complaint(self.entry, self)
        self._export_action = add_export_action(self, self._export)
        self.entry.textEdited.connect(self._type)
        self.entry.returnPressed.connect(self._show_typed)
        self.presets.chosen.connect(self.show_preset)
        self.explorer.edited.connect(self._note)
        self.explorer.used.connect(self.complaint.withdraw)
        self.source.neuron_wanted.connect(lambda: self.show_neuron(session.selection.unit))
        self.source.loss_wanted.connect(self.show_loss)
        session.selection.graph_wanted.connect(self.show_neuron)
        session.selection.unit_selected.connect(self._selected)
        self._restore()

    def begin(self, run: Run) -> None:
        self.source.sample.setMaximum(max(1, len(run.parts.train.inputs)))
        self._selected(self.session.selection.unit)
        if run.number != self._run_number:
            self._run_number, self._awaited = run.number, None
            if self.complaint.position is None:  # it spoke of the network before
                self.complaint.withdraw()
            if not self._typed:
                self.explorer.set_about(self.tr("A piece of an earlier network, with its numbers."))

    def follows(self) -> bool:
        return False  # numbers of the network are those of the moment they were asked for

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.complaint.place()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._show_typed()
        self._remember()  # not at every key: it is written to the disk

    # An expression

    def show_preset(self, preset: Preset) -> None:
        """An expression to begin with, with its values, and what it means."""
        self._values.update(preset.values)
        self.entry.setText(preset.text)
        self.entry.home(False)  # where there is little room its beginning is seen
        self._type(preset.text, words(preset.meaning))
        self._show_typed()
        self.presets.show_preset(preset)

    def _type(self, text: str, about: str = "") -> None:
        """What is typed: its graph, or a caret under what cannot be read; the last graph stays, pale."""
        self._forget_typed()
        self.presets.show_preset(None)
        try:
            graph = parse(text, self._values)
        except ExpressionError as error:
            self.explorer.set_stale()
            self.complaint.say(_sentence(words(error.message), text[error.position :]), error.position)
            return
        self.complaint.withdraw()
        self._read = graph, about
        if len(graph.nodes) <= AT_ONCE:
            self._show_typed()
        else:
            self.explorer.set_stale()
            self._rest.start()

    def _show_typed(self) -> None:
        """Lay out what was typed, if that has not been done."""
        if self._read is not None:
            graph, about = self._read
            self._forget_typed()
            self._typed = True
            self.explorer.show_walk(Walk(graph), about)

    def _forget_typed(self) -> None:
        """Something else is going to be shown than what was asked for before."""
        self._rest.stop()
        self._read = self._awaited = None

    def _note(self, name: str, value: float) -> None:
        if self._typed:
            self._values[name] = value

    # A piece of the network

    def show_neuron(self, unit: Unit | None) -> None:
        """One neuron of the network, with its numbers of now."""
        self.network.popup.close()
        piece = self._piece_of(unit)
        if unit is None or (piece is not None and not piece.exists()):
            sentence = self.tr("Select a neuron of a hidden or the output layer first: click on it in the network.")
            self.complaint.say(sentence)
        elif piece is not None:
            self._send(piece)

    def show_loss(self) -> None:
        """The whole loss of the network on the chosen sample, with its numbers of now."""
        self.network.popup.close()
        piece = self._piece_of(None)
        if piece is not None:
            self._send(piece)

    def _piece_of(self, unit: Unit | None) -> Piece | None:
        progress = self.session.progress
        if progress is None:
            return None
        return Piece(progress, min(self.source.sample.value(), len(progress.run.parts.train.inputs)) - 1, unit)

    def _send(self, piece: Piece) -> None:
        self._show_typed()
        self._awaited = piece
        self._worker.request(self, partial(graph_of, piece), partial(self._receive, piece))

    def _receive(self, piece: Piece, made: NetworkGraph | Message) -> None:
        if piece is not self._awaited:
            return  # something was typed meanwhile
        if isinstance(made, Message):
            self.complaint.say(refusal(piece, made))
            return
        self._remember()
        self._typed = False
        self.entry.clear()
        self.presets.show_preset(None)
        self.complaint.withdraw()
        self.explorer.show_walk(Walk(made.graph, made.upstream), explanation(piece, made))

    def _selected(self, unit: Unit | None) -> None:
        piece = self._piece_of(unit) if unit is not None else None
        self.source.show_selected(piece.name() if piece is not None and piece.exists() else "")

    # From one visit to the next

    def _restore(self) -> None:
        stored = Settings()
        text, values = stored.expression, stored.expression_values
        preset = next((each for each in PRESETS if each.text == text), None if text else PRESETS[0])
        if preset is not None:
            self.show_preset(preset)
            for name, value in values.items():
                self.explorer.set_value(name, value)
        else:
            self._values = values
            self.entry.setText(text)
            self._type(text)
            self._show_typed()

    def _remember(self) -> None:
        walk = self.explorer.walk
        if walk is not None and self.explorer.usable and self._typed:
            stored = Settings()
            stored.expression = self.entry.text()
            stored.expression_values = {name: node.value for name, node in walk.graph.variables.items()}

    # Export

    def exports(self) -> list[Export]:
        """The graph as a picture, and its nodes as a table."""
        view = self.explorer.view
        width, height = view.canvas.width(), view.canvas.height()
        source = view.canvas if width <= WIDEST_PICTURE and width * height <= LARGEST_PICTURE else view
        return [(self.tr("Computational graph"), source, self.rows)]

    def rows(self) -> Table:
        """One row a node, inputs before those who use them."""
        return HEADER, rows_of(self.explorer.walk) if self.explorer.walk is not None else ()

    def _export(self) -> None:
        name, source, rows = self.exports()[0]
        export_dialog(self, source, name, rows)

    def _build(self) -> None:
        tip = self.tr("Send a neuron of this network, or its whole loss, to the graph: with its real numbers of now.")
        self.network = PopupButton(self.tr("Network"), tip, self.source, self.source.first)
        self.network.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        rows, top = QVBoxLayout(self), QHBoxLayout()
        rows.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        rows.setSpacing(GRID // 2)
        top.setSpacing(GRID)
        top.addWidget(self.entry, 1)
        top.addWidget(self.presets)
        top.addWidget(self.network)
        rows.addLayout(top)
        rows.addWidget(self.explorer, 1)


def _sentence(text: str, wrong: str) -> str:
    """With a capital letter, unless it begins with the very word that is `wrong`."""
    first = text.split(" ", 1)[0]
    return f"{text}." if wrong.startswith(first) else f"{text[:1].upper()}{text[1:]}."
