from PySide6.QtCore import QByteArray, QSettings

from gui.settings import APPLICATION, ORGANISATION, RECENT_LENGTH, Settings


def test_defaults():
    settings = Settings()
    assert (settings.theme, settings.projector, settings.show_start_page) == ("system", False, True)
    assert settings.geometry.isEmpty() and settings.docks.isEmpty()
    assert settings.recent == [] and settings.export_folder == ""


def test_values_are_read_back_by_another_instance_with_their_types():
    settings = Settings()
    settings.theme = "dark"
    settings.projector = True
    settings.show_start_page = False
    settings.geometry = QByteArray(b"\x00\x01")
    settings.docks = QByteArray(b"\xff")
    settings.export_folder = "/somewhere"
    again = Settings()
    assert (again.theme, again.projector, again.show_start_page) == ("dark", True, False)
    assert again.geometry == b"\x00\x01" and again.docks == b"\xff"
    assert again.export_folder == "/somewhere"
    settings.expression, settings.expression_values = 'a, b;"c"', {"a": 1e-300, "größe": -2.5}
    again = Settings()
    assert (again.expression, again.expression_values) == ('a, b;"c"', {"a": 1e-300, "größe": -2.5})


def test_damaged_entries_read_as_defaults():
    store = QSettings(QSettings.defaultFormat(), QSettings.Scope.UserScope, ORGANISATION, APPLICATION)
    for key in ("window/geometry", "theme/name", "theme/projector", "start/show", "files/recent"):
        store.setValue(key, 17)
    settings = Settings()
    assert (settings.theme, settings.projector, settings.show_start_page) == ("system", False, True)
    assert settings.geometry.isEmpty() and settings.recent == []
    for text, read in (
        ("[1]", {}),
        ("{", {}),
        ('{"a": "b", "c": NaN, "d": 2}', {"d": 2.0}),
        (f'{{"a": {10**400}}}', {}),
    ):
        store.setValue("graph/values", text)
        assert settings.expression_values == read


def test_recent_files_are_unique_newest_first_and_few():
    settings = Settings()
    settings.add_recent("only")
    assert settings.recent == ["only"]
    for index in range(RECENT_LENGTH + 3):
        settings.add_recent(f"{index}.json")
    settings.add_recent("5.json")
    assert settings.recent[0] == "5.json"
    assert len(settings.recent) == len(set(settings.recent)) == RECENT_LENGTH
