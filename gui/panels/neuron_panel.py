"""The neuron lab: one neuron, gates, the perceptron rule, XOR by two layers, and why two linear layers are one line."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from gui.neuron_lab.choice_row import ChoiceRow
from gui.neuron_lab.gates_page import GatesPage
from gui.neuron_lab.lab_page import LabPage
from gui.neuron_lab.linear_page import LinearPage
from gui.neuron_lab.one_neuron_page import OneNeuronPage
from gui.neuron_lab.rule_page import RulePage
from gui.neuron_lab.xor_page import XorPage
from gui.panel import Export, Panel
from gui.session import Session
from gui.theme import GRID, current_theme, font, theme_switch


class NeuronPanel(Panel):
    """The pages, one at a time, each made when it is first turned to. It has neurons of its own and shows no run."""

    def __init__(self, session: Session, pictures: object = None, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setObjectName("neuron panel")
        self.setAccessibleName(self.tr("Neuron lab"))
        self._makers: dict[str, Callable[[], LabPage]] = {
            "neuron": OneNeuronPage,
            "gates": GatesPage,
            "rule": RulePage,
            "xor": XorPage,
            "linear": LinearPage,
        }
        self.pages: dict[str, LabPage] = {}
        self._stack = QStackedWidget()
        self.tabs = ChoiceRow(
            self.tr("Pages of the lab"),
            (
                ("neuron", self.tr("Neuron"), self.tr("Inputs, weights, bias, activation: t = f(w · x + b)")),
                ("gates", self.tr("Gates"), self.tr("AND, NAND and OR by one neuron, and why XOR fails")),
                ("rule", self.tr("Learning rule"), self.tr("The perceptron learns from its mistakes, step by step")),
                ("xor", self.tr("XOR"), self.tr("XOR by two layers: NAND and OR, then AND")),
                ("linear", self.tr("Linear layers"), self.tr("Why two linear layers are still one line")),
            ),
            small=False,
        )
        self.again = QToolButton()
        self._build()
        theme_switch().changed.connect(self._restyle)
        self._restyle()
        self.tabs.chosen.connect(self.turn_to)
        self.again.clicked.connect(lambda: self.page().reset())
        self.turn_to("neuron")

    def page(self) -> LabPage:
        """The page that is shown."""
        return self.pages[self.tabs.key()]

    def turn_to(self, key: str) -> None:
        """Show a page."""
        if key not in self.pages:
            self.pages[key] = self._makers[key]()
            self._stack.addWidget(self.pages[key])
        self.tabs.choose(key)
        self._stack.setCurrentWidget(self.pages[key])

    def follows(self) -> bool:
        return False  # a lab of its own

    def exports(self) -> list[Export]:
        """The planes of the page that is shown."""
        return self.page().exports()

    def _restyle(self) -> None:
        theme = current_theme()
        self.again.setFont(font(theme.small if theme.projector else theme.body))

    def _build(self) -> None:
        self.again.setText(self.tr("Reset"))
        self.again.setAccessibleName(self.tr("Reset this page"))
        self.again.setToolTip(self.tr("Everything on this page back to how it was at first"))
        self.again.setAutoRaise(True)
        self.again.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        header = QHBoxLayout()
        header.setContentsMargins(GRID, GRID // 2, GRID, 0)
        header.setSpacing(GRID // 2)
        header.addWidget(self.tabs, 1)
        header.addWidget(self.again)
        column = QVBoxLayout(self)
        # A strip of its own: what children cover does not count as seen (`is_seen`).
        column.setContentsMargins(0, 0, 0, GRID // 2)
        column.setSpacing(GRID // 2)
        column.addLayout(header)
        column.addWidget(self._stack, 1)
