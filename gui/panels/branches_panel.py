"""All branches of the session: shown, compared, named, removed; and what differs between those that are compared."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QSizePolicy,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.branch_table import BranchTable
from gui.comparison import MOST, comparison_of
from gui.difference_table import DifferenceTable
from gui.export import Table, export_dialog
from gui.export_action import add_export_action
from gui.panel import Export, Panel
from gui.run import Progress
from gui.session import Session
from gui.theme import GRID, current_theme, font, theme_switch
from model.branch import BranchView

MUCH = 1000  # steps that are not thrown away without a question


class BranchesPanel(Panel):
    """The list of branches, and the table of differences below it."""

    per_second = 4.0  # numbers in words

    def __init__(self, session: Session, pictures: object = None, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setObjectName("branches panel")
        self.setAccessibleName(self.tr("Branches"))
        self.branches, self.differences = BranchTable(), DifferenceTable()
        self.sentence = QLabel()
        self._split = QSplitter(Qt.Orientation.Vertical)
        self.show_button, self.remove_button = QToolButton(), QToolButton()
        self.question: QMessageBox | None = None
        self._progress: Progress | None = None
        self._comparison = comparison_of(session)
        self._compared: tuple[object, ...] = ()
        self._marked = 0  # the branch that was shown last
        self._build()
        self._comparison.changed.connect(self._list)
        self.branches.ticked.connect(self._tick)
        self.branches.asked_for.connect(self._show)
        self.branches.named.connect(self._name)
        self.branches.unwanted.connect(self._ask_to_remove)
        self.branches.currentCellChanged.connect(lambda *_: self._offer())
        self.show_button.clicked.connect(lambda: self._with_selected(self._show))
        self.remove_button.clicked.connect(lambda: self._with_selected(self._ask_to_remove))
        theme_switch().changed.connect(self._restyle)
        self._restyle()

    def draw(self, progress: Progress) -> None:
        self._progress = progress
        if self.may_write():
            self._list()

    def exports(self) -> list[Export]:
        """The list and the differences as tables."""
        if self._progress is None:
            return []
        return [
            (self.tr("Branches"), self.branches, self.rows),
            (self.tr("Differences between branches"), self.differences, self.differences.texts),
        ]

    def rows(self) -> Table:
        """All branches with their numbers in full."""
        header = ("number", "name", "parent", "parted_at", "steps", "train_loss", "test_loss", "test_accuracy")
        return header, [self._row(view) for view in self._comparison.branches]

    def _row(self, view: BranchView) -> Sequence[object]:
        last = view.record.evaluations[-1]
        came_from = view.parent, view.parted_at
        name, measured = self._comparison.title(view.number), (last.train_loss, last.test_loss, last.test_accuracy)
        return view.number, name, *came_from, view.record.steps, *measured

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    # What is seen

    def _list(self) -> None:
        """Bring all rows up to date; what stays the same costs nothing."""
        comparison = self._comparison
        if self.branches.show_numbers([view.number for view in comparison.branches]):
            self._share_room()
        if comparison.shown != self._marked:
            self._marked = comparison.shown
            self.branches.select(comparison.shown)
        for row, view in enumerate(comparison.branches):
            shown, number = view.number == comparison.shown, view.number
            texts = [f"{view.record.steps:,}", *self._measures(view)]
            self.branches.show_row(row, comparison.title(number), comparison.color(number), texts, shown=shown)
        compared = [view for view in comparison.branches if comparison.is_ticked(view.number)]
        key = (*compared, *(comparison.color(view.number) for view in compared))
        if key != self._compared:
            self._compared = key
            colors = [comparison.color(view.number) for view in compared]
            self.differences.compare(compared, colors, [comparison.title(view.number) for view in compared])
            self._say(self._summary(len(compared)))
        self._offer()

    def _share_room(self) -> None:
        """The list has what it needs, up to the larger half; the table the rest."""
        needed, whole = self.branches.height_of_all(), self.height() - self.sentence.height() - GRID
        height = min(needed, round(0.6 * whole))
        self._split.setSizes([height, whole - height])

    def _measures(self, view: BranchView) -> tuple[str, str]:
        """At the branch's end: training loss; accuracy on the test part, or its loss where there are no classes."""
        last = view.record.evaluations[-1] if view.record.evaluations else None
        if last is None:
            return "", ""
        if last.test_accuracy is not None:
            return f"{last.train_loss:.3g}", self.tr("{share:.1f} %").format(share=100 * last.test_accuracy)
        return f"{last.train_loss:.3g}", f"{last.test_loss:.3g}" if last.test_loss is not None else "–"

    def _summary(self, compared: int) -> str:
        if len(self._comparison.branches) < 2:
            return self.tr("Go back and change something: the old future stays here as a branch.")
        if compared < 2:
            return self.tr("Tick another branch to compare it.")
        if not self.differences.rowCount():
            return self.tr("The ticked branches do not differ.")
        return self.tr("%n compared; they differ in:", "", compared)

    def _say(self, sentence: str) -> None:
        self.sentence.setText(sentence)
        self.sentence.setToolTip(f"<p>{sentence}</p>")

    def _offer(self) -> None:
        other = self.branches.selected() not in (None, self._comparison.shown)
        self.show_button.setEnabled(other)
        self.remove_button.setEnabled(other)

    # What is asked for

    def _with_selected(self, act: Callable[[int], None]) -> None:
        number = self.branches.selected()
        if number is not None:
            act(number)

    def _tick(self, number: int, ticked: bool) -> None:
        if self._comparison.tick(number, ticked):
            return
        self._list()  # the tick goes back
        if ticked:
            self._say(self.tr("At most {most} are compared at a time: hide another one first.").format(most=MOST))

    def _show(self, number: int) -> None:
        if number != self._comparison.shown:
            self.session.switch(number, self.tr("show branch {number}").format(number=number))

    def _name(self, number: int, name: str) -> None:
        self.session.rename_branch(number, name)
        self._list()  # the old one until it is done

    def _ask_to_remove(self, number: int) -> None:
        view = self._comparison.view(number)
        if view is None or number == self._comparison.shown:
            return
        steps = view.record.steps - (view.parted_at if view.parent is not None else 0)
        if steps <= MUCH:
            self.session.remove_branch(number)
            return
        self.question = box = QMessageBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setTextFormat(Qt.TextFormat.PlainText)  # a name is what was typed
        box.setWindowTitle(self.tr("Remove branch"))
        box.setText(
            self.tr("Branch {title} was trained for {steps:,} steps. Remove it?").format(
                title=self._comparison.title(number), steps=steps
            )
        )
        remove = box.addButton(self.tr("Remove"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        remove.clicked.connect(lambda: self.session.remove_branch(number))
        box.open()

    def _restyle(self) -> None:
        theme = current_theme()
        self.sentence.setFont(font(theme.small))
        self.sentence.setFixedHeight(2 * QFontMetrics(font(theme.small)).lineSpacing())
        height = self.fontMetrics().height() + GRID // 2
        self.branches.verticalHeader().setDefaultSectionSize(height)
        for table in (self.branches, self.differences):
            for header in (table.horizontalHeader(), table.verticalHeader()):
                header.setFont(font(theme.small))
        self._compared = ()
        self._list()

    def _build(self) -> None:
        for button, text, tip in (
            (self.show_button, self.tr("Show"), self.tr("Show this branch in all panels, where it stood (Enter)")),
            (self.remove_button, self.tr("Remove"), self.tr("Forget this branch (Delete)")),
        ):
            button.setText(text)
            button.setAccessibleName(text)
            button.setToolTip(tip)
            button.setAutoRaise(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.branches.setToolTip(
            self.tr("Tick what is compared (Space). Double click or Enter shows a branch, F2 renames it.")
        )
        self.sentence.setWordWrap(True)
        self.sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.sentence.setAccessibleName(self.tr("How many branches are compared"))
        header = QHBoxLayout()
        header.setContentsMargins(GRID, GRID // 2, GRID, 0)
        header.setSpacing(GRID // 2)
        header.addWidget(self.sentence, 1)
        header.addWidget(self.show_button)
        header.addWidget(self.remove_button)
        for table, name, rows in (
            (self.branches, self.tr("Branches"), self.rows),
            (self.differences, self.tr("Differences between branches"), self.differences.texts),
        ):
            add_export_action(table, partial(export_dialog, self, table, name, rows))
            table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        split = self._split
        split.setChildrenCollapsible(False)
        split.addWidget(self.branches)
        split.addWidget(self.differences)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(header)
        column.addWidget(split, 1)
