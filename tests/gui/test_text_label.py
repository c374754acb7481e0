import pytest
from PySide6.QtCore import Qt
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


@pytest.mark.parametrize("kind", ["body", "muted"])
def test_links_take_the_colour_of_each_new_theme(qtbot, switch, kind):
    label = TextLabel(kind=kind)
    label.setTextFormat(Qt.TextFormat.MarkdownText)
    qtbot.addWidget(label)
    label.setText("[" + 30 * "█" + "](https://example.org)")  # full blocks: pixels of the pure colour
    label.show()
    for choice in ("light", "dark", "light"):
        switch.choose(choice)
        picture = label.grab().toImage()
        shown = {picture.pixelColor(x, picture.height() // 2).name() for x in range(picture.width())}
        assert switch.theme.accent in shown
