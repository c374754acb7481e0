import math

import pytest

from model.divergence import Diverged


@pytest.mark.parametrize(
    ("diverged", "sentence"),
    [
        (
            Diverged(1234, math.inf, 3.0),
            "diverged at step 1,234: the loss became inf; the learning rate 3.0 is the likely cause",
        ),
        (
            Diverged(1, math.nan, 0.1),
            "diverged at step 1: the loss of the initial weights is nan; they or the inputs are too large",
        ),
        (
            Diverged(1, math.inf, 0.1, by_hand=True),
            "diverged at step 1: the loss became inf; the number set by hand is the likely cause",
        ),
        (
            Diverged(2000, math.inf, 0.1, by_hand=True),
            "diverged at step 2,000: the loss became inf; the number set by hand is the likely cause",
        ),
    ],
)
def test_what_it_says(diverged, sentence):
    assert str(diverged.message) == sentence
