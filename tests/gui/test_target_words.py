import pytest

from gui.target_words import target_words


@pytest.mark.parametrize(
    ("zero", "unit", "said"),
    [
        (0, 1, "y"),
        (0, 1000, "y / 1,000"),
        (2000, 1, "y − 2,000"),
        (2000, 10, "(y − 2,000) / 10"),
        (-20, 0.1, "(y + 20) / 0.1"),
    ],
)
def test_a_scaled_target(zero, unit, said):
    assert target_words("y", zero, unit) == said
