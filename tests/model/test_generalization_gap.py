"""The gap, by hand, and what chance does to it."""

import math

import numpy as np
import pytest

from model.gap_words import chance_sentence, gap_sentence, loss_text, percent, points, remedy_sentence
from model.generalization_gap import Outcome, lowest
from model.message import Message
from model.record import Evaluation

DROPOUT = Message("Dropout of 0.3")


def outcome(train, validation, n=150, m=500, losses=(0.1, 0.7)) -> Outcome:
    return Outcome(Evaluation(10, losses[0], losses[1], None, train, validation), n, m)


def values(train, validation) -> Outcome:
    """Of a regression: losses."""
    return Outcome(Evaluation(10, train, validation, None), 150, 500)


def plain(message: Message) -> str:
    return str(message).replace("\u00a0", " ")


def test_the_gap_by_hand() -> None:
    assert outcome(1.0, 0.862).gap == pytest.approx(0.138)
    assert values(0.1, 0.7).gap == pytest.approx(0.6)
    assert outcome(1.0, 0.862).of_losses.gap == pytest.approx(0.6)
    assert math.isnan(values(0.1, None).gap)


def test_chance_is_twice_the_spread_of_an_accuracy() -> None:
    """Against many accuracies of 500 answers each, thrown."""
    thrown = np.random.default_rng(1).binomial(500, 0.9, 20_000) / 500
    assert outcome(1.0, 0.9).chance == pytest.approx(2 * thrown.std(), rel=0.03)
    assert values(0.1, 0.7).chance == 0


def test_the_lowest_is_the_first_of_the_lowest_numbers() -> None:
    measured = [Evaluation(step, 0.1, loss, None) for step, loss in enumerate([0.5, 0.3, math.nan, 0.3, None])]
    assert lowest(measured).step == 1
    assert lowest(measured[2:3]).step == 2  # better than nothing


def test_the_gap_in_words() -> None:
    assert plain(gap_sentence(outcome(1.0, 0.862))) == (
        "As it is, the network gets 100 % of its 150 training samples right and 86.2 % of the 500 validation samples: "
        "a gap of 13.8 points."
    )
    assert "there is no gap to speak of" in str(gap_sentence(outcome(0.91, 0.9)))
    assert str(gap_sentence(values(0.1, 0.7))) == (
        "As it is, the loss of the network is 0.1 on its 150 training samples and 0.7 on the 500 validation samples: a "
        "gap of 0.6."
    )


@pytest.mark.parametrize(
    ("train", "validation", "sentence"),
    [
        (1.0, 0.91, "helps: 91.0 % of the validation samples are right, 11.0 points more; the gap closes to 9.0."),
        (1.0, 0.6, "hurts: 60.0 % of the validation samples are right, 20.0 points fewer; the gap is 40.0."),
        (
            0.5,
            0.5,
            "hurts: 50.0 % of the validation samples are right, 30.0 points fewer; the gap of 0.0 is smaller only "
            "because just 50.0 % of the training samples are right.",
        ),
        (1.0, 0.81, "makes no difference beyond chance: 81.0 % on validation, a gap of 19.0."),
        (
            0.9,
            0.8,
            "makes the gap smaller, 10.0, since fewer training samples are right, 90.0 %; on validation (80.0 %) it "
            "makes no difference beyond chance.",
        ),
    ],
)
def test_what_a_remedy_has_done(train, validation, sentence) -> None:
    """Against a base of 100 % and 80 %, of which 3.6 points are chance."""
    base = outcome(1.0, 0.8)
    assert plain(remedy_sentence(DROPOUT, outcome(train, validation), base)) == f"Dropout of 0.3 {sentence}"


def test_both_accuracies_may_rise() -> None:
    text = plain(remedy_sentence(DROPOUT, outcome(0.99, 0.7), outcome(0.6, 0.5)))
    assert text == (
        "Dropout of 0.3 helps: 70.0 % of the validation samples are right, 20.0 points more; the gap is 29.0, since "
        "more training samples are right as well."
    )


@pytest.mark.parametrize(
    ("validation", "words"),
    [(0.5, "lowers the validation loss to 0.5"), (0.8, "does not help"), (0.7, "changes nothing")],
)
def test_what_it_has_done_to_a_regression(validation, words) -> None:
    assert words in str(remedy_sentence(DROPOUT, values(0.2, validation), values(0.1, 0.7)))


def test_how_far_it_may_be_trusted() -> None:
    assert str(chance_sentence(outcome(1.0, 0.9))) == (
        "On 500 samples an accuracy is known to within some 2.7 points: smaller differences may be chance."
    )
    assert chance_sentence(values(0.1, 0.2)) is None


def test_per_cent_says_all_only_of_all() -> None:
    assert [percent(share).replace("\u00a0", " ") for share in (1, 0.99999, 0.862, 0.00001, 0)] == [
        "100 %",
        "99.9 %",
        "86.2 %",
        "0.1 %",
        "0 %",
    ]


def test_points_and_losses() -> None:
    assert [points(share) for share in (0.138, -0.02, -0.0001)] == ["13.8", "−2.0", "0.0"]
    texts = [loss_text(loss) for loss in (0.669, 0.00667, -0.5, 0, 4.5e-6, 12345.0, math.inf)]
    assert texts == ["0.669", "6.7e-3", "−0.5", "0", "4.5e-6", "1.2e4", "inf"]
