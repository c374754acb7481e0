"""The expressions to begin with, to choose from."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from gui.theme import Theme, current_theme, theme_switch
from gui.words import words
from model.graph import PRESETS, Preset


class PresetChooser(QComboBox):
    """Shows the one that is chosen, or that none is: its expression was changed."""

    chosen = Signal(object)  # Preset

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("presets")
        self.setAccessibleName(self.tr("Examples"))
        self.setPlaceholderText(self.tr("Examples"))
        self.setToolTip("<p>" + self.tr("Expressions to begin with; what each means is said below the graph.") + "</p>")
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for index, preset in enumerate(PRESETS):
            self.addItem(words(preset.label))
            self.setItemData(index, f"<p>{words(preset.meaning)}</p>", Qt.ItemDataRole.ToolTipRole)
        self.activated.connect(lambda index: self.chosen.emit(PRESETS[index]))
        theme_switch().changed.connect(self._restyle)
        self._restyle(current_theme())

    def show_preset(self, preset: Preset | None) -> None:
        """Without a signal."""
        self.setCurrentIndex(PRESETS.index(preset) if preset is not None else -1)

    def _restyle(self, theme: Theme) -> None:
        self.setMinimumWidth(10 * theme.body)
