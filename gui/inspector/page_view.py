"""A page of the inspector on the screen. Newer numbers of the same subject are put where the old ones stood."""

import itertools

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from gui.formulas.formula_view import FormulaView
from gui.formulas.typesetter import Typesetter
from gui.inspector.code_view import CodeView
from gui.inspector.number_table import NumberTableView
from gui.inspector.page import Page, Section
from gui.selection import Sources
from gui.text_label import TextLabel
from gui.theme import GRID


class Paragraph(TextLabel):
    """A text that is as wide as the page and as high as its lines then are."""

    def __init__(self, kind: str) -> None:
        super().__init__("", kind)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)  # Qt's own supposes a narrow page, and leaves the room of its many lines


def show_text(label: TextLabel, text: str) -> None:
    """Another text, only where it is another: a label lays out what stands around it."""
    if label.text() != text:
        label.setText(text)
    label.setVisible(bool(text))


class SectionView(QWidget):
    """Formulas under a heading, and a note."""

    def __init__(self, typesetter: Typesetter) -> None:
        super().__init__()
        self.heading, self.formulas, self.note = Paragraph("heading"), FormulaView(typesetter), Paragraph("muted")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GRID // 2)
        for each in (self.heading, self.formulas, self.note):
            rows.addWidget(each)

    def show_section(self, section: Section) -> None:
        show_text(self.heading, section.heading)
        self.formulas.show_rows(section.rows)
        show_text(self.note, section.note)


class PageView(QWidget):
    """Title, meaning, formulas, numbers, code: from top to bottom."""

    pointed = Signal(object)  # Sources | None
    step_wanted = Signal(int)

    def __init__(self, typesetter: Typesetter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._typesetter = typesetter
        self.page: Page | None = None
        self.title, self.meaning, self.where_from = Paragraph("title"), Paragraph("body"), Paragraph("muted")
        self.sections: list[SectionView] = []
        self.table = NumberTableView()
        self.go = QToolButton()
        self.show_code = QToolButton()
        self.code = CodeView()
        self._build()

    def show_page(self, page: Page, *, playing: bool = False) -> None:
        """Show `page`. `playing`: newer numbers come soon, and what stands below should not jump."""
        before, self.page = self.page, page
        same = before is not None and before.title == page.title
        if not same:
            for view in self.sections:
                view.formulas.unmark()
            self.pointed.emit(None)
        show_text(self.title, page.title)
        show_text(self.meaning, page.meaning)
        show_text(self.where_from, page.where_from)
        while len(self.sections) < len(page.sections):
            self._add_section()
        for number, view in enumerate(self.sections):
            view.setVisible(number < len(page.sections))
            if number < len(page.sections):
                view.formulas.still = not (same and playing)
                view.show_section(page.sections[number])
        self.table.setVisible(page.table is not None)
        if page.table is not None:
            self.table.show_table(page.table)
        self.go.setVisible(page.step is not None)
        self.show_code.setVisible(bool(page.code))
        self._unfold(self.show_code.isChecked())

    def point(self, sources: Sources | None) -> None:
        self.pointed.emit(sources)

    def _add_section(self) -> None:
        view = SectionView(self._typesetter)
        view.formulas.pointed.connect(self.point)
        self._rows.insertWidget(3 + len(self.sections), view)
        self.sections.append(view)
        # The keyboard goes from the top of the page to its end, however late a part of it was made.
        for before, after in itertools.pairwise((view.formulas, self.go, self.table, self.show_code)):
            self.setTabOrder(before, after)

    def _unfold(self, unfolded: bool) -> None:
        self.show_code.setArrowType(Qt.ArrowType.DownArrow if unfolded else Qt.ArrowType.RightArrow)
        shown = unfolded and self.page is not None and bool(self.page.code)
        if shown and self.page is not None and self.code.show_code(self.page.code):
            for before, after in itertools.pairwise((self.show_code, *self.code.stops())):
                self.setTabOrder(before, after)
        self.code.setVisible(shown)

    def _go(self) -> None:
        if self.page is not None and self.page.step is not None:
            self.step_wanted.emit(self.page.step)

    def _build(self) -> None:
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(GRID, GRID, GRID, GRID)
        self._rows.setSpacing(GRID)
        for label in (self.title, self.meaning, self.where_from):
            self._rows.addWidget(label)
        self.go.setText(self.tr("Go to this step"))
        self.go.setToolTip(self.tr("Show the network as it was at this step"))
        self.show_code.setText(self.tr("Show me the code"))
        self.show_code.setToolTip(self.tr("The very lines of the model that computed this"))
        self.show_code.setCheckable(True)
        self.show_code.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for button in (self.go, self.show_code):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setAutoRaise(True)
        self.go.clicked.connect(self._go)
        self.show_code.toggled.connect(self._unfold)
        for widget in (self.go, self.table, self.show_code, self.code):
            self._rows.addWidget(widget)
        self._rows.addStretch()
        self.table.pointed.connect(self.point)
