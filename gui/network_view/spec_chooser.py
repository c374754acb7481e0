"""The choice that opens under a column's title: one of several kinds, its hyperparameters, and "all layers"."""

from collections.abc import Callable, Sequence

from msgspec import Struct
from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QPushButton, QRadioButton, QVBoxLayout, QWidget

from gui.hyperparameter_editor import SpecForm
from gui.theme import GRID
from gui.words import words
from model.hyperparameter import Spec, hyperparameters

WIDTH = 36  # characters: a number beside its label is not cut


class SpecChooser(QFrame):
    """A small page over the diagram. Esc or a click beside it closes it."""

    chosen = Signal(object)  # the spec: of another kind, or with another hyperparameter
    chosen_for_all = Signal(object)  # the spec shown now, for every layer

    def __init__(
        self,
        title: str,
        kinds: Sequence[type[Spec]],
        current: Spec,
        obstacle: Callable[[Spec], str],
        for_all: str,
        parent: QWidget,
    ) -> None:
        """`obstacle(spec)`: why it cannot be chosen, "" where it can. `for_all`: the button's text, "" for none."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("chooser")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAccessibleName(title)
        self.setMinimumWidth(WIDTH * self.fontMetrics().averageCharWidth())
        self._spec = current
        rows = QVBoxLayout(self)
        rows.setContentsMargins(GRID, GRID, GRID, GRID)
        rows.addWidget(QLabel(title))
        self._group = QButtonGroup(self)
        for kind in kinds:
            rows.addWidget(self._button(kind, obstacle))
        self._form: SpecForm | None = None
        self._rows, self._form_place = rows, rows.count()
        self._show_form()
        if for_all:
            everywhere = QPushButton(for_all)
            everywhere.setObjectName("for all")
            everywhere.setAutoDefault(False)
            everywhere.clicked.connect(lambda: self.chosen_for_all.emit(self._spec))
            rows.addWidget(everywhere)

    def open_at(self, corner: QPoint) -> None:
        """Show it with its top left corner at a place on the screen, moved where the screen ends."""
        self.adjustSize()
        free = self.screen().availableGeometry()
        x = max(free.left(), min(corner.x(), free.right() - self.width()))
        y = max(free.top(), min(corner.y(), free.bottom() - self.height()))
        self.move(x, y)
        self.show()
        checked = self._group.checkedButton()
        if checked is not None:
            checked.setFocus(Qt.FocusReason.PopupFocusReason)

    def _button(self, kind: type[Spec], obstacle: Callable[[Spec], str]) -> QRadioButton:
        current = isinstance(self._spec, kind)
        button = QRadioButton(words(kind.label))
        button.setObjectName(kind.__name__)
        button.setChecked(current)
        reason = "" if current else obstacle(kind())
        button.setEnabled(not reason)
        tip = reason or words(kind.meaning)
        button.setToolTip(f"<p>{tip.replace('&', '&amp;').replace('<', '&lt;')}</p>")
        button.setAccessibleDescription(tip)
        button.clicked.connect(lambda: self._choose(kind))
        self._group.addButton(button)
        return button

    def _choose(self, kind: type[Spec]) -> None:
        if not isinstance(self._spec, kind):
            self._take(kind())
            self._show_form()
            self.adjustSize()

    def _show_form(self) -> None:
        if self._form is not None:
            self._form.hide()
            self._form.deleteLater()
            self._form = None
        if hyperparameters(type(self._spec)):
            self._form = SpecForm(self._spec)
            self._form.edited.connect(self._take)
            self._rows.insertWidget(self._form_place, self._form)

    def _take(self, spec: Struct) -> None:
        assert isinstance(spec, Spec)
        self._spec = spec
        self.chosen.emit(spec)
