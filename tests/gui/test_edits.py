from PySide6.QtGui import QUndoStack

from gui.edits import ExperimentEdit, ParameterEdit
from model.experiment_file import from_plain


def experiment(seed):
    return from_plain(
        {
            "format": "downhill-experiment",
            "data": {"dataset": {"type": "xor"}},
            "network": {"layers": [{"type": "affine", "units": 1}]},
            "weights": {"seed": seed},
        }
    )


A, B, C = experiment(1), experiment(2), experiment(3)


def test_an_experiment_is_taken_taken_back_and_taken_again(qapp):
    stack, taken = QUndoStack(), []
    stack.push(ExperimentEdit(taken.append, A, B, "other seed", ""))
    assert stack.undoText() == "other seed"
    stack.undo()
    stack.redo()
    assert taken == [B, A, B]


def test_edits_with_one_key_merge_and_others_do_not(qapp):
    stack, taken = QUndoStack(), []
    stack.push(ExperimentEdit(taken.append, A, B, "drag", "slider"))
    stack.push(ExperimentEdit(taken.append, B, C, "drag", "slider"))
    assert stack.count() == 1
    stack.undo()
    assert taken == [B, C, A]
    stack.redo()
    stack.push(ExperimentEdit(taken.append, C, B, "drag", "another slider"))
    stack.push(ExperimentEdit(taken.append, B, C, "click", ""))
    stack.push(ExperimentEdit(taken.append, C, B, "click", ""))
    assert stack.count() == 4


def test_a_drag_back_to_where_it_began_leaves_nothing(qapp):
    stack = QUndoStack()
    stack.push(ExperimentEdit(lambda _: None, A, B, "drag", "slider"))
    stack.push(ExperimentEdit(lambda _: None, B, A, "drag", "slider"))
    assert stack.count() == 0


def test_a_parameter_is_written_with_the_number_of_its_run(qapp):
    stack, written = QUndoStack(), []
    stack.push(ParameterEdit(lambda *what: written.append(what), 7, 3, 0.5, 1.5, "edit"))
    stack.undo()
    stack.redo()
    assert written == [(7, 3, 1.5), (7, 3, 0.5), (7, 3, 1.5)]
