import pytest

from model.column_names import column_name


@pytest.mark.parametrize(
    ("column", "columns", "name"),
    [(-1, 3, "Inputs"), (0, 3, "Hidden 1"), (1, 3, "Hidden 2"), (2, 3, "Output"), (0, 1, "Output")],
)
def test_names(column, columns, name):
    assert str(column_name(column, columns)) == name
