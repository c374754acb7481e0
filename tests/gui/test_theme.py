import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLineEdit

from gui.settings import Settings
from gui.theme import (
    DARK,
    DARK_PROJECTOR,
    LIGHT,
    LIGHT_PROJECTOR,
    ThemeSwitch,
    current_theme,
    palette,
    theme_switch,
)


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))

    def linear(c):
        return c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


def contrast(a: str, b: str) -> float:
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_of_black_on_white_is_21():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("ink", ["text", "muted", "accent", "warning"])
@pytest.mark.parametrize("ground", ["window", "panel", "field"])
def test_all_text_is_readable(theme, ink, ground):
    assert contrast(getattr(theme, ink), getattr(theme, ground)) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_text_on_the_accent_and_on_the_neutral_is_readable(theme):
    assert contrast(theme.on_accent, theme.accent) >= 4.5
    assert contrast(theme.text, theme.neutral) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_every_pair_of_the_qt_palette_is_readable(theme):
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    made = palette(theme)
    for ground, inks in {
        role.Window: (role.WindowText, role.Link),
        role.Base: (role.Text, role.PlaceholderText),
        role.AlternateBase: (role.Text,),
        role.Button: (role.ButtonText,),
        role.ToolTipBase: (role.ToolTipText,),
        role.Highlight: (role.HighlightedText,),
    }.items():
        for ink in inks:
            for state in (group.Active, group.Inactive, group.Disabled):
                assert contrast(made.color(state, ink).name(), made.color(state, ground).name()) >= 4.5


def test_projector_is_larger_and_thicker_and_of_the_same_colours():
    for near, far in ((LIGHT, LIGHT_PROJECTOR), (DARK, DARK_PROJECTOR)):
        assert far.projector and far.small > near.small and far.body > near.body and far.title > near.title
        assert far.line_width > near.line_width
        assert (far.window, far.text, far.accent, far.name) == (near.window, near.text, near.accent, near.name)


def test_choosing_dresses_the_application_and_tells_the_painters(switch, qtbot):
    box = QLineEdit()
    qtbot.addWidget(box)
    with qtbot.waitSignal(switch.changed) as told:
        switch.choose("dark")
    assert told.args == [DARK]
    assert current_theme() == DARK
    assert box.palette().color(QPalette.ColorRole.Base).name() == DARK.field
    with qtbot.waitSignal(switch.changed):
        switch.set_projector(True)
    assert current_theme() == DARK_PROJECTOR
    assert QApplication.font().pixelSize() == DARK_PROJECTOR.body


def test_the_same_choice_again_tells_nobody(switch, qtbot):
    with qtbot.assertNotEmitted(switch.changed):
        switch.choose("light")


def test_the_choice_is_remembered(switch, qapp):
    switch.choose("dark")
    switch.set_projector(True)
    assert (Settings().theme, Settings().projector) == ("dark", True)
    next_start = ThemeSwitch(qapp)
    assert next_start.theme == DARK_PROJECTOR and next_start.choice == "dark"
    next_start.deleteLater()


def test_follows_the_system_only_while_asked_to(switch, monkeypatch):
    class Hints:
        scheme = Qt.ColorScheme.Dark

        def colorScheme(self):
            return self.scheme

    hints = Hints()
    monkeypatch.setattr("gui.theme.QGuiApplication.styleHints", lambda: hints)
    switch.choose("system")
    assert switch.theme == DARK
    hints.scheme = Qt.ColorScheme.Light
    switch._update()  # what colorSchemeChanged is connected to; no platform off screen sends it
    assert switch.theme == LIGHT
    switch.choose("light")
    hints.scheme = Qt.ColorScheme.Dark
    switch._update()
    assert switch.theme == LIGHT


def test_an_unknown_theme_is_refused(switch):
    with pytest.raises(ValueError, match="system, light or dark"):
        switch.choose("sepia")


def test_there_is_one_switch(qapp):
    assert theme_switch() is theme_switch()
