"""Numbers as the lab writes them: short, with a real minus sign."""

from collections.abc import Sequence


def figure(value: float) -> str:
    """At most three places after the point: 0.5, −0.7, 1, 0.622."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text.replace("-", "−")


def factor(value: float) -> str:
    """As it stands behind a sign: a negative number in brackets."""
    text = figure(value)
    return f"({text})" if text.startswith("−") else text


def added(value: float) -> str:
    """As it is added to what stands before: "+ 0.5", "− 0.7"."""
    text = figure(value)
    return f"− {text[1:]}" if text.startswith("−") else f"+ {text}"


def pair(values: Sequence[float]) -> str:
    """A point or a weight vector: (0.5, −0.7)."""
    return "(" + ", ".join(figure(value) for value in values) + ")"
