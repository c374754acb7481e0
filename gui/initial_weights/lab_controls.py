"""What can be set in the lab: whose network, its activation, depth and width, the seed, and a rule of one's own."""

from collections.abc import Callable

from msgspec import structs
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from gui.flow_layout import FlowLayout
from gui.hyperparameter_editor import BoolEditor, NumberEditor, editor
from gui.initial_weights.log_slider import LogSlider
from gui.neuron_lab.choice_row import ChoiceRow
from gui.theme import GRID, Theme, current_theme, font, theme_switch
from gui.words import words
from model.hyperparameter import Hyperparameter, hyperparameters
from model.initial_weights import CANDIDATES, Candidate, DeepNetwork, OwnRule, own
from model.layers import ReLU, Sigmoid, Tanh

BOX = 48  # px, of a number at the desk
ACTIVATIONS = {"sigmoid": Sigmoid(), "tanh": Tanh(), "relu": ReLU()}


class LabControls(QWidget):
    """As few lines as the width allows; `whose` stands where the panel puts it."""

    changed = Signal()  # everything is to be measured anew
    own_changed = Signal()  # only the person's own rule

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.network = DeepNetwork()
        self._declared = {each.name: each for each in hyperparameters(DeepNetwork)}
        self.whose = ChoiceRow(
            self.tr("Whose network"),
            (
                ("deep", self.tr("Deep network"), self.tr("Equal layers on top of each other, standard normal inputs")),
                ("experiment", self.tr("This experiment"), self.tr("The network and the data of the window")),
            ),
        )
        self.activation = ChoiceRow(
            self.tr("Activation function"),
            tuple((key, words(each.label), words(each.meaning)) for key, each in ACTIVATIONS.items()),
        )
        self.batch_norm = BoolEditor(self.network.batch_norm)
        self.boxes = {name: self._box(self._declared[name]) for name in ("layers", "units", "seed")}
        (declared,) = hyperparameters(OwnRule)
        self.own = LogSlider(declared, OwnRule().std)
        self._labels: list[QLabel] = []
        self._deep: list[QWidget] = []  # what the window's own network decides by itself
        self._lay_out(declared)
        self._connect()
        theme_switch().changed.connect(self._restyle)
        self._restyle(current_theme())

    @property
    def of_experiment(self) -> bool:
        """Whether the window's network is looked at, and not the deep one of the lab."""
        return self.whose.key() == "experiment"

    @property
    def seed(self) -> int:
        return self.network.seed

    def rules(self) -> tuple[Candidate, ...]:
        """All that are compared, the person's own among them."""
        return tuple(own(self.own.value()) if each.key == "own" else each for each in CANDIDATES)

    def _connect(self) -> None:
        self.activation.choose("tanh")
        self.whose.chosen.connect(self._take_whose)
        self.activation.chosen.connect(lambda key: self._set(activation=ACTIVATIONS[key]))
        self.batch_norm.edited.connect(lambda value: self._set(batch_norm=value))
        for name, box in self.boxes.items():
            box.edited.connect(self._setter(name))
        self.own.edited.connect(lambda _: self.own_changed.emit())

    def _setter(self, name: str) -> Callable[[object], None]:
        return lambda value: self._set(**{name: value})

    def _set(self, **fields: object) -> None:
        self.network = structs.replace(self.network, **fields)
        self.changed.emit()

    def _take_whose(self, key: str) -> None:
        for each in self._deep:
            each.setEnabled(key == "deep")
        self.changed.emit()

    def _box(self, declared: Hyperparameter) -> NumberEditor:
        made = editor(declared, getattr(self.network, declared.name))
        assert isinstance(made, NumberEditor)
        return made

    def _lay_out(self, own_rule: Hyperparameter) -> None:
        declared = self._declared["batch_norm"]
        self.batch_norm.setText(words(declared.label))
        self.batch_norm.setAccessibleName(words(declared.label))
        self.batch_norm.setToolTip(f"<p>{words(declared.meaning)}</p>")
        flow = FlowLayout(self)
        for each in (self.activation, self.batch_norm):
            flow.addWidget(each)
        for name, box in self.boxes.items():
            flow.addWidget(self._labelled(box, words(self._declared[name].label)))
        flow.addWidget(self._labelled(self.own, words(own_rule.label)))
        self._deep = [self.activation, self.batch_norm, self.boxes["layers"], self.boxes["units"]]

    def _labelled(self, box: NumberEditor | LogSlider, text: str) -> QWidget:
        """A box behind its name, kept together."""
        both, label = QWidget(), QLabel(text)
        label.setBuddy(box if isinstance(box, NumberEditor) else box.box)
        label.setToolTip(box.toolTip())
        self._labels.append(label)
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID // 2)
        row.addWidget(label)
        row.addWidget(box)
        return both

    def _restyle(self, theme: Theme) -> None:
        small = font(theme.small)
        numbers = (*self.boxes.values(), self.own.box)
        lines = (box.lineEdit() for box in numbers)  # once styled, they do not follow their boxes
        for each in (*self._labels, *numbers, *lines, self.batch_norm):
            each.setFont(small)
        for box in numbers:
            box.setFixedWidth(BOX * theme.small // 11)
