"""Names that are too long for their place, cut so that different ones stay different."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

# Where the letters are left out: columns are called bill_length_mm and bill_depth_mm, or income_2019 and income_2020.
WAYS = Qt.TextElideMode.ElideMiddle, Qt.TextElideMode.ElideRight, Qt.TextElideMode.ElideLeft


def short_names(names: Sequence[str], metrics: QFontMetrics, room: int) -> list[str]:
    """The names cut to `room` px, the way that leaves the most of them different; of equally good ones the first."""
    cut = [[metrics.elidedText(name, way, room) for name in names] for way in WAYS]
    return max(cut, key=lambda found: len(set(found)))
