"""The classes to choose from, each as the mark that its points have; and one more."""

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QButtonGroup, QToolButton, QWidget

from gui.class_colors import class_color
from gui.flow_layout import FlowLayout
from gui.output_views.marks import draw_mark
from gui.palette import marker
from gui.theme import GRID, Theme, current_theme, theme_switch
from model.datasets.points import MOST_CLASSES, NAMES


class ClassSwatches(QWidget):
    """One is chosen."""

    chosen = Signal(int)
    added = Signal()  # the person wants one more class

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Class of the points"))
        self._classes = 2
        self._row = FlowLayout(self, gap=GRID // 4)
        self._group = QButtonGroup(self)
        self.buttons = [self._swatch(label) for label in range(MOST_CLASSES)]
        self.more = self._button("+", self.tr("Add a class"))
        self.more.setObjectName("add class")
        self.more.setToolTip(
            self.tr(
                "<p><b>Add a class.</b> With its first point the network gets one more output, and begins to learn "
                "anew.</p>"
            )
        )
        self.more.clicked.connect(self.added)
        self.buttons[0].setChecked(True)
        theme_switch().changed.connect(self._restyle)
        self._restyle(current_theme())

    def show_classes(self, classes: int, chosen: int) -> None:
        """Offer this many, with one of them pressed."""
        if classes != self._classes:
            self._classes = classes
            self._restyle(current_theme())
        self.buttons[chosen].setChecked(True)

    def _swatch(self, label: int) -> QToolButton:
        name = self.tr("Class {name}").format(name=NAMES[label])
        button = self._button(NAMES[label], name)
        button.setObjectName(f"class {NAMES[label]}")
        button.setCheckable(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        tip = self.tr("<p>Set points of this class (key {number} in the plane).</p>").format(number=label + 1)
        button.setToolTip(f"<p><b>{name}</b></p>{tip}")
        button.clicked.connect(lambda: self.chosen.emit(label))
        self._group.addButton(button)
        return button

    def _button(self, text: str, name: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setAccessibleName(name)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._row.addWidget(button)
        return button

    def _restyle(self, theme: Theme) -> None:
        size = theme.marker + 5
        for label, button in enumerate(self.buttons):
            button.setVisible(label < self._classes)
            button.setIconSize(QSize(size, size))
            if label < self._classes:
                button.setIcon(_icon(label, self._classes, size, theme))
        self.more.setVisible(self._classes < MOST_CLASSES)


def _icon(label: int, classes: int, size: int, theme: Theme) -> QIcon:
    pixmap = QPixmap(size * 2, size * 2)
    pixmap.setDevicePixelRatio(2)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    color = class_color(label, classes, theme)
    draw_mark(painter, QPointF(size / 2, size / 2), size - 3, marker(label), color, "train", theme)
    painter.end()
    return QIcon(pixmap)
