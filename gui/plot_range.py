"""When a plot moves its ranges, and where to: seldom, since setting one is the dearest thing on the screen."""

# Room beyond the data where it has just outgrown its axis, as a share of its width: a curve that grows tenfold sets the
# range seven times.
HEADROOM = 0.45

Interval = tuple[float, float]


def fitted(shown: Interval | None, low: float, high: float, margin: float) -> Interval | None:
    """The range that an axis should show for data in [low, high]; None: leave it.

    `shown` is the range that it shows, None at first. It is left while the data lies inside and fills at least half.
    """
    width = high - low or max(abs(high), 1.0) * 0.2  # one value alone still needs a scale
    if shown is None:
        return low - margin * width, high + margin * width
    inside = shown[0] <= low and high <= shown[1]
    if inside and width >= (shown[1] - shown[0]) / 2:
        return None
    below = HEADROOM if low < shown[0] else margin
    above = HEADROOM if high > shown[1] else margin
    wanted = low - below * width, high + above * width
    return None if wanted == shown else wanted
