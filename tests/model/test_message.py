from model.message import QT_TRANSLATE_NOOP, Message


def test_numbers_go_into_the_gaps():
    assert str(Message("diverged at step {step:,}: {loss}", {"step": 1234, "loss": float("inf")})) == (
        "diverged at step 1,234: inf"
    )
    assert str(Message("nothing to say")) == "nothing to say"


def test_a_value_may_be_a_message():
    assert str(Message("not {what}", {"what": Message("an image of {n}", {"n": 3})})) == "not an image of 3"


def test_braces_in_a_value_are_text():
    assert str(Message("not {what}", {"what": '{"a": 1}'})) == 'not {"a": 1}'


def test_marking_changes_nothing():
    assert QT_TRANSLATE_NOOP("model", "a {gap}") == "a {gap}"
