import pytest
from PySide6.QtGui import QKeySequence

from gui.menus import key_of


@pytest.mark.parametrize(("number", "key"), [(1, "Ctrl+1"), (9, "Ctrl+9"), (10, "Ctrl+Alt+1"), (14, "Ctrl+Alt+5")])
def test_every_panel_has_one_key(number, key):
    assert key_of(number).toString(QKeySequence.SequenceFormat.PortableText) == key
    assert key_of(number).count() == 1
