"""The row above the diagram: what the links show, which sample the neurons show; inside a step, what happens in it."""

from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QSpinBox, QStackedWidget, QToolButton, QWidget

from gui.live_label import LiveLabel
from gui.network_view.descriptions import number
from gui.network_view.links import Quantity
from gui.theme import GRID, Theme, current_theme, theme_switch

translate = QCoreApplication.translate


class DiagramHeader(QWidget):
    """It keeps its height whatever it shows: the diagram below must not move."""

    quantity_chosen = Signal(str)  # a Quantity
    sample_chosen = Signal(int)  # of the training part

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._samples = 0
        self.sentence = LiveLabel(wrap_lines=1)
        self.sentence.setAccessibleName(self.tr("What happens in this phase"))
        self._pages = QStackedWidget()
        self._pages.addWidget(self._make_choice())
        self._pages.addWidget(self.sentence)
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        row.setSpacing(GRID // 2)
        row.addWidget(self._pages, 1)
        self._sample_label = QLabel(self.tr("Sample"))
        self._sample_label.setBuddy(self._make_sample())
        row.addWidget(self._sample_label)
        row.addWidget(self.sample)
        theme_switch().changed.connect(self._restyle)
        self._restyle(current_theme())

    def quantities(self) -> tuple[tuple[Quantity, str, str], ...]:
        """What links may show: its name, its words, its meaning."""
        return (
            ("weights", self.tr("Weights"), self.tr("Width and colour of a link show its weight.")),
            (
                "gradient",
                self.tr("Gradients"),
                self.tr("Show the derivative of the last batch's loss with respect to each weight."),
            ),
            ("update", self.tr("Updates"), self.tr("Show what the optimizer added to each weight at the last step.")),
        )

    def choose(self, quantity: Quantity) -> None:
        """The links show `quantity`."""
        button = self.findChild(QToolButton, quantity)
        assert isinstance(button, QToolButton)
        button.setChecked(True)

    def show_scale(self, limit: float) -> None:
        """The widest link stands for `limit`."""
        self.scale.setText(self.tr("widest line: {value}").format(value=number(limit)) if limit > 0 else "")

    def say(self, sentence: str) -> None:
        """What happens in a phase of a step; empty: none is shown."""
        self.sentence.setText(sentence)
        self._pages.setCurrentIndex(1 if sentence else 0)
        self._show_sample_box()  # a step has a chooser of its own, among the samples of its batch

    def set_samples(self, count: int) -> None:
        """How many training samples there are to choose from; 0: the neurons show no single sample."""
        self.sample.setMaximum(max(1, count))
        self._samples = count
        self._show_sample_box()

    def next_sample(self) -> None:
        """The sample after the one that is shown."""
        self.sample.stepUp()

    def _show_sample_box(self) -> None:
        for widget in (self._sample_label, self.sample):
            widget.setVisible(self._samples > 0 and self._pages.currentIndex() == 0)

    def _make_choice(self) -> QWidget:
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID // 2)
        row.addWidget(QLabel(self.tr("Links show")))
        self.choice = QButtonGroup(self)
        for quantity, text, tip in self.quantities():
            button = QToolButton()
            button.setObjectName(quantity)
            button.setText(text)
            button.setToolTip(f"<p>{tip}</p>")
            button.setAccessibleDescription(tip)
            button.setCheckable(True)
            button.setChecked(quantity == "weights")
            button.setAutoRaise(True)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.clicked.connect(partial(self._chosen, quantity))
            self.choice.addButton(button)
            row.addWidget(button)
        row.addSpacing(GRID)
        self.scale = LiveLabel(small=True)
        self.scale.setObjectName("scale")
        self.scale.setToolTip(self.tr("Blue is positive, orange is negative; the widest line has this size."))
        row.addWidget(self.scale, 1)
        return page

    def _make_sample(self) -> QSpinBox:
        self.sample = QSpinBox()
        self.sample.setObjectName("sample")
        self.sample.setAccessibleName(self.tr("Training sample"))
        self.sample.setToolTip(self.tr("The training sample whose activations the neurons show."))
        self.sample.setMinimum(1)
        self.sample.setWrapping(True)
        self.sample.setKeyboardTracking(False)
        self.sample.valueChanged.connect(lambda value: self.sample_chosen.emit(value - 1))
        return self.sample

    def _chosen(self, quantity: Quantity, _checked: bool = True) -> None:
        self.quantity_chosen.emit(quantity)

    def _restyle(self, theme: Theme) -> None:
        self.scale.set_color(theme.muted)
        self.sentence.set_color(theme.text)
