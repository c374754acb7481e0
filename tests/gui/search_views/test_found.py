from msgspec import structs

from gui.palette import signed_color
from gui.search_views.found import MEASURE, Found
from gui.theme import LIGHT
from model.search.trial_record import TrialRecord
from model.search.trial_run import Result
from model.starters import starter

RATE, RULE, UNITS = "optimizer.learning_rate", "network.layers[*].weights", "network.layers[0].units"


def test_what_varies_is_called_as_it_is_declared(found):
    assert [found.labels[path] for path in found.paths] == ["learning rate", "initial weights", "layer 1: units"]
    assert found.labels[MEASURE] == found.measure == "validation accuracy"


def test_colors_go_by_rank_from_orange_to_blue(found):
    best, worst, middle = found.trials[2], found.trials[0], found.trials[1]
    assert found.rank(best) == 1 and found.rank(worst) == 0 and found.rank(middle) == 2 / 3
    assert found.color(best, LIGHT) == signed_color(1, 1, LIGHT) and found.color(worst, LIGHT) == signed_color(
        -1, 1, LIGHT
    )
    assert found.color(found.trials[4], LIGHT) is None, "diverged"
    assert found.color(found.trials[5], LIGHT) is None, "runs"


def test_equally_good_ones_are_equally_blue(spec):
    def of(place, accuracy):
        result = Result(how="complete", step=1, validation_loss=0.1, validation_accuracy=accuracy)
        return TrialRecord(place=place, state="complete", values={}, curve={}, result=result)

    shown = Found(spec, [of(0, 0.5), of(1, 1.0), of(2, 1.0), of(3, 1.0)])
    assert [shown.rank(each) for each in shown.trials] == [0, 1, 1, 1]


def test_of_a_regression_the_loss_is_the_mark(spec):
    curve = structs.replace(spec, experiment=starter("curve"))
    made = [
        TrialRecord(
            place=i, state="complete", values={}, curve={}, result=Result(how="complete", step=1, validation_loss=x)
        )
        for i, x in enumerate((0.5, 0.1))
    ]
    found = Found(curve, made)
    assert found.measure == "validation loss" and [found.rank(each) for each in made] == [0, 1]
    assert found.text(made[1], MEASURE) == "0.1"


def test_a_trial_in_words(found):
    assert found.summary(found.trials[2]).split("\n") == [
        "trial 3: complete",
        "learning rate 1",
        "initial weights He",
        "layer 1: units 8",
        "validation accuracy 100.0 %",
    ]
    assert [found.ending(each) for each in found.trials[3:]] == ["ended early", "diverged", "runs"]
    assert found.winner is found.trials[2] and found.trial(4) is found.trials[4] and found.trial(99) is None
