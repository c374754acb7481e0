"""Every test of the window starts with forgotten settings and the light theme."""

from collections.abc import Iterator

import pytest

from gui.settings import Settings
from gui.theme import theme_switch


@pytest.fixture(autouse=True)
def fresh_settings(request: pytest.FixtureRequest) -> Iterator[None]:
    Settings().clear()
    yield
    Settings().clear()


@pytest.fixture
def switch(qapp):
    """The theme switch, set to light; whatever a test chooses is undone."""
    made = theme_switch()
    made.choose("light")
    made.set_projector(False)
    yield made
    made.choose("light")
    made.set_projector(False)
