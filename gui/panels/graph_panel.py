"""The computational graph: an expression, or a piece of the network, node by node, forward and backward."""

from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from gui.export import Table, export_dialog
from gui.export_action import add_export_action
from gui.graph_view.button_row import ButtonRow
from gui.graph_view.expression_entry import Complaint, ExpressionEntry
from gui.graph_view.network_source import NetworkSource, Piece, explanation, graph_of, refusal
from gui.graph_view.sentences import rule, said
from gui.graph_view.variable_list import VariableList
from gui.graph_view.view import NOTCH, GraphView
from gui.graph_view.walk import Walk
from gui.live_label import LiveLabel
from gui.panel import Export, Panel
from gui.picture_worker import PictureWorker
from gui.popup_button import PopupButton
from gui.run import Run
from gui.selection import Unit
from gui.session import Session
from gui.settings import Settings
from gui.theme import GRID, Theme, current_theme, theme_switch
from gui.words import words
from model.graph import PRESETS, ExpressionError, Graph, NetworkGraph, Preset, parse
from model.message import Message

MOST_TYPED = 40  # characters of a sentence about the numbers, at least
WIDEST_PICTURE = 10_000  # px of a graph that is exported whole; of a wider one what is seen


class GraphPanel(Panel):
    """What is typed is shown at once; what comes from the network has the numbers of the moment it was asked for."""

    def __init__(self, session: Session, pictures: PictureWorker, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setObjectName("graph panel")
        self.setAccessibleName(self.tr("Computational graph"))
        self._worker = pictures
        self._values: dict[str, float] = {}  # of every name ever typed: who comes back has its value
        self.walk: Walk | None = None
        self._typed = True  # the graph is that of the expression
        self._about = ""  # what the graph is
        self.entry, self.presets, self.source = ExpressionEntry(), QComboBox(), NetworkSource()
        self.complaint = Complaint(self.entry, self)
        self.view, self.variables = GraphView(), VariableList()
        self.said = LiveLabel(wrap_lines=1)
        self.rule = LiveLabel(small=True, wrap_lines=2)
        self._fill_presets()
        self._build()
        self._export_action = add_export_action(self, self._export)
        self.entry.textEdited.connect(self._type)
        self.presets.activated.connect(lambda index: self.show_preset(PRESETS[index]))
        self.source.neuron_wanted.connect(lambda: self.show_neuron(session.selection.unit))
        self.source.loss_wanted.connect(lambda: self._send(None))
        self.variables.edited.connect(self._set)
        self.view.value_typed.connect(self._set)
        session.selection.graph_wanted.connect(self.show_neuron)
        session.selection.unit_selected.connect(self._selected)
        theme_switch().changed.connect(self._restyle)
        self._restyle(current_theme())
        self._restore()

    def begin(self, run: Run) -> None:
        self.source.sample.setMaximum(max(1, len(run.parts.train.inputs)))
        self._selected(self.session.selection.unit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.complaint.place()

    def follows(self) -> bool:
        return False  # numbers of the network are those of the moment they were asked for

    # An expression

    def show_preset(self, preset: Preset) -> None:
        """An expression to begin with, with its values, and what it means."""
        self._values.update(preset.values)
        self.entry.setText(preset.text)
        self._type(preset.text)
        self.presets.setCurrentIndex(PRESETS.index(preset))
        self._about = words(preset.meaning)
        self._refresh()

    def _type(self, text: str) -> None:
        """What is typed: its graph, or a caret under what cannot be read; the last graph stays, pale."""
        self._worker.forget(self)
        self.presets.setCurrentIndex(-1)
        try:
            graph = parse(text, self._values)
        except ExpressionError as error:
            self.complaint.say(_sentence(words(error.message), text[error.position :]), error.position)
            self.view.canvas.set_stale(True)
            self._refresh()
            return
        self._typed = True
        self._show(graph, 1.0, "")

    def _set(self, name: str, value: float) -> None:
        """Another value for a variable."""
        if self.walk is None or self.view.canvas.stale or name not in self.walk.graph.variables:
            return
        self.walk.graph.set(name, value)
        self.walk.refresh()
        if self._typed:
            self._values[name] = value
        self._refresh()

    # A piece of the network

    def show_neuron(self, unit: Unit | None) -> None:
        """One neuron of the network, with its numbers of now."""
        progress = self.session.progress
        self.network.popup.close()
        if unit is None or (progress is not None and not Piece(progress, 0, unit).exists()):
            sentence = self.tr("Select a neuron of a hidden or the output layer first: click on it in the network.")
            self.complaint.say(sentence)
        else:
            self._send(unit)

    def _send(self, unit: Unit | None) -> None:
        progress = self.session.progress
        self.network.popup.close()
        if progress is None:
            return
        sample = min(self.source.sample.value(), len(progress.run.parts.train.inputs)) - 1
        piece = Piece(progress, sample, unit)
        self._worker.request(self, partial(graph_of, piece), partial(self._receive, piece))

    def _receive(self, piece: Piece, made: NetworkGraph | Message) -> None:
        if isinstance(made, Message):
            self.complaint.say(refusal(piece, made))
            return
        self._typed = False
        self.entry.clear()
        self.presets.setCurrentIndex(-1)
        self._show(made.graph, made.upstream, explanation(piece, made))

    def _selected(self, unit: Unit | None) -> None:
        progress = self.session.progress
        known = unit is not None and progress is not None and Piece(progress, 0, unit).exists()
        self.source.show_selected(Piece(progress, 0, unit).name() if known and progress is not None else "")

    # What is shown

    def _show(self, graph: Graph, upstream: float, about: str) -> None:
        self.walk, self._about = Walk(graph, upstream), about
        self.complaint.withdraw()
        self.view.show_walk(self.walk)
        self._refresh()

    def _refresh(self) -> None:
        """Other numbers, or another position."""
        self._offer()
        if self.walk is None:
            return
        self.view.canvas.refresh()
        self.variables.show_graph(self.walk.graph)
        room = max(MOST_TYPED, self.said.width() // max(1, self.said.fontMetrics().averageCharWidth()))
        self.said.setText(said(self.walk, room))
        at_rest = self._about or self.tr("Point at a node for its rule; step to see one after the other at work.")
        self.rule.setText(rule(self.walk) or at_rest)
        self.rule.setToolTip(f"<p>{self.rule.text()}</p>")
        self._restyle(current_theme())

    def _go(self, way: str) -> None:
        """Go along the walk: "step", "step_back", ..."""
        if self.walk is None or self.view.canvas.stale:
            return
        getattr(self.walk, way)()
        self._refresh()
        if self.walk.at_work is not None:
            self.view.show_node(self.walk.at_work)

    def _offer(self) -> None:
        fresh = self.walk is not None and not self.view.canvas.stale
        position = self.walk.position if self.walk is not None else 0
        for name, button in self.buttons.items():
            button.setEnabled(fresh and (position > 0 or name not in ("start", "back")))
        for each in (self.variables, self.said, self.rule):
            each.setEnabled(fresh)

    def _restyle(self, theme: Theme) -> None:
        walk = self.walk
        node = walk.at_work if walk is not None else None
        wrong = walk is not None and bool((node.problem if node else walk.position and walk.graph.problems) or False)
        color = theme.warning if wrong else theme.text
        self.said.set_color(theme.muted if self.view.canvas.stale else color)
        self.rule.set_color(theme.muted)
        self.presets.setMinimumWidth(10 * theme.body)

    # From one visit to the next

    def _restore(self) -> None:
        stored = Settings()
        self._values = stored.expression_values
        text = stored.expression
        known = next((each for each in PRESETS if each.text == text), PRESETS[0] if not text else None)
        if known is not None:
            kept = {**known.values, **self._values}
            self.show_preset(known)
            for name in known.values:
                self._set(name, kept[name])
        else:
            self.entry.setText(text)
            self._type(text)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._remember()  # not at every key: it is written to the disk

    def _remember(self) -> None:
        if self.walk is None or not self._typed or self.view.canvas.stale:
            return
        stored = Settings()
        stored.expression = self.entry.text()
        stored.expression_values = {name: node.value for name, node in self.walk.graph.variables.items()}

    # Export

    def exports(self) -> list[Export]:
        """The graph as a picture, and its nodes as a table."""
        canvas = self.view.canvas
        source = canvas if canvas.width() <= WIDEST_PICTURE else self.view
        return [(self.tr("Computational graph"), source, self.rows)]

    def rows(self) -> Table:
        """One row a node, inputs before those who use them."""
        return ("number", "name", "operation", "value", "gradient", "inputs"), self._rows()

    def _rows(self) -> Iterator[Sequence[object]]:
        walk = self.walk
        if walk is None:
            return
        numbers = {node: number for number, node in enumerate(walk.graph.nodes, start=1)}
        for node, number in numbers.items():
            name, operation = ("", node.operation.label) if node.operation else (node.name, "")
            value = node.value if walk.has_value(node) else ""
            gradient = node.gradient if walk.has_gradient(node) else ""
            yield number, name, operation, value, gradient, " ".join(str(numbers[each]) for each in node.inputs)

    def _export(self) -> None:
        name, source, rows = self.exports()[0]
        export_dialog(self, source, name, rows)

    # The parts

    def _fill_presets(self) -> None:
        self.presets.setObjectName("presets")
        self.presets.setAccessibleName(self.tr("Examples"))
        self.presets.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.presets.setPlaceholderText(self.tr("Examples"))
        self.presets.setToolTip("<p>" + self.tr("Expressions to begin with; what each means is said below.") + "</p>")
        for index, preset in enumerate(PRESETS):
            self.presets.addItem(words(preset.label))
            self.presets.setItemData(index, f"<p>{words(preset.meaning)}</p>", Qt.ItemDataRole.ToolTipRole)

    def _build(self) -> None:
        tip = self.tr("Send a neuron of this network, or its whole loss, to the graph: with its real numbers of now.")
        self.network = PopupButton(self.tr("Network"), tip, self.source, self.source.first)
        self.network.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        rows.setSpacing(GRID // 2)
        top = QHBoxLayout()
        top.setSpacing(GRID)
        for each, stretch in ((self.entry, 1), (self.presets, 0), (self.network, 0)):
            top.addWidget(each, stretch)
        rows.addLayout(top)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.variables)
        middle.addWidget(self.view, 1)
        rows.addLayout(middle, 1)
        below = QHBoxLayout()
        below.setSpacing(GRID)
        below.addWidget(self._steps())
        below.addStretch(1)
        below.addWidget(self._zooms())
        rows.addLayout(below)
        self.said.setAccessibleName(self.tr("What the node at work does"))
        self.rule.setAccessibleName(self.tr("Its rule"))
        rows.addWidget(self.said)
        rows.addWidget(self.rule)

    def _steps(self) -> ButtonRow:
        made = ButtonRow()
        keys = self.view.canvas.keys
        self.buttons = {}
        for name, way, key, text, tip in (
            (
                "start",
                "go_to_start",
                Qt.Key.Key_Home,
                self.tr("Start"),
                self.tr("No operation has a value yet (Home in the graph)."),
            ),
            ("back", "step_back", Qt.Key.Key_Comma, self.tr("Back"), self.tr("One node back (comma in the graph).")),
            (
                "step",
                "step",
                Qt.Key.Key_Period,
                self.tr("Step"),
                self.tr(
                    "One node on: forward, then backward; from the end to the start again (full stop in the graph)."
                ),
            ),
            (
                "forward",
                "go_forward",
                Qt.Key.Key_F,
                self.tr("Forward"),
                self.tr("All values and no gradients (F in the graph)."),
            ),
            (
                "backward",
                "go_to_end",
                Qt.Key.Key_B,
                self.tr("Backward"),
                self.tr("All values and all gradients (B in the graph)."),
            ),
        ):
            self.buttons[name] = made.add(name, text, tip, partial(self._go, way))
            keys[key] = partial(self._go, way)
        return made

    def _zooms(self) -> ButtonRow:
        made = ButtonRow()
        tips = (
            self.tr("Smaller (- in the graph, or Ctrl and the wheel)."),
            self.tr("Larger (+ in the graph, or Ctrl and the wheel)."),
        )
        made.add("smaller", "−", tips[0], lambda: self.view.zoom_by(1 / NOTCH), self.tr("Smaller"))
        made.add("fit", self.tr("Fit"), self.tr("All of the graph (0 in the graph)."), self.view.fit)
        made.add("larger", "+", tips[1], lambda: self.view.zoom_by(NOTCH), self.tr("Larger"))
        return made


def _sentence(text: str, wrong: str) -> str:
    """With a capital letter, unless it begins with the very word that is `wrong`."""
    first = text.split(" ", 1)[0]
    return f"{text}." if wrong.startswith(first) else f"{text[:1].upper()}{text[1:]}."
