"""Numbers as they stand at an edge: four digits, what a glance can take in."""

import math

from gui.number_editor import as_text

NOTHING = "–"  # where there is no value


def short(value: float) -> str:
    """ "715", "0.7311", "-12350", "1.2e-5"; NOTHING where it is not a number."""
    if math.isnan(value):
        return NOTHING
    if math.isinf(value):
        return "∞" if value > 0 else "-∞"
    if value and not 1e-3 <= abs(value) < 1e6:
        digits, exponent = f"{value:.1e}".split("e")
        return f"{digits.removesuffix('.0')}e{int(exponent)}"
    return as_text(float(f"{value:.4g}") + 0.0)  # no -0
