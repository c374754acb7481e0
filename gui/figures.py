"""Numbers as they are painted and said: four digits, what a glance can take in, with a real minus sign.

Where a number can be typed or goes to a file, it has all its digits and the sign of the keyboard: see
`gui.number_editor.as_text`.
"""

import math
from collections.abc import Sequence

from gui.number_editor import as_text

DIGITS = 4
MOST_DIGITS = 15  # that a number has
NOTHING = "–"  # where there is no value
MINUS = "−"  # as wide as a plus


def figure(value: float, digits: int = DIGITS) -> str:
    """ "715", "0.7311", "−12350", "1.2e−5"; NOTHING where it is not a number. It is "0" for 0 alone."""
    if math.isnan(value):
        return NOTHING
    if math.isinf(value):
        return "∞" if value > 0 else f"{MINUS}∞"
    if value and not 1e-3 <= abs(value) < 1e6:
        mantissa, exponent = f"{value:.{digits - 3}e}".split("e")
        text = f"{mantissa.removesuffix('.0')}e{int(exponent)}"
    else:
        text = as_text(float(f"{value:.{digits}g}") + 0.0)  # no -0
    return text.replace("-", MINUS)


def told_apart(first: float, second: float) -> tuple[str, str]:
    """Two numbers that are compared: with so many digits that they differ in writing where they differ."""
    digits = DIGITS
    while first != second and figure(first, digits) == figure(second, digits) and digits < MOST_DIGITS:
        digits += 1
    return figure(first, digits), figure(second, digits)


def factor(value: float) -> str:
    """As it stands behind a sign: a negative number in brackets."""
    text = figure(value)
    return f"({text})" if text.startswith(MINUS) else text


def added(value: float) -> str:
    """As it is added to what stands before: "+ 0.5", "− 0.7"."""
    text = figure(value)
    return f"{MINUS} {text[1:]}" if text.startswith(MINUS) else f"+ {text}"


def pair(values: Sequence[float]) -> str:
    """A point or a weight vector: (0.5, −0.7)."""
    return "(" + ", ".join(figure(value) for value in values) + ")"
