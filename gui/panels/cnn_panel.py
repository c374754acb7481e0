"""Convolution: filters, feature maps, a digit drawn by hand, the misclassified images."""

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from gui.cnn_views.cnn_page import CnnPage
from gui.cnn_views.draw_page import DrawPage
from gui.cnn_views.filters_page import FiltersPage
from gui.cnn_views.maps_page import MapsPage
from gui.cnn_views.mistakes_page import MistakesPage
from gui.cnn_views.refusal import Refusal
from gui.cnn_views.run_images import RunImages
from gui.neuron_lab.choice_row import ChoiceRow
from gui.panel import Export, Panel
from gui.picture_worker import PictureWorker
from gui.run import Progress, Run
from gui.selection import Confused
from gui.session import Session
from gui.theme import GRID
from model.arrays import Vector
from model.drawn_digit import preparation
from model.starters import STARTERS

STARTER = "cnn-digits"  # what a person is shown who has no convolution


class CnnPanel(Panel):
    """The pages, one at a time, each made when it is first turned to; what they show is made in the picture thread."""

    asks_for_pictures = True
    per_second = 8.0

    def __init__(self, session: Session, pictures: PictureWorker, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setObjectName("cnn panel")
        self.setAccessibleName(self.tr("Convolution"))
        self._worker = pictures
        self._images: RunImages | None = None
        self._progress: Progress | None = None
        self._makers: dict[str, Callable[[], CnnPage]] = {
            "filters": FiltersPage,
            "maps": self._make_maps,
            "draw": self._make_draw,
            "mistakes": self._make_mistakes,
        }
        self._pages: dict[str, CnnPage] = {}
        self._begun: dict[str, RunImages] = {}  # which run a page was last told of
        self._stack, self.refusal = QStackedWidget(), Refusal()
        self._stack.addWidget(self.refusal)
        self.refusal.starter_wanted.connect(session.starter_wanted)
        self.tabs = ChoiceRow(
            self.tr("Pages"),
            (
                ("filters", self.tr("Filters"), self.tr("The weights of each filter as an image, at step 0 and now")),
                ("maps", self.tr("Feature maps"), self.tr("One image layer by layer, and every number's sum")),
                ("draw", self.tr("Draw"), self.tr("Draw a digit and see the network read it")),
                ("mistakes", self.tr("Misclassified"), self.tr("The images that the network takes for another class")),
            ),
            small=False,
        )
        self.tabs.chosen.connect(self.turn_to)
        session.selection.mistakes_wanted.connect(self._show_mistakes)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        column.setSpacing(GRID // 2)
        column.addWidget(self.tabs)
        column.addWidget(self._stack, 1)
        self._turn()

    # The run

    def begin(self, run: Run) -> None:
        self._images, self._progress = RunImages(run), None
        self._turn()

    def draw(self, progress: Progress) -> None:
        self._progress = progress
        self._ask()

    def follows(self) -> bool:
        return self._stack.currentWidget() is not self.refusal

    def exports(self) -> list[Export]:
        """What the page that is shown can export."""
        return self.page(self.tabs.key()).exports() if self.follows() else []

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask()

    def _ask(self) -> None:
        """Ask for what the page shows of the newest progress."""
        progress, key = self._progress, self.tabs.key()
        if progress is None or not self.follows():
            return
        page, images = self.page(key), self._images
        compute = page.request()
        if compute is not None:
            numbers: Vector = progress.snapshot.numbers
            self._worker.request(
                (self, key), lambda: compute(numbers), lambda answer: self._accept(page, images, answer, progress)
            )

    def _accept(self, page: CnnPage, images: RunImages | None, answer: Any, progress: Progress) -> None:
        if images is self._images:
            page.accept(answer, progress)

    # The pages

    def page(self, key: str) -> CnnPage:
        """A page, made now where there is none yet, and told of the run."""
        if key not in self._pages:
            made = self._pages[key] = self._makers[key]()
            made.stale.connect(lambda: self._page_is_stale(key))
            self._stack.addWidget(made)
        images = self._images
        if images is not None and self._begun.get(key) is not images and not self._why_not(key, images):
            self._begun[key] = images
            self._pages[key].begin(images)
        return self._pages[key]

    def turn_to(self, key: str) -> None:
        """Show a page."""
        self.tabs.choose(key)
        self._turn()
        self._ask()

    def _turn(self) -> None:
        """Show the chosen page, or why it has nothing to show."""
        key, images = self.tabs.key(), self._images
        why = self._why_not(key, images) if images is not None else self.tr("The network is on its way.")
        if why:
            starter = STARTER if images is not None and STARTER in STARTERS else ""
            tip = self.tr("Convolutions on handwritten digits. What is open may be saved first.")
            self.refusal.say(why, self.tr("Open a convolutional network"), tip, starter)
        self._stack.setCurrentWidget(self.refusal if why else self.page(key))
        self.became_visible.emit()  # the clock looks anew whether it follows

    def _why_not(self, key: str, images: RunImages) -> str:
        """Why a page has nothing to show of this run; "" where it has."""
        if not images.has_images:
            return self.tr("This data has no images. Filters, feature maps and drawings are for images of digits.")
        if key in ("filters", "maps") and not images.convolutions:
            return self.tr(
                "This network has no convolution, and so no filters and no feature maps: its first layer sees all "
                "pixels at once. Add a convolution in the network, or open one that has it."
            )
        if key == "draw" and preparation(images.shape) is None:
            height, width = images.shape[1:]
            text = self.tr(
                "Nobody has said how a drawing becomes an image of this data ({height}×{width}); it can be done for "
                "digits of 8×8 and 28×28."
            )
            return text.format(height=height, width=width)
        return ""

    def _page_is_stale(self, key: str) -> None:
        if key == self.tabs.key():
            self._ask()

    def _make_maps(self) -> MapsPage:
        made = MapsPage()
        made.explain_wanted.connect(self.session.selection.select)
        return made

    def _make_draw(self) -> DrawPage:
        made = DrawPage()
        made.drawn.connect(self._take_drawing)
        return made

    def _make_mistakes(self) -> MistakesPage:
        made = MistakesPage()
        made.sample_chosen.connect(self._choose_sample)
        made.maps_wanted.connect(lambda: self.turn_to("maps"))
        return made

    def _take_drawing(self, drawing: object) -> None:
        maps = self.page("maps") if self._images is not None and self._images.convolutions else None
        if isinstance(maps, MapsPage):
            maps.set_drawing(drawing)  # pyright: ignore[reportArgumentType]  a signal knows no types

    def _show_mistakes(self, wanted: Confused) -> None:
        page = self.page("mistakes")
        if isinstance(page, MistakesPage):
            self.turn_to("mistakes")
            page.show_cell(wanted)

    def _choose_sample(self, part: str, index: int) -> None:
        maps = self.page("maps") if self._images is not None and self._images.convolutions else None
        if isinstance(maps, MapsPage):
            maps.show_sample(part, index)
