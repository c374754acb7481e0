"""The line that a neuron with two inputs draws in the plane.

Where w . x + b = 0 the neuron is undecided. That is a straight line; on one side the sum is positive, on the other
negative. Take two points p and q of the line:

    w . p + b = 0 = w . q + b    so    w . (p - q) = 0

The weight vector w stands at right angles to the line, and it points to the positive side, since a step along w adds
w . w = |w|^2 > 0 to the sum. Hence

    - the direction of w turns the line,
    - the bias shifts it: a line through the point p has b = -w . p,
    - the length of w moves nothing, but says how fast the sum grows on leaving the line: how steep a sigmoid is.

The distance of a point x from the line is |w . x + b| / |w|.
"""

from dataclasses import replace

from model.perceptron.neuron import Neuron, Point


def has_line(neuron: Neuron) -> bool:
    """Whether a weight differs from 0: without weights the sum is b everywhere, and there is no line."""
    return any(neuron.weights)


def through(neuron: Neuron, point: Point) -> Neuron:
    """`neuron` with its line shifted through `point`: b = -w . p."""
    w1, w2 = neuron.weights
    return replace(neuron, bias=0.0 - (w1 * point[0] + w2 * point[1]))


def turned(neuron: Neuron, pivot: Point, tip: Point) -> Neuron:
    """`neuron` with the weight vector from `pivot` to `tip`, its line through `pivot`."""
    return through(replace(neuron, weights=(tip[0] - pivot[0], tip[1] - pivot[1])), pivot)


def nearest(neuron: Neuron, point: Point) -> Point:
    """The point of the line that is nearest to `point`; `point` itself where there is no line.

    A step of length (w . x + b) / |w| against the direction w / |w| of the weights: x - (w . x + b) w / |w|^2.
    """
    w1, w2 = neuron.weights
    square = w1 * w1 + w2 * w2
    if square == 0:
        return point
    share = neuron.sum(point) / square
    return point[0] - share * w1, point[1] - share * w2


def visible_part(neuron: Neuron, low: float, high: float) -> tuple[Point, Point] | None:
    """Both ends of what a square from `low` to `high` on both axes shows of the line; None where it shows nothing.

    The line is walked as p + s d with d = (-w2, w1), which lies along it; each side of the square cuts off a part of s.
    """
    if not has_line(neuron):
        return None
    w1, w2 = neuron.weights
    start = nearest(neuron, ((low + high) / 2, (low + high) / 2))
    along = (-w2, w1)
    first, last = float("-inf"), float("inf")
    for place, pace in zip(start, along, strict=True):
        if pace == 0:
            if not low <= place <= high:
                return None
            continue
        ends = sorted(((low - place) / pace, (high - place) / pace))
        first, last = max(first, ends[0]), min(last, ends[1])
    if first > last:
        return None
    return (
        (start[0] + first * along[0], start[1] + first * along[1]),
        (start[0] + last * along[0], start[1] + last * along[1]),
    )


def visible_point(neuron: Neuron, near: Point, low: float, high: float) -> Point:
    """The point of the line's visible part nearest to `near`; of the whole line where the square shows nothing."""
    part = visible_part(neuron, low, high)
    found = nearest(neuron, near)
    if part is None:
        return found
    (x, y), (end_x, end_y) = part
    dx, dy = end_x - x, end_y - y
    length = dx * dx + dy * dy
    share = ((found[0] - x) * dx + (found[1] - y) * dy) / length if length else 0.0
    share = min(max(share, 0.0), 1.0)
    return x + share * dx, y + share * dy
