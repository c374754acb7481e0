"""How the window looks: its colours, type sizes and line widths, light and dark, at the desk and on a projector."""

from dataclasses import dataclass, replace

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from gui.settings import Settings

GRID = 8  # px: every margin and gap is a multiple of it


@dataclass(frozen=True)
class Theme:
    """Everything that a widget, a plot or a painted item needs to look like the rest. Colours are "#rrggbb"."""

    name: str  # "light" or "dark"
    projector: bool

    window: str  # behind the panels
    panel: str  # behind plots and pictures
    field: str  # behind what can be typed, ticked or pressed
    text: str
    muted: str  # text of second rank: axis labels, hints
    grid: str  # hairlines: grids, separators, outlines
    accent: str  # the one accent: focus, selection, the main button
    on_accent: str  # text on the accent
    warning: str  # text that says something is wrong

    # The two ends and the middle of everything signed: weights, gradients, activations, two-class regions.
    positive: str
    neutral: str
    negative: str

    small: int = 11  # px: tick labels, hints
    body: int = 13  # px
    title: int = 17  # px
    line_width: int = 2  # px of a curve at rest
    marker: int = 7  # px, diameter of a point


LIGHT = Theme(
    name="light",
    projector=False,
    window="#f1f3f5",
    panel="#ffffff",
    field="#ffffff",
    text="#1c2127",
    muted="#57606a",
    grid="#d5dae0",
    accent="#00695f",
    on_accent="#ffffff",
    warning="#b3261e",
    positive="#1768c4",
    neutral="#f7f7f7",
    negative="#e06c00",
)

DARK = Theme(
    name="dark",
    projector=False,
    window="#15181c",
    panel="#1c2025",
    field="#2d343c",
    text="#e8eaed",
    muted="#a3acb6",
    grid="#3a4149",
    accent="#4ecab8",
    on_accent="#0b1f1c",
    warning="#ff8a80",
    positive="#4a9df2",
    neutral="#262b31",
    negative="#f58c22",
)


def projected(theme: Theme) -> Theme:
    """`theme` for the back row of a lecture hall: large type, thick lines."""
    return replace(theme, projector=True, small=16, body=19, title=25, line_width=4, marker=12)


LIGHT_PROJECTOR = projected(LIGHT)
DARK_PROJECTOR = projected(DARK)


class ThemeSwitch(QObject):
    """Holds the theme in use, dresses the application in it and tells whoever paints on its own."""

    changed = Signal(object)  # the new Theme

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        stored = Settings()
        self._choice = stored.theme
        self._projector = stored.projector
        self._theme = self._wanted()
        # Fusion is the one style that paints every control from the palette, on every platform.
        application.setStyle("Fusion")
        self._dress()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._update)

    @property
    def theme(self) -> Theme:
        return self._theme

    @property
    def choice(self) -> str:
        """ "system", "light" or "dark": what the person asked for."""
        return self._choice

    def choose(self, choice: str) -> None:
        """Take the "light" or the "dark" theme, or follow the "system"; remembered for the next start."""
        if choice not in ("system", "light", "dark"):
            raise ValueError(f"{choice!r} is not a theme: system, light or dark")
        Settings().theme = self._choice = choice
        self._update()

    def set_projector(self, projector: bool) -> None:
        """Large type and thick lines on or off; remembered for the next start."""
        Settings().projector = self._projector = projector
        self._update()

    def _wanted(self) -> Theme:
        dark = self._choice == "dark" or (
            self._choice == "system" and QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        )
        theme = DARK if dark else LIGHT
        return projected(theme) if self._projector else theme

    def _update(self) -> None:
        theme = self._wanted()
        if theme != self._theme:
            self._theme = theme
            self._dress()
            self.changed.emit(theme)

    def _dress(self) -> None:
        self._application.setFont(font(self._theme.body))
        self._application.setPalette(palette(self._theme))
        self._application.setStyleSheet(style_sheet(self._theme))


def font(size: int, bold: bool = False) -> QFont:
    """The application's typeface in `size` device-independent pixels."""
    made = QFont(QApplication.font())
    made.setPixelSize(size)
    made.setBold(bold)
    return made


def palette(theme: Theme) -> QPalette:
    """The palette that Qt's own controls paint themselves from."""
    role = QPalette.ColorRole
    made = QPalette()
    for roles, colour in (
        ((role.Window,), theme.window),
        ((role.Base, role.Button), theme.field),
        ((role.AlternateBase, role.ToolTipBase), theme.window),
        ((role.WindowText, role.Text, role.ButtonText, role.BrightText, role.ToolTipText), theme.text),
        ((role.PlaceholderText,), theme.muted),
        ((role.Highlight, role.Accent, role.Link), theme.accent),
        ((role.HighlightedText,), theme.on_accent),
        ((role.Mid, role.Midlight, role.Light, role.Dark), theme.grid),
        ((role.Shadow,), theme.window),
    ):
        for each in roles:
            made.setColor(each, QColor(colour))
    for each in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, each, QColor(theme.muted))
    return made


def style_sheet(theme: Theme) -> str:
    """The little that a palette cannot say. A style sheet slows every control down, so it stays little."""
    return f"""
        QToolTip {{ color: {theme.text}; background: {theme.window}; border: 1px solid {theme.grid}; padding: 4px; }}
        QMainWindow::separator {{ background: {theme.grid}; width: 1px; height: 1px; }}
        QDockWidget::title {{ background: {theme.window}; padding: {GRID // 2}px {GRID}px; }}
        QTabBar {{ font-size: {theme.small}px; }}
        QTabBar::tab {{ padding: 4px 6px; border-top: 2px solid {theme.grid}; color: {theme.muted}; }}
        QTabBar::tab:hover {{ color: {theme.text}; border-color: {theme.muted}; }}
        QTabBar::tab:selected {{ color: {theme.text}; background: {theme.panel}; border-color: {theme.accent}; }}
        QStatusBar::item {{ border: none; }}
        QToolBar {{ border: none; spacing: {GRID}px; padding: {GRID // 2}px; }}
    """


_switch: ThemeSwitch | None = None


def theme_switch() -> ThemeSwitch:
    """The application's one switch, made at the first call; a QApplication must exist."""
    global _switch  # noqa: PLW0603
    if _switch is None or not shiboken6.isValid(_switch):
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        _switch = ThemeSwitch(application)
    return _switch


def current_theme() -> Theme:
    return theme_switch().theme
