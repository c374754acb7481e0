from itertools import pairwise

import pytest
from PySide6.QtGui import QColor

from gui.initial_weights.rule_colors import COLORS, DASHED, rule_color, rule_icon
from gui.theme import DARK, LIGHT
from model.initial_weights import CANDIDATES


def luminance(colour: QColor) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("key", COLORS)
def test_every_rule_can_be_read_on_both_panels(theme, key):
    ground, ink = luminance(QColor(theme.panel)), luminance(rule_color(key))
    assert (max(ink, ground) + 0.05) / (min(ink, ground) + 0.05) >= 3


def test_every_rule_has_a_line_of_its_own():
    assert {each.key for each in CANDIDATES} == set(COLORS)
    assert len({(color, key in DASHED) for key, color in COLORS.items()}) == len(COLORS)


def test_the_icon_of_a_uniform_rule_is_dashed(qapp):
    def gaps(key):
        picture = rule_icon(key, 1.0).pixmap(22, 6).toImage()
        row = [picture.pixelColor(x, 3).alpha() > 0 for x in range(22)]
        return sum(a and not b for a, b in pairwise(row))

    assert gaps("xavier") == 1 and gaps("xavier_uniform") == 3  # and the gap before the text
