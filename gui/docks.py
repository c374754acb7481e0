"""The panels of the window and where they stand when nobody has moved them. A new panel is one line in `PANELS`."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow

from gui.panel import Panel
from gui.panels.activation_panel import ActivationPanel
from gui.panels.data_panel import DataPanel
from gui.panels.gradient_panel import GradientPanel
from gui.panels.loss_panel import LossPanel
from gui.panels.network_panel import NetworkPanel
from gui.panels.output_panel import OutputPanel
from gui.panels.trajectory_panel import TrajectoryPanel
from gui.picture_worker import PictureWorker
from gui.session import Session
from model.message import QT_TRANSLATE_NOOP

Make = Callable[[Session, PictureWorker], Panel]


@dataclass(frozen=True)
class Place:
    """One panel: its name in the stored layout, its title, how it is made, and where it stands."""

    name: str
    title: str
    make: Make
    row: str  # "top" or "bottom"
    share: int  # of its row's width
    behind: str = ""  # it is a tab behind this panel


PANELS: tuple[Place, ...] = (
    Place("data", QT_TRANSLATE_NOOP("docks", "Data"), DataPanel, "top", 240),
    Place("network", QT_TRANSLATE_NOOP("docks", "Network"), NetworkPanel, "top", 700),
    Place("output", QT_TRANSLATE_NOOP("docks", "Output"), OutputPanel, "top", 340),
    Place(
        "activation",
        QT_TRANSLATE_NOOP("docks", "Activation functions"),
        ActivationPanel,
        "bottom",
        420,
    ),
    Place(
        "gradients",
        QT_TRANSLATE_NOOP("docks", "Gradients"),
        lambda s, p: GradientPanel(s),
        "bottom",
        420,
        behind="activation",
    ),
    Place("loss", QT_TRANSLATE_NOOP("docks", "Loss curve"), lambda s, p: LossPanel(s), "bottom", 430),
    Place(
        "trajectory",
        QT_TRANSLATE_NOOP("docks", "Optimizer trajectory"),
        TrajectoryPanel,
        "bottom",
        430,
    ),
)
TOP_SHARE, BOTTOM_SHARE = 470, 250  # of the window's height


def make_docks(window: QMainWindow, session: Session, pictures: PictureWorker) -> dict[str, QDockWidget]:
    """A dock for every panel, by name, not yet placed."""
    docks: dict[str, QDockWidget] = {}
    for place in PANELS:
        title = QCoreApplication.translate("docks", place.title)
        dock = QDockWidget(title, window)
        dock.setObjectName(place.name)  # the name in the stored layout
        panel = place.make(session, pictures)
        dock.setWidget(panel)
        dock.visibilityChanged.connect(panel.became_visible)  # raised from behind another tab: no show event says so
        dock.setAccessibleName(title)
        docks[place.name] = dock
    return docks


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
            docks[place.behind].raise_()
    proportion(window, docks)


def proportion(window: QMainWindow, docks: dict[str, QDockWidget]) -> None:
    """Give the docks of the standard layout their shares of the window."""
    for row in ("top", "bottom"):
        places = [place for place in PANELS if place.row == row and not place.behind]
        window.resizeDocks([docks[p.name] for p in places], [p.share for p in places], Qt.Orientation.Horizontal)
    window.resizeDocks([docks["network"], docks["loss"]], [TOP_SHARE, BOTTOM_SHARE], Qt.Orientation.Vertical)
