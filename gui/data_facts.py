"""A summary of the data in a few lines: samples, features, classes with their counts, ranges, constant columns."""

from html import escape

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from gui.target_words import target_words
from gui.text_label import TextLabel
from gui.words import words
from model.data_summary import DataSummary
from model.datasets import AnyDataset, Table

MOST_CLASSES = 10  # that are named with their counts
MOST_CONSTANT = 5  # features that are named
MOST_ROWS = 30  # of the table in the tool tip
MOST_RANGES = 4  # of columns that are told one by one


class DataFacts(TextLabel):
    """Filled when the data has been looked at; the pointer finds a table of the features."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "muted", parent)
        self.setObjectName("data facts")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)

    def show_summary(self, dataset: AnyDataset, found: DataSummary) -> None:
        """Say what was found in `dataset`."""
        self.setText("\n".join(self._lines(dataset, found)))
        self.setToolTip(self._table(dataset, found))

    def _lines(self, dataset: AnyDataset, found: DataSummary) -> list[str]:
        names = dataset.axis_names
        lines = [
            self.tr("{samples} samples of {features} numbers").format(
                samples=f"{found.samples:,}", features=f"{len(names):,}"
            )
        ]
        if found.class_counts is not None:
            lines.append(self._classes(dataset, found))
        if found.target_range is not None:
            lines.append(self._range(self._target(dataset), *found.target_range))
        if isinstance(dataset, Table) and len(names) <= MOST_RANGES:  # years and grams have no range in common
            lines += map(self._range, names, found.low.tolist(), found.high.tolist())
        else:
            lines.append(self._range(self.tr("Values"), float(found.low.min()), float(found.high.max())))
        constant = found.constant
        if len(constant):
            some = ", ".join(words(names[place]) for place in constant[:MOST_CONSTANT].tolist())
            more = ", …" if len(constant) > MOST_CONSTANT else ""
            lines.append(
                self.tr("Never changing ({count}): {names}").format(count=f"{len(constant):,}", names=some + more)
            )
        return lines

    def _range(self, name: str, low: float, high: float) -> str:
        return self.tr("{name} from {low} to {high}").format(name=name, low=f"{low:.4g}", high=f"{high:.4g}")

    def _target(self, dataset: AnyDataset) -> str:
        """What the network is asked for; of a table in the words of its columns, scaled as it may be."""
        if not isinstance(dataset, Table):
            return self.tr("Target")
        name = dataset.columns[dataset.target].name
        return self.tr("Target {formula}").format(formula=target_words(name, dataset.target_zero, dataset.target_unit))

    def _classes(self, dataset: AnyDataset, found: DataSummary) -> str:
        assert found.class_counts is not None
        pairs = zip(dataset.class_names, found.class_counts.tolist(), strict=True)
        counts = [f"{words(name)}:\N{NO-BREAK SPACE}{count:,}" for name, count in list(pairs)[:MOST_CLASSES]]
        more = ", …" if len(dataset.class_names) > MOST_CLASSES else ""
        return self.tr("Classes: {counts}").format(counts=", ".join(counts) + more)

    def _table(self, dataset: AnyDataset, found: DataSummary) -> str:
        """Lowest, mean and highest value of each feature; of many, of the first ones."""
        heads = (self.tr("feature"), self.tr("lowest"), self.tr("mean"), self.tr("highest"))
        values = np.column_stack([found.low, found.mean, found.high])[:MOST_ROWS].tolist()
        rows = [
            f"<tr><td>{escape(words(name))}&nbsp;&nbsp;</td>"
            + "".join(f"<td align='right'>{value:.4g}&nbsp;&nbsp;</td>" for value in row)
            + "</tr>"
            for name, row in zip(dataset.axis_names, values, strict=False)
        ]
        more = "<tr><td>…</td></tr>" if len(dataset.axis_names) > MOST_ROWS else ""
        head = "".join(f"<th align='left'>{each}&nbsp;&nbsp;</th>" for each in heads)
        return f"<table><tr>{head}</tr>{''.join(rows)}{more}</table>"
