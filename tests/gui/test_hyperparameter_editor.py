from typing import Annotated, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from gui.hyperparameter_editor import SpecForm, editor
from gui.number_editor import NumberEditor, allowed, as_text, domain, parsed, stepped
from model.hyperparameter import Spec, hyperparameter, hyperparameters
from model.optimizers import OPTIMIZERS
from model.regularization import Regularization


class Sample(Spec, tag="sample"):
    rate: Annotated[float, hyperparameter("learning rate", "Length of a step.", above=0, at_most=1000, scale="log")] = (
        0.003
    )
    share: Annotated[float, hyperparameter("share", "Part of a & b <= 1.", at_least=0, below=1)] = 0.2
    units: Annotated[int, hyperparameter("units", "How many.", at_least=1, at_most=128)] = 4
    batch: Annotated[int, hyperparameter("batch size", "Samples a step.", at_least=1, scale="log")] = 10
    shuffle: Annotated[bool, hyperparameter("shuffle", "A new order.")] = True
    kind: Annotated[Literal["relu", "tanh"], hyperparameter("activation", "The function.")] = "tanh"
    name: Annotated[str, hyperparameter("name", "What to call it.")] = "mine"
    stop: Annotated[int, hyperparameter("stop at step", "Or never.", at_least=1)] | None = None


class Plain(Spec, tag="plain"):
    level: Annotated[float, hyperparameter("level", "Any number.")] = 0.0


DECLARED = {parameter.name: parameter for parameter in hyperparameters(Sample)}


@pytest.fixture
def make(qtbot, switch):
    """An editor of one field in a window with another field to go to, and all that it sent."""

    windows = []  # qtbot holds them weakly

    def made(name, value=None):
        window = QWidget()
        windows.append(window)
        qtbot.addWidget(window)
        parameter = DECLARED[name]
        box = editor(parameter, parameter.default if value is None else value, window)
        other = QLabel()
        other.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        layout = QVBoxLayout(window)
        layout.addWidget(box)
        layout.addWidget(other)
        sent, refused = [], []
        box.edited.connect(sent.append)
        box.refused.connect(refused.append)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        box.setFocus()
        return box, sent, refused, other

    return made


def type_into(box, text, key=Qt.Key.Key_Return):
    box.selectAll()
    QTest.keyClicks(box, text)
    if key is not None:
        QTest.keyClick(box, key)


def test_a_small_number_is_shown_in_full(make):
    box, *_ = make("rate")
    assert box.lineEdit().text() == "0.003"


@pytest.mark.parametrize(("typed", "value"), [("1e-3", 0.001), ("0.5", 0.5), (" 2 ", 2.0), ("1000", 1000.0)])
def test_a_typed_number_is_sent_at_enter(make, typed, value):
    box, sent, refused, _ = make("rate")
    type_into(box, typed, key=None)
    assert sent == []
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert sent == [value] and box.value() == value and refused == []
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert sent == [value]


def test_leaving_the_box_sends_too_and_once(make):
    box, sent, _, other = make("rate")
    type_into(box, "0.25", key=None)
    other.setFocus()
    assert sent == [0.25]


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("rate", "0", "learning rate must be above 0 and at most 1000: 0 was not taken, 0.003 stays."),
        ("rate", "-1", "learning rate must be above 0 and at most 1000: -1 was not taken, 0.003 stays."),
        ("rate", "1001", "learning rate must be above 0 and at most 1000: 1001 was not taken, 0.003 stays."),
        ("rate", "fast", "learning rate: “fast” is not a number; 0.003 stays."),
        ("rate", "nan", "learning rate: “nan” is not a number; 0.003 stays."),
        ("rate", "inf", "learning rate: “inf” is not a number; 0.003 stays."),
        ("rate", "", "learning rate: “” is not a number; 0.003 stays."),
        ("share", "1", "share must be at least 0 and below 1: 1 was not taken, 0.2 stays."),
        ("units", "2.5", "units: “2.5” is not a whole number; 4 stays."),
        ("stop", "0", "stop at step must be at least 1: 0 was not taken, none stays."),
    ],
)
def test_what_is_not_allowed_is_refused_with_a_sentence_and_the_old_value_stays(make, name, typed, sentence):
    box, sent, refused, _ = make(name)
    shown = box.lineEdit().text()
    box.selectAll()
    QTest.keyClick(box, Qt.Key.Key_Delete)
    type_into(box, typed if typed else " ")
    assert sent == [] and refused == [sentence]
    assert box.value() == DECLARED[name].default and box.lineEdit().text() == shown


def test_steps_of_a_logarithmic_value_are_factors(make):
    box, sent, _, _ = make("rate")
    QTest.keyClick(box, Qt.Key.Key_Up)
    QTest.keyClick(box, Qt.Key.Key_Up)
    QTest.keyClick(box, Qt.Key.Key_Down)
    QTest.keyClick(box, Qt.Key.Key_Down)
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert sent == [0.005, 0.01, 0.005, 0.002, 0.001]


def test_steps_stop_at_the_end_of_the_domain(make):
    box, sent, _, _ = make("rate", 500.0)
    for _ in range(3):
        QTest.keyClick(box, Qt.Key.Key_Up)
    assert sent == [1000.0]
    box, sent, _, _ = make("share", 0.95)
    QTest.keyClick(box, Qt.Key.Key_Up)
    assert sent == []


def test_a_step_starts_at_what_is_typed(make):
    box, sent, _, _ = make("units")
    type_into(box, "9", key=Qt.Key.Key_Up)
    assert sent == [9, 10]
    assert all(type(value) is int for value in sent)


def test_setting_a_value_sends_nothing(make):
    for name, value in (("rate", 0.5), ("units", 7), ("shuffle", False), ("kind", "relu"), ("name", "x"), ("stop", 3)):
        box, sent, _, _ = make(name)
        box.set_value(value)
        assert box.value() == value and sent == []


def test_an_empty_optional_number_is_none(make):
    box, sent, refused, _ = make("stop", 5)
    box.selectAll()
    QTest.keyClick(box, Qt.Key.Key_Delete)
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert sent == [None] and refused == []
    assert box.lineEdit().text() == "" and box.lineEdit().placeholderText() == "none"


def test_a_wheel_that_scrolls_past_changes_nothing(make):
    for name in ("rate", "kind"):
        box, sent, _, other = make(name)
        other.setFocus()
        wheel = QWheelEvent(
            QPointF(5, 5),
            QPointF(box.mapToGlobal(QPoint(5, 5))),
            QPoint(),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(box, wheel)
        assert sent == []


def test_a_click_sends_the_other_answer(make):
    box, sent, _, _ = make("shuffle")
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))
    assert sent == [False]


def test_a_choice_is_picked_with_the_keys(make):
    box, sent, _, _ = make("kind")
    assert box.currentText() == "tanh"
    QTest.keyClick(box, Qt.Key.Key_Up)
    assert sent == ["relu"]


def test_a_text_is_sent_at_enter(make):
    box, sent, _, _ = make("name")
    type_into(box, "yours")
    assert sent == ["yours"]


def test_the_tool_tip_says_the_term_the_domain_and_the_default(make):
    box, *_ = make("share")
    assert box.accessibleName() == "share"
    assert box.toolTip() == "<p>Part of a &amp; b &lt;= 1.<br>Allowed: at least 0 and below 1.<br>Default: 0.2.</p>"
    box, *_ = make("shuffle")
    assert "Default: on." in box.toolTip()


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.003, "0.003"), (1e-7, "1e-7"), (1.0, "1"), (400, "400"), (1e22, "1e22"), (0.1 + 0.2, "0.30000000000000004")],
)
def test_numbers_as_text(value, text):
    assert as_text(value) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_survives_being_text(value):
    assert parsed(DECLARED["rate"], as_text(value)) == value


@given(st.floats(1e-6, 1000), st.sampled_from(["rate", "share", "units", "batch"]), st.sampled_from([1, -1]))
def test_a_step_goes_its_way_and_its_neighbour_leads_back(value, name, direction):
    parameter = DECLARED[name]
    start = max(1, round(value)) if parameter.kind is int else value
    there = stepped(parameter, start, direction)
    assert (there - start) * direction > 0
    if there > 0:
        back = stepped(parameter, stepped(parameter, there, direction), -direction)
        assert back == pytest.approx(there)


def test_a_logarithmic_number_steps_from_zero_and_back_to_it():
    l2 = hyperparameters(Regularization)[1]
    up = [0.0]
    for _ in range(4):
        up.append(stepped(l2, up[-1], +1))
    assert up == [0, 0.0001, 0.0002, 0.0005, 0.001]
    assert [stepped(l2, value, -1) for value in up[1:]] == up[:-1]
    assert stepped(l2, 0.00003, -1) == 0 and not allowed(l2, stepped(l2, 0.0, -1))


def test_domains_in_words():
    assert domain(DECLARED["rate"]) == "above 0 and at most 1000"
    assert domain(hyperparameters(Plain)[0]) == "any number"
    assert allowed(hyperparameters(Plain)[0], -1e300)


@pytest.fixture
def form(qtbot, switch):
    made = SpecForm(Sample())
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_a_form_sends_a_new_spec_and_leaves_the_old_alone(form):
    old, sent = form.spec(), []
    form.edited.connect(sent.append)
    type_into(form.editor_of("units"), "6")
    assert sent == [Sample(units=6)] and form.spec() == Sample(units=6) and old == Sample()


def test_a_form_shows_why_an_entry_was_refused_until_one_is_taken(form):
    problem = next(label for label in form.findChildren(QLabel) if label.buddy() is None)
    assert not problem.isVisible()
    type_into(form.editor_of("units"), "0")
    assert problem.isVisible() and problem.text().startswith("units must be at least 1 and at most 128")
    type_into(form.editor_of("units"), "3")
    assert not problem.isVisible()


def test_the_sentence_takes_no_room_from_the_boxes(form):
    form.adjustSize()
    type_into(form.editor_of("rate"), "-1")
    QApplication.processEvents()
    for parameter in hyperparameters(Sample):
        box = form.editor_of(parameter.name)
        assert box.height() >= box.sizeHint().height()


def test_a_form_takes_another_value_and_another_concept_without_a_signal(form):
    sent = []
    form.edited.connect(sent.append)
    form.set_spec(Sample(rate=0.5))
    assert form.editor_of("rate").value() == 0.5
    form.set_spec(Plain(level=2.0))
    assert form.editor_of("level").value() == 2.0
    with pytest.raises(KeyError):
        form.editor_of("rate")
    assert sent == []


def test_every_label_names_its_editor(form):
    for parameter in hyperparameters(Sample):
        box = form.editor_of(parameter.name)
        label = next(label for label in form.findChildren(QLabel) if label.buddy() is box)
        assert label.text() == box.accessibleName() == parameter.label
        assert label.toolTip() == box.toolTip() != ""


@pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=lambda kind: kind.__name__)
def test_every_optimizer_of_the_model_has_its_form(qtbot, switch, optimizer):
    made = SpecForm(optimizer())
    qtbot.addWidget(made)
    for parameter in hyperparameters(optimizer):
        assert isinstance(made.editor_of(parameter.name), NumberEditor)
        assert made.editor_of(parameter.name).value() == getattr(optimizer(), parameter.name)
