import pytest
from msgspec import structs

from gui.search_views.progress import progress, time_left
from search_engine.conductor import Figures


def test_before_any_search():
    assert progress(None, None, "") == "Nothing is searched yet: choose what varies, and press Start."


def test_what_is_done_what_is_left_and_the_best(found):
    assert progress(found, None, "9 s left") == "5 of 8 · 2 ended early · 9 s left · best: trial 3, 100.0 %"


def test_of_a_search_that_is_done_no_time_is_left(found):
    done = structs.replace(found.spec, trials=5)
    assert progress(type(found)(done, found.trials), None, "9 s left").startswith("5 of 5 · 2 ended early · best")


def test_the_test_part_and_of_which_trial(found):
    assert progress(found, Figures(place=2, loss=0.1, accuracy=0.875), "").endswith(" · on the test part 87.5 %")
    assert progress(found, Figures(place=1, loss=0.1, accuracy=None), "").endswith(" · trial 2 on the test part 0.1")


@pytest.mark.parametrize(
    ("seconds", "text"), [(None, "starting"), (0.4, "0 s left"), (89.0, "89 s left"), (90.0, "2 min left")]
)
def test_time_left(seconds, text):
    assert time_left(seconds) == text
