"""What a data set is, in words: its name, its meaning, and for real data where it comes from."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.sources import sources
from gui.text_label import TextLabel
from gui.theme import GRID
from gui.words import words
from model.datasets import AnyDataset, OfFile


class DatasetWords(QWidget):
    """Three lines under the gallery, about the data set in use."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self.meaning = TextLabel(kind="heading"), TextLabel(kind="muted")
        self.source = TextLabel(kind="muted")
        self.source.setTextFormat(Qt.TextFormat.MarkdownText)
        self.source.setOpenExternalLinks(True)
        self.source.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.source.setObjectName("source")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        self.name.setTextFormat(Qt.TextFormat.PlainText)  # a file may be called anything
        for label in (self.name, self.meaning, self.source):
            label.setWordWrap(True)
            column.addWidget(label)

    def show_dataset(self, dataset: AnyDataset) -> None:
        """Say what `dataset` is."""
        label = words(dataset.title()) if isinstance(dataset, OfFile) else words(dataset.label)
        self.name.setText(label if isinstance(dataset, OfFile) else label[:1].upper() + label[1:])
        self.meaning.setText(words(dataset.meaning))
        found = sources().get(str(dataset.__struct_config__.tag))
        self.source.setVisible(found is not None)
        if found is not None:
            self.source.setText(
                self.tr("Source: {source} Licence: {licence}").format(source=found.source, licence=found.licence)
            )
            self.source.setToolTip(self.tr("<p>Creators: {creators}</p>").format(creators=found.creators))
