"""Which fault is switched on in the check, and in which layer."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from gui.parameter_name import ParameterNames
from gui.theme import GRID
from gui.words import words
from model.faults import FAULTS, Fault, places
from model.layers import LayerSpec


@dataclass(frozen=True)
class Choice:
    """A fault and the layer that it is in, a place in network.layers; no fault, and then no layer either."""

    fault: Fault | None = None
    layer: int = 0


class FaultChooser(QWidget):
    """Two boxes beside each other."""

    changed = Signal()  # another choice, or another network to choose for

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layers: tuple[LayerSpec, ...] = ()
        self._names: ParameterNames | None = None
        self.fault, self.layer = QComboBox(), QComboBox()
        self.fault.addItem(self.tr("No fault"), None)
        for name, each in FAULTS.items():
            self.fault.addItem(words(each.label), name)
            self.fault.setItemData(self.fault.count() - 1, f"<p>{words(each.meaning)}</p>", Qt.ItemDataRole.ToolTipRole)
        self.fault.setAccessibleName(self.tr("Fault"))
        self.fault.setToolTip(
            self.tr(
                "<p>For teaching: a mistake in backpropagation that everybody makes once. It spoils the gradient of "
                "the check only; training goes on with the right one.</p>"
            )
        )
        self.layer.setAccessibleName(self.tr("Layer with the fault"))
        self.layer.setToolTip(self.tr("<p>The layer in which the fault is switched on.</p>"))
        self._in = QLabel(self.tr("in"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        for each in (self.fault, self._in, self.layer):
            row.addWidget(each)
        self.fault.activated.connect(self._chosen)
        self.layer.activated.connect(self.changed)
        self._fill_layers()

    def choice(self) -> Choice:
        """What is switched on."""
        name = self.fault.currentData()
        return Choice(FAULTS[name], self.layer.currentData()) if name else Choice()

    def set_network(self, layers: tuple[LayerSpec, ...], names: ParameterNames) -> None:
        """Another network: a fault that it has no place for can no longer be chosen."""
        self._layers, self._names = layers, names
        model = self.fault.model()
        assert isinstance(model, QStandardItemModel)
        for row in range(1, self.fault.count()):
            possible = bool(places(FAULTS[self.fault.itemData(row)], layers))
            model.item(row).setEnabled(possible)
            if not possible and self.fault.currentIndex() == row:
                self.fault.setCurrentIndex(0)
        self._fill_layers()
        self.changed.emit()

    def _chosen(self) -> None:
        self._fill_layers()
        self.changed.emit()

    def _fill_layers(self) -> None:
        """The layers in which the chosen fault can be; the one that is chosen stays so where it is one of them."""
        name, kept = self.fault.currentData(), self.layer.currentData()
        fault = FAULTS[name] if name else None
        found = places(fault, self._layers) if fault and self._names else ()
        self.layer.clear()
        for each in found:
            assert self._names is not None
            everywhere = fault is not None and fault.in_all_layers
            self.layer.addItem(self.tr("all layers") if everywhere else self._names.layer(each), each)
        self.layer.setCurrentIndex(max(0, self.layer.findData(kept)))
        self.layer.setEnabled(len(found) > 1)
        for each in (self._in, self.layer):
            each.setVisible(bool(found))
