import pytest
from PySide6.QtGui import QPalette

from gui.text_label import TextLabel


@pytest.mark.parametrize(
    ("kind", "size", "colour", "bold"),
    [
        ("title", "title", "text", True),
        ("heading", "body", "text", True),
        ("body", "body", "text", False),
        ("muted", "small", "muted", False),
        ("warning", "small", "warning", False),
    ],
)
def test_type_and_colour_follow_the_theme(qtbot, switch, kind, size, colour, bold):
    label = TextLabel("words", kind)
    qtbot.addWidget(label)
    for choice, projector in (("light", False), ("dark", False), ("dark", True)):
        switch.choose(choice)
        switch.set_projector(projector)
        assert label.font().pixelSize() == getattr(switch.theme, size)
        assert label.font().bold() is bold
        assert label.palette().color(QPalette.ColorRole.WindowText).name() == getattr(switch.theme, colour)
