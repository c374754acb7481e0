"""Every action of the window, declared once: its words, its shortcut, what it explains. From here come the menus, the
tool bar and the list of shortcuts.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QKeySequence

from model.message import QT_TRANSLATE_NOOP


@dataclass(frozen=True)
class Declared:
    """One action. `shortcut` is portable text ("Ctrl+O"); `meaning` is its tool tip."""

    name: str
    menu: str
    text: str
    shortcut: str
    meaning: str
    checkable: bool = False


FILE = QT_TRANSLATE_NOOP("actions", "&File")
EDIT = QT_TRANSLATE_NOOP("actions", "&Edit")
RUN = QT_TRANSLATE_NOOP("actions", "&Run")
VIEW = QT_TRANSLATE_NOOP("actions", "&View")
HELP = QT_TRANSLATE_NOOP("actions", "&Help")
MENUS = (FILE, EDIT, RUN, VIEW, HELP)

ACTIONS: tuple[Declared, ...] = (
    Declared(
        "starters",
        FILE,
        QT_TRANSLATE_NOOP("actions", "&Starter experiments..."),
        "Ctrl+N",
        QT_TRANSLATE_NOOP("actions", "Choose one of the experiments that Downhill comes with."),
    ),
    Declared(
        "open",
        FILE,
        QT_TRANSLATE_NOOP("actions", "&Open..."),
        "Ctrl+O",
        QT_TRANSLATE_NOOP("actions", "Open a run or an experiment from its file. Dropped on the window, it opens too."),
    ),
    Declared(
        "open data",
        FILE,
        QT_TRANSLATE_NOOP("actions", "Open &data..."),
        "Ctrl+Shift+O",
        QT_TRANSLATE_NOOP(
            "actions",
            "Your own data, from a table (CSV, TSV) or from arrays (npz, IDX). Dropped on the window, it opens too.",
        ),
    ),
    Declared(
        "save",
        FILE,
        QT_TRANSLATE_NOOP("actions", "Sa&ve"),
        "Ctrl+S",
        QT_TRANSLATE_NOOP("actions", "Write the whole run to its file: every step, every branch, every change."),
    ),
    Declared(
        "save as",
        FILE,
        QT_TRANSLATE_NOOP("actions", "Save &as..."),
        "Ctrl+Shift+S",
        QT_TRANSLATE_NOOP("actions", "Write the whole run to another file, and go on with that one."),
    ),
    Declared(
        "save experiment",
        FILE,
        QT_TRANSLATE_NOOP("actions", "Save experiment as &JSON..."),
        "Ctrl+Shift+J",
        QT_TRANSLATE_NOOP("actions", "Write how this run began to a JSON file; `downhill train` repeats it."),
    ),
    Declared(
        "quit", FILE, QT_TRANSLATE_NOOP("actions", "&Quit"), "Ctrl+Q", QT_TRANSLATE_NOOP("actions", "Close Downhill.")
    ),
    Declared(
        "paste data",
        EDIT,
        QT_TRANSLATE_NOOP("actions", "&Paste data"),
        "Ctrl+V",
        QT_TRANSLATE_NOOP("actions", "Rows and columns that were copied from a spreadsheet become the data."),
    ),
    Declared(
        "run",
        RUN,
        QT_TRANSLATE_NOOP("actions", "Run"),
        "Space",
        QT_TRANSLATE_NOOP("actions", "Train until you pause it, step after step."),
    ),
    Declared(
        "step",
        RUN,
        QT_TRANSLATE_NOOP("actions", "Step"),
        "S",
        QT_TRANSLATE_NOOP("actions", "One step: one mini-batch, one update of all weights."),
    ),
    Declared(
        "epoch",
        RUN,
        QT_TRANSLATE_NOOP("actions", "One epoch"),
        "E",
        QT_TRANSLATE_NOOP("actions", "Train to the end of the epoch: until every training sample was seen once."),
    ),
    Declared(
        "layer",
        RUN,
        QT_TRANSLATE_NOOP("actions", "Step by layer"),
        "L",
        QT_TRANSLATE_NOOP(
            "actions",
            "One phase of a step: the batch, forward layer by layer, the loss, backward layer by layer, the update.",
        ),
    ),
    Declared(
        "layer back",
        RUN,
        QT_TRANSLATE_NOOP("actions", "Layer back"),
        "Shift+L",
        QT_TRANSLATE_NOOP("actions", "One phase of a step back."),
    ),
    Declared(
        "slow motion",
        RUN,
        QT_TRANSLATE_NOOP("actions", "Slow motion"),
        "M",
        QT_TRANSLATE_NOOP("actions", "Play step after step, one phase at a time, at a speed that can be followed."),
        checkable=True,
    ),
    Declared(
        "step back",
        RUN,
        QT_TRANSLATE_NOOP("actions", "Step back"),
        "Left",
        QT_TRANSLATE_NOOP("actions", "One step back: everything as it was there. Run goes on from there."),
    ),
    Declared(
        "epoch back",
        RUN,
        QT_TRANSLATE_NOOP("actions", "Epoch back"),
        "Ctrl+Left",
        QT_TRANSLATE_NOOP("actions", "Back to where this epoch began; from there, to where the one before began."),
    ),
    Declared(
        "same weights",
        RUN,
        QT_TRANSLATE_NOOP("actions", "Same weights"),
        "R",
        QT_TRANSLATE_NOOP("actions", "Back to step 0 with the same initial weights: the run repeats exactly."),
    ),
    Declared(
        "new weights",
        RUN,
        QT_TRANSLATE_NOOP("actions", "New weights"),
        "W",
        QT_TRANSLATE_NOOP("actions", "Back to step 0 with other random weights: is it luck or method?"),
    ),
    Declared(
        "faster",
        RUN,
        QT_TRANSLATE_NOOP("actions", "Faster"),
        "Ctrl+.",
        QT_TRANSLATE_NOOP("actions", "More steps a second."),
    ),
    Declared(
        "slower",
        RUN,
        QT_TRANSLATE_NOOP("actions", "Slower"),
        "Ctrl+,",
        QT_TRANSLATE_NOOP("actions", "Fewer steps a second."),
    ),
    Declared(
        "system theme",
        VIEW,
        QT_TRANSLATE_NOOP("actions", "Theme of the system"),
        "Ctrl+Shift+Y",
        QT_TRANSLATE_NOOP("actions", "Light or dark, as the system is."),
        checkable=True,
    ),
    Declared(
        "light theme",
        VIEW,
        QT_TRANSLATE_NOOP("actions", "Light theme"),
        "Ctrl+Shift+L",
        QT_TRANSLATE_NOOP("actions", "Dark on light."),
        checkable=True,
    ),
    Declared(
        "dark theme",
        VIEW,
        QT_TRANSLATE_NOOP("actions", "Dark theme"),
        "Ctrl+Shift+D",
        QT_TRANSLATE_NOOP("actions", "Light on dark."),
        checkable=True,
    ),
    Declared(
        "projector",
        VIEW,
        QT_TRANSLATE_NOOP("actions", "Projector"),
        "Ctrl+P",
        QT_TRANSLATE_NOOP("actions", "Large type and thick lines, for the back row."),
        checkable=True,
    ),
    Declared(
        "reduced motion",
        VIEW,
        QT_TRANSLATE_NOOP("actions", "Reduced motion"),
        "Ctrl+Shift+M",
        QT_TRANSLATE_NOOP("actions", "Nothing glides or grows: what has changed is shown as it is in the end."),
        checkable=True,
    ),
    Declared(
        "full screen",
        VIEW,
        QT_TRANSLATE_NOOP("actions", "Full screen"),
        "F11",
        QT_TRANSLATE_NOOP("actions", "The window alone."),
        checkable=True,
    ),
    Declared(
        "reset layout",
        VIEW,
        QT_TRANSLATE_NOOP("actions", "Reset layout"),
        "Ctrl+0",
        QT_TRANSLATE_NOOP("actions", "Put all panels back to where they were at the first start."),
    ),
    Declared(
        "about experiment",
        HELP,
        QT_TRANSLATE_NOOP("actions", "About this experiment"),
        "Ctrl+I",
        QT_TRANSLATE_NOOP("actions", "What to watch in this starter, what to change, and what should happen."),
    ),
    Declared(
        "shortcuts",
        HELP,
        QT_TRANSLATE_NOOP("actions", "Keyboard shortcuts"),
        "F1",
        QT_TRANSLATE_NOOP("actions", "Every action and its key."),
    ),
    Declared(
        "about",
        HELP,
        QT_TRANSLATE_NOOP("actions", "About Downhill"),
        "Ctrl+F1",
        QT_TRANSLATE_NOOP("actions", "What Downhill is, its version and its licence."),
    ),
)


# While the key is held down; Run would flicker between on and off.
REPEATED = ("step", "layer", "layer back", "step back", "epoch back", "faster", "slower")


class Actions(QObject):
    """The actions at work, by name."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._actions: dict[str, QAction] = {declared.name: self._make(declared) for declared in ACTIONS}

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def of_menu(self, menu: str) -> Iterator[QAction]:
        """The actions of one menu, in order."""
        return (self._actions[declared.name] for declared in ACTIONS if declared.menu == menu)

    def _make(self, declared: Declared) -> QAction:
        action = QAction(translated(declared.text), self)
        action.setObjectName(declared.name)
        action.setShortcut(QKeySequence.fromString(declared.shortcut))
        action.setCheckable(declared.checkable)
        action.setAutoRepeat(declared.name in REPEATED)
        explain(action, translated(declared.meaning))
        return action


def explain(action: QAction, meaning: str) -> None:
    """Give `action` a tool tip: what it means, and its key."""
    key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    action.setToolTip(f"<p>{meaning} ({key})</p>" if key else f"<p>{meaning}</p>")
    action.setStatusTip("")


def translated(source: str) -> str:
    """One of the texts above in the language of the window."""
    return QCoreApplication.translate("actions", source)
