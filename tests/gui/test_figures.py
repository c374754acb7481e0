"""Numbers as they are painted and said."""

import pytest

from gui.figures import added, factor, figure, pair, told_apart


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (715, "715"),
        (3.3000000000000003, "3.3"),
        (0.7310585786, "0.7311"),
        (-12345.678, "−12350"),
        (0.0, "0"),
        (-0.0, "0"),
        (1.23e-5, "1.2e−5"),
        (1e-4, "1e−4"),
        (-1e-9, "−1e−9"),  # not 0, and not said to be
        (999_999.9, "1000000"),
        (-2.5e7, "−2.5e7"),
        (1e300, "1e300"),
        (float("nan"), "–"),
        (float("inf"), "∞"),
        (float("-inf"), "−∞"),
    ],
)
def test_short_numbers(value: float, text: str) -> None:
    assert figure(value) == text


def test_signs() -> None:
    assert (factor(-2), factor(2), added(-0.5), added(0.5), pair((1, -2))) == ("(−2)", "2", "− 0.5", "+ 0.5", "(1, −2)")


@pytest.mark.parametrize(
    ("first", "second", "texts"),
    [
        (0.3, 0.3, ("0.3", "0.3")),
        (12.3401, 12.34, ("12.3401", "12.34")),
        (-1.000004, -1.0, ("−1.000004", "−1")),
        (1.23e-5, 1.24e-5, ("1.23e−5", "1.24e−5")),
        (1.0, 1.0 + 2**-52, ("1", "1")),  # no text of a bearable length tells them apart
    ],
)
def test_what_differs_is_written_differently(first: float, second: float, texts: tuple[str, str]) -> None:
    assert told_apart(first, second) == texts
