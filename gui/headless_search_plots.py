"""The plots of a finished search as PNG files, drawn by the very views of the search panel, without a display."""

import itertools
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from gui.export import export_png
from gui.headless_plots import SIZE, light
from gui.search_views.found import MEASURE, Found
from gui.search_views.importance_bars import ImportanceBars
from gui.search_views.trial_curves import TrialCurves
from gui.search_views.trial_scatter import TrialScatter
from gui.theme import GRID
from model.search.search_spec import SearchSpec
from model.search.trial_record import TrialRecord

BAR = 4 * GRID  # px, of the height, for each hyperparameter
MOST_PAIRS = 10  # scatters: of five hyperparameters every pair


def write_search_plots(
    spec: SearchSpec, trials: Sequence[TrialRecord], importance: dict[str, float], folder: Path
) -> list[Path]:
    """Write a PNG of the trials over each two hyperparameters, of the learning curves and of what matters; returns
    their paths. Raises ExportError."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QApplication.instance() or QApplication(sys.argv[:1])
    found = Found(spec, trials, importance)
    written: list[Path] = []
    with light():
        screen = QWidget()  # see `gui.headless_plots`: children of one that is not laid out
        screen.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        screen.show()
        views: list[tuple[str, QWidget]] = []
        pairs = list(itertools.combinations(found.paths, 2)) or [(found.paths[0], MEASURE)]
        for x, y in pairs[:MOST_PAIRS]:
            scatter = TrialScatter(screen)
            scatter.show_axes(x, y)
            scatter.show_found(found)
            views.append(("trials" if len(pairs) == 1 else f"trials-{_short(x)}-{_short(y)}", scatter))
        curves, bars = TrialCurves(screen), ImportanceBars(screen)
        curves.show_found(found)
        bars.show_found(found)
        views += [("trial-curves", curves), ("importance", bars)]
        for name, view in views:
            view.resize(*(SIZE if view is not bars else (SIZE[0], BAR * (len(importance) + 2))))
            view.show()
            application.processEvents()
            written.append(folder / f"{name}.png")
            export_png(view, written[-1])
            view.close()
            view.deleteLater()
        screen.close()
        screen.deleteLater()
        application.processEvents()
    return written


def _short(path: str) -> str:
    """The name of a hyperparameter as a part of a file's name; a layer's with its place."""
    kept = path.removeprefix("network.").replace("[*]", "").replace("[", "").replace("]", "")
    return kept.replace(".", "-").replace("_", "-")
