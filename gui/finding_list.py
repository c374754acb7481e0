"""All findings with what to do about each, behind a button of the diagnosis strip."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from gui.popup_button import PopupButton
from gui.text_label import TextLabel
from gui.theme import GRID, current_theme
from gui.words import words
from model.diagnosis import Finding

WIDTH = 36  # of a line of text, in sizes of its type


class FindingList(QWidget):
    """One paragraph a finding, the most serious first: its name, the sentence, what to do, and a way to its panel."""

    chosen = Signal(object)  # Finding: show where it is seen

    def __init__(self, title_of_panel: Callable[[str], str], parent: QWidget | None = None) -> None:
        """`title_of_panel(name)`: as it stands above the panel; "" where there is none of this name."""
        super().__init__(parent)
        self._title_of_panel = title_of_panel
        self.links: list[QToolButton] = []
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(GRID // 2)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Write them down anew."""
        while self._rows.count():
            item = self._rows.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.links = []
        for place, finding in enumerate(findings):
            if place:
                self._rows.addSpacing(GRID)
            self._add(finding)

    def first(self) -> QWidget:
        """What gets the keyboard."""
        return self.links[0] if self.links else self

    def _add(self, finding: Finding) -> None:
        title = words(finding.title)
        for text, kind in (
            (title, "heading"),
            (sentence_case(words(finding.sentence)), "body"),
            (words(finding.advice), "body"),
        ):
            label = TextLabel("", kind)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setText(text)
            label.setWordWrap(True)
            label.setFixedWidth(WIDTH * current_theme().body)
            label.setFixedHeight(label.heightForWidth(label.width()))  # the popup's layout would cut the last line
            self._rows.addWidget(label)
        panel = self._title_of_panel(finding.panel)
        if panel:
            link = QToolButton()
            link.setText(self.tr("Show in {panel}").format(panel=panel))
            link.setAccessibleName(self.tr("{finding}: show in {panel}").format(finding=title, panel=panel))
            link.setToolTip("<p>" + self.tr("Bring up the panel in which this is seen.") + "</p>")
            link.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            link.clicked.connect(partial(self._choose, finding))
            self._rows.addWidget(link)
            self.links.append(link)

    def _choose(self, finding: Finding) -> None:
        self.chosen.emit(finding)


class FindingsButton(PopupButton):
    """Opens the list of all findings as they are now; while a person reads them they stay as they are."""

    def __init__(
        self,
        tip: str,
        inside: FindingList,
        findings: Callable[[], Sequence[Finding]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", tip, inside, inside.first, parent)
        self._inside, self._findings = inside, findings
        inside.chosen.connect(self.popup.hide)

    def open(self) -> None:
        self._inside.show_findings(self._findings())
        super().open()


def sentence_case(text: str) -> str:
    """A sentence that stands by itself begins with a capital letter."""
    return text[:1].upper() + text[1:]
