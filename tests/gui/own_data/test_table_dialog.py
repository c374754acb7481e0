import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from gui.own_data.column_list import CHECK, KIND
from gui.own_data.table_dialog import TableDialog
from model.data_files.table_format import TableFormat
from model.datasets.from_file import look_into_text

TEXT = (
    "size,colour,price,class,name\n"
    + "".join(f"{i}.5,{'rgb'[i % 3]},{1000 * i + 7}.25,{i % 2},who {i}\n" for i in range(24))
    + ",r,5,1,x\n"
)


@pytest.fixture
def make(qtbot, switch):
    parent = QWidget()
    qtbot.addWidget(parent)

    def made(text=TEXT, wanted=None):
        dialog = TableDialog(look_into_text(text, "t.csv", wanted), parent, pasted=True)
        dialog.open()
        return dialog

    return made


def choose(box, data):
    box.setCurrentIndex(box.findData(data))
    box.activated.emit(box.currentIndex())


def names(dialog):
    return [dialog.columns.item(row, CHECK).text() for row in sorted(dialog.columns.features())]


def test_the_first_guess(make):
    dialog = make()
    assert dialog.target.currentText() == "class"
    assert dialog.task.currentData() == "classification"
    assert names(dialog) == ["size", "colour", "price"]
    kinds = [dialog.columns.item(row, KIND).text() for row in range(5)]
    assert kinds == ["numbers", "3 texts", "numbers", "numbers", "25 texts"]
    assert dialog.sentence.text() == "A classification: 5 inputs, and 2 classes of class: 0, 1."
    assert dialog.incomplete.text() == 'Leave out rows with an empty cell (first: row 26, column "size")'
    assert dialog.standardize.isChecked()


def test_another_target_takes_its_place_among_the_features(make):
    dialog = make()
    choose(dialog.target, 2)
    assert names(dialog) == ["size", "colour", "class"]
    assert dialog.task.currentData() == "regression"
    assert dialog.scaled.isVisible() and dialog.scaled.text() == "Scale the target: price / 10,000"
    dataset = dialog.dataset()
    assert (dataset.task, dataset.target_zero, dataset.target_unit) == ("regression", 0, 10_000)


def test_numbers_of_classes_may_be_a_regression_as_well(make):
    dialog = make()
    choose(dialog.task, "regression")
    assert dialog.dataset().task == "regression"
    assert not dialog.scaled.isVisible()


def test_a_column_is_unchecked_with_the_space_bar(qtbot, make):
    dialog = make()
    dialog.columns.setCurrentCell(0, CHECK)
    dialog.columns.setFocus()
    qtbot.keyClick(dialog.columns.viewport(), Qt.Key.Key_Space)
    assert names(dialog) == ["colour", "price"]
    assert not dialog.incomplete.isVisible()  # the empty cell was in that column
    assert [column.role for column in dialog.dataset().columns] == [
        "ignored",
        "feature",
        "feature",
        "target",
        "ignored",
    ]


def test_no_feature_is_a_sentence_and_cannot_be_opened(qtbot, make):
    dialog = make()
    qtbot.mouseClick(dialog.none, Qt.MouseButton.LeftButton)
    assert dialog.problem.text() == "No column is a feature: at least one is needed."
    assert not dialog.open_button.isEnabled()
    qtbot.mouseClick(dialog.every, Qt.MouseButton.LeftButton)
    assert dialog.open_button.isEnabled()
    assert "class" not in names(dialog)


def test_empty_cells_are_named_where_nobody_wants_them_left_out(qtbot, make):
    dialog = make()
    qtbot.mouseClick(dialog.incomplete, Qt.MouseButton.LeftButton, pos=dialog.incomplete.rect().center() * 0.1)
    dialog.incomplete.setChecked(False)
    dialog._look()
    assert dialog.problem.text() == 'Row 26, column "size": the cell is empty. Leave out such rows, or the column.'


def test_a_cell_that_is_no_number_is_named(make):
    dialog = make("a,b\n" + "".join(f"{i},{i}\n" for i in range(9)) + "1O,3\n")
    assert dialog.problem.text() == 'Row 11, column "a": "1O" is no number. Correct the table, or leave the column out.'
    assert not dialog.open_button.isEnabled()


def test_another_format_is_asked_for_and_shown(qtbot, make):
    dialog = make("1;2\n3;4\n")
    with qtbot.waitSignal(dialog.reformat) as asked:
        dialog.format.header.click()
    assert asked.args == [TableFormat(delimiter=";", header=True)]
    dialog.show_table(look_into_text("1;2\n3;4\n", "t.csv", asked.args[0]))
    assert dialog.size_line.text() == "1 rows, 2 columns"


def test_one_class_alone_is_a_sentence(make):
    dialog = make("x,kind\n1,a\n2,a\n")
    assert "the target has one class only" in dialog.problem.text().lower()


def test_a_single_column_is_a_sentence(make):
    dialog = make("x\n1\n2\n3\n", TableFormat())
    assert not dialog.open_button.isEnabled()
    assert dialog.problem.text()
