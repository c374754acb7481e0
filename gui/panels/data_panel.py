"""The data panel: which data, how much of it, seen how, shared out how, dealt out how."""

import math
from collections.abc import Iterator, Sequence

from msgspec import structs
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QPushButton, QScrollArea, QVBoxLayout, QWidget

from gui.adapting import adapted, replacement
from gui.data_facts import DataFacts
from gui.dataset_gallery import DatasetGallery
from gui.dataset_words import DatasetWords
from gui.experiment_rows import ExperimentRows, with_value
from gui.export import Table, export_dialog
from gui.export_action import add_export_action
from gui.feature_chooser import PLAIN_AXES, FeatureChooser
from gui.flow_layout import FlowLayout
from gui.panel import Export, Panel
from gui.picture_worker import PictureWorker
from gui.run import Run
from gui.session import LARGEST_SEED, Session
from gui.split_editor import PARTS, SplitEditor
from gui.text_label import TextLabel
from gui.theme import GRID, current_theme, theme_switch
from gui.words import words
from model.data import IN_THE_PLANE, Data
from model.data_summary import DataSummary, summarize
from model.datasets import AnyDataset, OfFile, OnHand
from model.datasets.dataset import Synthetic
from model.experiment import BatchesSpec, EvaluationSpec, Experiment, Weights
from model.features import FeatureName

WIDTH = 230  # px


class DataPanel(Panel):
    """Proposes other data to the session. What it shows changes with the experiment, not while the network learns."""

    def __init__(self, session: Session, pictures: PictureWorker | None = None, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setObjectName("data panel")
        self.setAccessibleName(self.tr("Data"))
        self._run: Run | None = None
        self._pictures = pictures
        self.gallery, self.words, self.facts = DatasetGallery(), DatasetWords(), DataFacts()
        self.open_data = QPushButton(self.tr("Open data..."))
        self.features, self.split = FeatureChooser(), SplitEditor(session)
        self.samples, self.inputs, self.training = (
            ExperimentRows(session),
            ExperimentRows(session),
            ExperimentRows(session),
        )
        self.regenerate = QPushButton(self.tr("Regenerate"))
        self.paint_points = QPushButton(self.tr("Paint points"))
        self._fill_rows()
        self._build()
        self._wire()
        theme_switch().changed.connect(self._restyle)
        self._restyle()
        self._show(session.experiment)

    def follows(self) -> bool:
        return False  # the data stand still while the network learns

    def begin(self, run: Run) -> None:
        self._run = run
        self.split.show_parts(run.parts, run.experiment.data.dataset.class_names)
        if self._pictures is not None:
            dataset, parts = run.experiment.data.dataset, run.parts
            self._pictures.request(self, lambda: summarize(dataset, parts), lambda found: self._summarized(run, found))

    def _summarized(self, run: Run, found: DataSummary) -> None:
        if run is self._run:
            self.facts.show_summary(run.experiment.data.dataset, found)

    def exports(self) -> list[Export]:
        return [(self.tr("Data"), self._content, self._table)]

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 480)

    def minimumSizeHint(self) -> QSize:
        """Never narrower than its rows: there is a bar to scroll down, none to scroll sideways."""
        bar = self._scroll.verticalScrollBar().sizeHint().width()
        return QSize(self._content.minimumSizeHint().width() + bar, 20 * GRID)

    def _fill_rows(self) -> None:
        self.samples.add(("data", "dataset", "samples"), Synthetic)
        self.samples.add(("data", "dataset", "noise"), Synthetic, slider=True)
        self.samples.add(("data", "training_samples"), Data)
        self.samples.add(("data", "seed"), Data)
        self.inputs.add(("data", "standardize"), Data)
        self.training.add(("batches", "size"), BatchesSpec)
        self.training.add(("batches", "seed"), BatchesSpec, label=self.tr("batch seed"))
        self.training.add(("weights", "seed"), Weights, label=self.tr("weights seed"))
        self.training.add(("evaluation", "every"), EvaluationSpec)
        self.training.add(("evaluation", "unit"), EvaluationSpec, label=self.tr("counted in"))
        self.training.add(("precision",), Experiment)

    def _build(self) -> None:
        self.regenerate.setObjectName("regenerate")
        self.regenerate.setToolTip(
            self.tr("<p>Draw other samples and split them anew: the next data seed. Real data is only split anew.</p>")
        )
        for button in (self.open_data, self.regenerate, self.paint_points):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # after a click Space goes on meaning Run
        self.open_data.setObjectName("open data")
        self.open_data.setToolTip(
            self.tr(
                "<p>Your own data: a table (CSV, TSV) or arrays (npz, IDX, such as MNIST). A file can also be dropped "
                "on the window, and cells of a spreadsheet pasted (Ctrl+V).</p>"
            )
        )
        self.paint_points.setObjectName("paint points")
        self.paint_points.setToolTip(
            self.tr("<p>Set, move and erase points of any class in the plane, in the panel Output.</p>")
        )
        buttons = QWidget()
        row = FlowLayout(buttons, equal=True)
        row.addWidget(self.regenerate)
        row.addWidget(self.paint_points)
        self._content = QWidget()
        column = QVBoxLayout(self._content)
        column.setContentsMargins(GRID, GRID, GRID, GRID)
        column.setSpacing(GRID)
        column.addWidget(self.gallery)
        column.addWidget(self.open_data)
        column.addWidget(self.words)
        column.addWidget(self.facts)
        column.addWidget(self.samples)
        column.addWidget(buttons)
        for title, widgets in (
            (self.tr("Inputs"), [self.features, self.inputs]),
            (self.tr("Split"), [self.split]),
            (self.tr("Training"), [self.training]),
        ):
            column.addSpacing(GRID)
            column.addWidget(TextLabel(title, "heading"))
            for widget in widgets:
                column.addWidget(widget)
        column.addStretch(1)
        self._scroll = scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self._content)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(scroll)

    def _wire(self) -> None:
        self.gallery.chosen.connect(self._choose_dataset)
        self.open_data.clicked.connect(self.session.selection.data_wanted)
        self.features.chosen.connect(self._choose_features)
        self.regenerate.clicked.connect(self._regenerate)
        self.paint_points.clicked.connect(self.session.selection.painting_wanted)
        self.session.experiment_changed.connect(self._show)
        add_export_action(self, self._export)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _export(self) -> None:
        name, source, rows = self.exports()[0]
        export_dialog(self, source, name, rows)

    def _show(self, experiment: Experiment) -> None:
        dataset = experiment.data.dataset
        self.gallery.show_chosen(dataset)
        self.words.show_dataset(dataset)
        in_the_plane = dataset.shape == IN_THE_PLANE
        self.features.setVisible(in_the_plane)
        self.features.show_features(experiment.data.features, dataset.axis_names if in_the_plane else PLAIN_AXES)
        self.paint_points.setVisible(
            in_the_plane and dataset.task == "classification" and not isinstance(dataset, OfFile)
        )

    def _choose_dataset(self, kind: type[OnHand]) -> None:
        current = self.session.experiment.data.dataset
        if kind is not type(current):
            label = self.tr("data: {name}").format(name=words(kind.label))
            self.session.propose(adapted(self.session.experiment, replacement(current, kind)), label)

    def _choose_features(self, features: tuple[FeatureName, ...]) -> None:
        data = structs.replace(self.session.experiment.data, features=features)
        if not self.session.change(self.tr("inputs: {names}").format(names=", ".join(features)), data=data):
            self._show(self.session.experiment)

    def _regenerate(self) -> None:
        seed = (self.session.experiment.data.seed + 1) % (LARGEST_SEED + 1)
        after = with_value(self.session.experiment, ("data", "seed"), seed)
        self.session.propose(after, self.tr("regenerate the data"))

    def _table(self) -> Table:
        """Every sample as the data set gives it, with the part that it belongs to."""
        dataset = (self._run or self.session).experiment.data.dataset
        header = ["part", *(words(name) for name in dataset.axis_names), "target"]
        return header, self._rows(dataset)

    def _rows(self, dataset: AnyDataset) -> Iterator[Sequence[object]]:
        if self._run is None:
            return
        for name in PARTS:
            part = getattr(self._run.parts, name)
            for point, target in zip(
                part.points.reshape(len(part.points), math.prod(dataset.shape)), part.targets, strict=True
            ):
                answer = words(dataset.class_names[target]) if dataset.class_names else float(target[0])
                yield name, *point.tolist(), answer

    def _restyle(self) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, current_theme().panel)
        self._content.setPalette(palette)
        self.updateGeometry()
