import pytest
from PySide6.QtGui import QKeySequence

from gui.menus import key_of


@pytest.mark.parametrize(
    ("number", "key"),
    [
        (1, "Ctrl+1"),
        (9, "Ctrl+9"),
        (10, "Ctrl+Alt+1"),
        (18, "Ctrl+Alt+9"),
        (19, "Ctrl+Alt+Shift+1"),
        (27, "Ctrl+Alt+Shift+9"),
    ],
)
def test_every_panel_has_one_key(number, key):
    assert key_of(number).toString(QKeySequence.SequenceFormat.PortableText) == key
    assert key_of(number).count() == 1


def test_no_digit_is_left_for_more():
    assert key_of(28).isEmpty()
