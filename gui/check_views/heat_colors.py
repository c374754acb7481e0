"""Relative errors as colours: pale up to the tolerance, alarming above it, grey where nothing was compared."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PySide6.QtGui import QColor

from gui.palette import blend
from gui.theme import Theme
from model.arrays import Floats

LOWEST, HIGHEST = -12.0, 0.0  # powers of ten between which errors are told apart
FINE = (0.12, 0.42)  # shares of the accent on the panel: of the smallest error, and of the largest that is allowed
ALARMING = (0.75, 1.0)  # shares of the warning: just above the tolerance, and at the largest error
SKIPPED = 0.3  # share of grey

RGBA = NDArray[np.uint8]


def shade(errors: ArrayLike, tolerance: float, theme: Theme) -> RGBA:
    """The colours (*shape, 4) of errors on a logarithmic scale; nan means skipped, inf a gradient that is no number."""
    errors = np.asarray(errors, float)
    with np.errstate(divide="ignore", invalid="ignore"):
        power = np.clip(np.log10(errors), LOWEST, HIGHEST)
    limit = float(np.clip(np.log10(tolerance), LOWEST + 1e-9, HIGHEST - 1e-9))
    below = (power - LOWEST) / (limit - LOWEST)
    above = (power - limit) / (HIGHEST - limit)
    wrong = errors > tolerance
    share = np.where(wrong, _between(ALARMING, above), _between(FINE, below))[..., None]
    ink = np.where(wrong[..., None], _rgb(theme.warning), _rgb(theme.accent))
    mixed = share * ink + (1 - share) * _rgb(theme.panel)
    mixed = np.where(np.isnan(errors)[..., None], _rgb(skipped_color(theme)), mixed)
    return np.concatenate([np.rint(mixed), np.full_like(mixed[..., :1], 255)], axis=-1).astype(np.uint8)


def skipped_color(theme: Theme) -> QColor:
    """The ground of what was not compared; it is hatched where there is room."""
    return blend(theme.muted, theme.panel, SKIPPED)


def reduced(errors: Floats, rows: int, columns: int) -> Floats:
    """At most (rows, columns) of errors (r, c): the largest of those that share a place, so that no bad one is lost.

    nan, what was skipped, yields to any number.
    """
    for axis, most in enumerate((rows, columns)):
        count = errors.shape[axis]
        if 0 < most < count:
            errors = np.fmax.reduceat(errors, np.arange(most) * count // most, axis=axis)
    return errors


def _between(ends: tuple[float, float], place: Floats) -> Floats:
    return ends[0] + (ends[1] - ends[0]) * np.clip(np.nan_to_num(place), 0, 1)


def _rgb(color: QColor | str) -> Floats:
    given = QColor(color)
    return np.array([given.red(), given.green(), given.blue()], float)
