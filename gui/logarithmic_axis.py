"""Where a logarithmic axis has its lines and numbers.

pyqtgraph's own are eight faint lines between any two powers of ten and a number at each. Over ten powers of ten that
is ninety lines, which take longer to paint than the curves, since a faint line is a transparent one.
"""

import math
from typing import Any

Levels = list[tuple[float, list[float]]]  # (the distance of the lines, their places as exponents of ten)

ROOM = 24.0  # px from one line to the next at least
FEW = 3.0  # up to so many powers of ten there is room for 2 and 5 between them
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def simplify(axis: Any) -> None:
    """Give a pyqtgraph axis these lines and numbers for when it is logarithmic."""
    axis.logTickValues = lambda low, high, size, _: lines(low, high, size)
    axis.logTickStrings = lambda exponents, _scale, _spacing: [text(each) for each in exponents]


def lines(low: float, high: float, size: float) -> Levels:
    """The lines between the exponents `low` and `high` on an axis of `size` px: the main ones, and those between."""
    decades = high - low
    if not 0 < decades < 1e4:
        return []
    if decades < 1:
        return [(1.0, [math.log10(value) for value in round_numbers(10**low, 10**high) if value > 0])]
    # Without room enough two powers of ten stand all the same: one number alone is no scale.
    every = max(1, min(math.ceil(decades * ROOM / max(size, 1.0)), math.floor(decades / 2)))
    powers = [float(p) for p in range(math.ceil(low / every) * every, math.floor(high) + 1, every)]
    if decades > FEW:
        return [(float(every), powers)]
    between = [p + math.log10(digit) for p in range(math.floor(low), math.ceil(high)) for digit in (2, 5)]
    return [(1.0, powers), (1.0, [place for place in between if low <= place <= high])]


def round_numbers(low: float, high: float) -> list[float]:
    """Three to eight multiples of 1, 2 or 5 times a power of ten between two numbers."""
    step = 10.0 ** math.floor(math.log10((high - low) / 2))
    step *= next(factor for factor in (1, 2, 5, 10) if (high - low) / (factor * step) <= 8)
    return [i * step for i in range(math.ceil(low / step), math.floor(high / step) + 1)]


def text(exponent: float) -> str:
    """The number 10 ** exponent, short: 0.05, 10,000, 10⁻⁶, 2·10⁷."""
    power = math.floor(exponent + 1e-9)
    factor = round(10 ** (exponent - power), 2)
    if -4 < power < 5:
        return f"{float(f'{10.0**exponent:.3g}'):,.10g}"
    return ("" if factor == 1 else f"{factor:g}·") + "10" + str(power).translate(SUPERSCRIPTS)
