import pytest

from gui.branch_words import branch_title, shortened
from model.experiment_file import from_plain
from model.timeline import Timeline

EXPERIMENT = from_plain(
    {
        "format": "downhill-experiment",
        "data": {"dataset": {"type": "gaussians", "samples": 50}},
        "network": {"layers": [{"type": "affine", "units": 1}]},
    }
)
LONG = "2: learning rate: 0.03 → 0.5 at step 2,000"


def test_a_branch_has_its_number_and_the_name_that_was_given_or_what_made_it():
    timeline = Timeline(EXPERIMENT)
    assert branch_title(timeline.views()[0], timeline.views()) == "1: first run"
    timeline.rename(1, "slow")
    assert branch_title(timeline.views()[0], timeline.views()) == "1: slow"


@pytest.mark.parametrize(
    ("names", "expected"),
    [(1, "2: learning rate: 0.03 → 0.5 at s…"), (3, "2: learning rate: 0.03 →…"), (7, "2: learning r…")],
)
def test_the_more_names_a_legend_has_the_shorter_they_are(switch, names, expected):
    assert shortened(LONG, names) == expected
    assert shortened("2: slow", names) == "2: slow"


def test_in_large_type_there_is_less_room(switch):
    switch.set_projector(True)
    assert shortened(LONG, 3) == "2: learning r…" and shortened(LONG, 7) == "2…"
