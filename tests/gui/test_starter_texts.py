import pytest

from gui.starter_texts import STARTER_TEXTS, starter_text
from model.starters import STARTERS


def test_every_starter_is_described_and_nothing_else():
    assert list(STARTER_TEXTS) == list(STARTERS)


@pytest.mark.parametrize("name", STARTER_TEXTS)
def test_three_sentences_what_to_watch_to_change_and_to_expect(name):
    text = starter_text(name)
    assert text.watch.startswith("Watch ")
    assert text.change.startswith("Change ")
    assert all(sentence.endswith(".") and len(sentence) <= 64 for sentence in text.sentences)


def test_a_starter_that_nobody_has_described_shows_its_name():
    assert starter_text("new").title == "new"
    assert starter_text("new").sentences == ("", "", "")
