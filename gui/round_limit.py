"""Round ends for scales that follow live numbers: they should be easy to read and seldom move."""

import math


def round_up(value: float) -> float:
    """The next of ... 0.1, 0.2, 0.5, 1, 2, 5, 10 ... that is not below `value`; 1 for zero and what is not finite."""
    if not math.isfinite(value) or value <= 1e-300:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= value * (1 - 1e-9))


def steady(shown: float | None, value: float) -> float:
    """The end of a scale for `value`: the one that is `shown`, unless the value has left it or shrunk to a quarter."""
    wanted = round_up(value)
    if shown is None or wanted > shown or wanted <= shown / 4:
        return wanted
    return shown
