"""The panels of the window and where they stand when nobody has moved them. A new panel is one line in `PANELS`."""

from dataclasses import dataclass
from functools import partial
from pkgutil import resolve_name

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QStyleOptionDockWidget

from gui.panel import Panel
from gui.picture_worker import PictureWorker
from gui.session import Session
from model.message import QT_TRANSLATE_NOOP


@dataclass(frozen=True)
class Place:
    """One panel: its name in the stored layout, its title, its class, and where it stands."""

    name: str
    title: str
    panel: str  # its module in gui/panels and its class, made with (session, pictures)
    row: str  # "top" or "bottom"
    share: int  # of its row's width
    behind: str = ""  # it is a tab behind this panel
    tab: str = ""  # its title on that tab, where many stand beside each other; "": the whole title


PANELS: tuple[Place, ...] = (
    Place("data", QT_TRANSLATE_NOOP("docks", "Data"), "data_panel:DataPanel", "top", 240),
    Place("network", QT_TRANSLATE_NOOP("docks", "Network"), "network_panel:NetworkPanel", "top", 700),
    Place("output", QT_TRANSLATE_NOOP("docks", "Output"), "output_panel:OutputPanel", "top", 340),
    Place(
        "activation",
        QT_TRANSLATE_NOOP("docks", "Activation functions"),
        "activation_panel:ActivationPanel",
        "bottom",
        420,
    ),
    Place(
        "gradients",
        QT_TRANSLATE_NOOP("docks", "Gradients"),
        "gradient_panel:GradientPanel",
        "bottom",
        420,
        "activation",
    ),
    Place("loss", QT_TRANSLATE_NOOP("docks", "Loss curve"), "loss_panel:LossPanel", "bottom", 430),
    Place(
        "trajectory",
        QT_TRANSLATE_NOOP("docks", "Optimizer trajectory"),
        "trajectory_panel:TrajectoryPanel",
        "bottom",
        430,
    ),
    Place(
        "branches", QT_TRANSLATE_NOOP("docks", "Branches"), "branches_panel:BranchesPanel", "bottom", 430, "trajectory"
    ),
    Place(
        "neuron",
        QT_TRANSLATE_NOOP("docks", "Neuron lab"),
        "neuron_panel:NeuronPanel",
        "top",
        700,
        "network",
        QT_TRANSLATE_NOOP("docks", "Neuron"),
    ),
    Place(
        "graph",
        QT_TRANSLATE_NOOP("docks", "Computational graph"),
        "graph_panel:GraphPanel",
        "top",
        700,
        "network",
        QT_TRANSLATE_NOOP("docks", "Graph"),
    ),
    Place(
        "check",
        QT_TRANSLATE_NOOP("docks", "Gradient check"),
        "check_panel:CheckPanel",
        "top",
        700,
        "network",
        QT_TRANSLATE_NOOP("docks", "Check"),
    ),
    Place("inspector", QT_TRANSLATE_NOOP("docks", "Inspector"), "inspector_panel:InspectorPanel", "top", 340, "output"),
    Place(
        "init",
        QT_TRANSLATE_NOOP("docks", "Initial weights"),
        "init_panel:InitPanel",
        "top",
        700,
        "network",
        QT_TRANSLATE_NOOP("docks", "Weights"),
    ),
    Place("overfit", QT_TRANSLATE_NOOP("docks", "Overfitting"), "overfit_panel:OverfitPanel", "top", 700, "network"),
    Place("cnn", QT_TRANSLATE_NOOP("docks", "Convolution"), "cnn_panel:CnnPanel", "top", 700, "network"),
    Place("search", QT_TRANSLATE_NOOP("docks", "Search"), "search_panel:SearchPanel", "bottom", 430, "loss"),
)
TOP_SHARE, BOTTOM_SHARE = 470, 250  # of the window's height


class Dock(QDockWidget):
    """A dock whose tab may say less than its title bar and the View menu do."""

    def __init__(self, place: Place, parent: QMainWindow) -> None:
        title = QCoreApplication.translate("docks", place.title)
        # Qt writes the window title on the tab.
        super().__init__(QCoreApplication.translate("docks", place.tab) if place.tab else title, parent)
        self.setObjectName(place.name)  # the name in the stored layout
        self.setAccessibleName(title)
        self.toggleViewAction().setText(title)

    def initStyleOption(self, option: QStyleOptionDockWidget) -> None:
        super().initStyleOption(option)
        option.title = self.accessibleName()  # pyright: ignore[reportAttributeAccessIssue]


def make_docks(window: QMainWindow) -> dict[str, QDockWidget]:
    """A dock for every panel, by name, not yet placed and still empty."""
    return {place.name: Dock(place, window) for place in PANELS}


def make_panel(place: Place, dock: QDockWidget, session: Session, pictures: PictureWorker) -> Panel:
    """Make the panel and put it into its dock. Its module is imported now: the window is on the screen sooner."""
    kind: type[Panel] = resolve_name(f"gui.panels.{place.panel}")
    panel = kind(session, pictures)  # pyright: ignore[reportArgumentType]  panels share this signature
    dock.setWidget(panel)
    dock.visibilityChanged.connect(partial(_leave_keyboard, dock))
    dock.visibilityChanged.connect(panel.became_visible)  # raised from behind another tab: no show event says so
    return panel


def _leave_keyboard(dock: QDockWidget, visible: bool) -> None:
    """What nobody sees must not go on taking the keys that are meant for the window."""
    focused = QApplication.focusWidget()
    if not visible and focused is not None and dock.isAncestorOf(focused):
        focused.clearFocus()


def arrange(window: QMainWindow, docks: dict[str, QDockWidget]) -> None:
    """Put every dock where it stands when nobody has moved it."""
    rows: dict[str, list[QDockWidget]] = {"top": [], "bottom": []}
    for place in PANELS:
        dock = docks[place.name]
        dock.setFloating(False)
        dock.show()
        if place.behind:
            continue
        row = rows[place.row]
        if row:
            window.splitDockWidget(row[-1], dock, Qt.Orientation.Horizontal)
        else:
            areas = {"top": Qt.DockWidgetArea.TopDockWidgetArea, "bottom": Qt.DockWidgetArea.BottomDockWidgetArea}
            window.addDockWidget(areas[place.row], dock)
        row.append(dock)
    # Tabs come last: a dock split off from a tab would become a tab itself.
    for place in PANELS:
        if place.behind:
            window.tabifyDockWidget(docks[place.behind], docks[place.name])
    for place in PANELS:  # raised between two of them, it would stand behind the second one
        if place.behind:
            docks[place.behind].raise_()
    proportion(window, docks)


def proportion(window: QMainWindow, docks: dict[str, QDockWidget]) -> None:
    """Give the docks of the standard layout their shares of the window."""
    for row in ("top", "bottom"):
        places = [place for place in PANELS if place.row == row and not place.behind]
        window.resizeDocks([docks[p.name] for p in places], [p.share for p in places], Qt.Orientation.Horizontal)
    window.resizeDocks([docks["network"], docks["loss"]], [TOP_SHARE, BOTTOM_SHARE], Qt.Orientation.Vertical)
