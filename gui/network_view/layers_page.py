"""The page of a column: the kind of layer it begins with, batch normalization, dropout, and what can be set of each."""

import itertools
from collections.abc import Callable
from functools import partial
from typing import cast

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QLabel, QPushButton, QRadioButton, QVBoxLayout, QWidget

from gui import layer_edits
from gui.hyperparameter_editor import SpecForm
from gui.network_edits import obstacle
from gui.network_view.columns import diagram
from gui.network_view.descriptions import column_title
from gui.session import Session
from gui.theme import GRID
from gui.words import words
from model.experiment import Experiment
from model.hyperparameter import hyperparameters
from model.layers import AnyLayer, AveragePooling, BatchNorm, Convolution, Dropout, LayerSpec, MaxPooling
from model.stages import stages

translate = QCoreApplication.translate

WIDTH = 44  # characters: a number beside its label is not cut
_visits = itertools.count(1)  # what is tried out while one page is open is one step to undo


class LayersPage(QFrame):
    """A small page over the diagram. Every edit is taken at once; Esc or a click beside it closes it."""

    def __init__(self, session: Session, stage: int, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._session, self._stage, self._visit = session, stage, f"layers {next(_visits)}"
        drawn = diagram(session.experiment)
        self._title, self._is_output = column_title(drawn, stage), drawn.columns[stage + 1].is_output
        self.setObjectName("layers")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAccessibleName(translate("network", "Layers of {layer}").format(layer=self._title))
        self.setMinimumWidth(WIDTH * self.fontMetrics().averageCharWidth())
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(GRID, GRID, GRID, GRID)
        self._rows.setSpacing(GRID // 2)
        self.problem = QLabel()
        self.problem.setWordWrap(True)
        self._body: QWidget | None = None
        self._build()

    def open_at(self, corner: QPoint) -> None:
        """Show it with its top left corner at a place on the screen, moved where the screen ends."""
        self.adjustSize()
        free = self.screen().availableGeometry()
        x = max(free.left(), min(corner.x(), free.right() - self.width()))
        self.move(x, max(free.top(), min(corner.y(), free.bottom() - self.height())))
        self.show()

    # What stands on it

    def _build(self) -> None:
        """Everything anew, as the experiment has it now."""
        if self._body is not None:
            self._body.hide()
            self._body.deleteLater()
        self._body = QWidget()
        rows = QVBoxLayout(self._body)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(QLabel(translate("network", "Layers of {layer}").format(layer=self._title)))
        self._add_kinds(rows)
        for kind in (BatchNorm, Dropout):
            self._add_part(rows, kind)
        self._add_insertions(rows)
        rows.addWidget(self.problem)
        self.problem.clear()
        self.problem.hide()
        self._rows.addWidget(self._body)
        self._body.show()
        self.adjustSize()

    def _add_kinds(self, rows: QVBoxLayout) -> None:
        experiment = self._session.experiment
        place = stages(experiment.network.layers)[self._stage].affine
        first = experiment.network.layers[place]
        for kind in layer_edits.kinds(experiment, self._stage):
            button = QRadioButton(words(kind.label))
            button.setObjectName(kind.__name__)
            button.setChecked(isinstance(first, kind))
            edit = partial(layer_edits.choose_kind, column=self._stage, kind=kind)
            _explain(button, kind, "" if isinstance(first, kind) else self._refusal(edit))
            text = translate("network", "{kind} in {layer}").format(kind=words(kind.label), layer=self._title)
            button.clicked.connect(partial(self._take, edit, text))
            rows.addWidget(button)
        self._add_form(rows, place, first)

    def _add_part(self, rows: QVBoxLayout, kind: type[BatchNorm] | type[Dropout]) -> None:
        experiment = self._session.experiment
        place = layer_edits.part(experiment, self._stage, kind)
        box = QCheckBox(words(kind.label))
        box.setObjectName(kind.__name__)
        box.setChecked(place is not None)
        if place is not None:
            edit: Callable[[Experiment], Experiment] = partial(layer_edits.remove_part, place=place)
            text = translate("network", "remove {part} from {layer}")
        else:
            edit = partial(layer_edits.add_part, column=self._stage, layer=kind())
            text = translate("network", "add {part} to {layer}")
        _explain(box, kind, "" if place is not None else self._refusal(edit))
        named = text.format(part=words(kind.label), layer=self._title)
        box.clicked.connect(partial(self._take, edit, named))
        rows.addWidget(box)
        if place is not None:
            self._add_form(rows, place, experiment.network.layers[place])

    def _add_form(self, rows: QVBoxLayout, place: int, layer: LayerSpec) -> None:
        if hyperparameters(type(layer)):
            form = SpecForm(layer)
            form.setContentsMargins(2 * GRID, 0, 0, 0)
            form.edited.connect(partial(self._change, place))
            rows.addWidget(form)

    def _add_insertions(self, rows: QVBoxLayout) -> None:
        experiment = self._session.experiment
        if layer_edits.image_before(experiment, self._stage) is None:
            return
        for kind in (Convolution, MaxPooling, AveragePooling):
            button = QPushButton(translate("network", "{kind} before it").format(kind=words(kind.label)))
            button.setObjectName(f"insert {kind.__name__}")
            button.setAutoDefault(False)
            edit = partial(layer_edits.insert_before, column=self._stage, kind=kind)
            _explain(button, kind, self._refusal(edit))
            text = translate("network", "add {kind} before {layer}").format(kind=words(kind.label), layer=self._title)
            button.clicked.connect(partial(self._insert, edit, text))
            rows.addWidget(button)

    # What it does

    def _refusal(self, edit: Callable[[Experiment], Experiment]) -> str:
        """Why this cannot be; "" where it can."""
        message = obstacle(edit(self._session.experiment))
        return words(message) if message is not None else ""

    def _take(self, edit: Callable[[Experiment], Experiment], text: str, _checked: bool = True) -> None:
        self._session.propose(edit(self._session.experiment), text)
        self._build()

    def _insert(self, edit: Callable[[Experiment], Experiment], text: str, _checked: bool = True) -> None:
        self._session.propose(edit(self._session.experiment), text)
        self.close()  # the column is another one now

    def _change(self, place: int, layer: object) -> None:
        """A hyperparameter was edited. The form stays, with the focus in it."""
        edited = layer_edits.replace(self._session.experiment, place, cast(AnyLayer, layer))
        message = obstacle(edited)
        self.problem.setText(words(message) if message is not None else "")
        self.problem.setVisible(message is not None)
        if message is None:
            text = translate("network", "layers of {layer}").format(layer=self._title)
            self._session.propose(edited, text, merge=self._visit)
        self.adjustSize()


def _explain(button: QRadioButton | QCheckBox | QPushButton, kind: type[LayerSpec], refusal: str) -> None:
    """What the layer is for, or why it cannot be here."""
    tip = refusal or words(kind.meaning)
    button.setEnabled(not refusal)
    button.setToolTip(f"<p>{tip.replace('&', '&amp;').replace('<', '&lt;')}</p>")
    button.setAccessibleDescription(tip)
