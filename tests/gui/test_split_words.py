import numpy as np
from msgspec import structs

from gui.split_words import uneven_classes, use_of_test, use_of_training, use_of_validation
from model.data import Part
from model.experiment import Stop
from model.experiment_file import from_plain

EXPERIMENT = from_plain(
    {
        "format": "downhill-experiment",
        "data": {"dataset": {"type": "xor", "samples": 60}, "validation": 0.2},
        "network": {"layers": [{"type": "affine", "units": 1}]},
        "loss": {"type": "sigmoid_cross_entropy"},
    }
)


def with_data(**fields):
    return structs.replace(EXPERIMENT, data=structs.replace(EXPERIMENT.data, **fields))


def test_training():
    assert use_of_training(EXPERIMENT) == "Every step learns from it. Curves: mini-batch, train."
    standardized = structs.replace(with_data(standardize=True), stop=Stop(loss=0.01))
    assert use_of_training(standardized).endswith(
        "Its mean and deviation standardize the inputs of all parts. Training stops when its loss is below 0.01."
    )


def test_validation_says_whether_early_stopping_goes_by_it():
    assert "Early stopping (now off) and a search go by it." in use_of_validation(EXPERIMENT)
    stopping = structs.replace(EXPERIMENT, stop=Stop(patience=7))
    assert "Early stopping (patience 7) and a search go by it." in use_of_validation(stopping)
    assert "nothing to choose by" in use_of_validation(with_data(validation=0.0))


def test_the_test_part_decides_nothing():
    assert "it decides nothing, and no search sees it" in use_of_test(EXPERIMENT)
    assert "Empty" in use_of_test(with_data(test=0.0))
    assert "it decides nothing" in use_of_test(with_data(test=0.0), of_file=True)


def part(*counts):
    targets = np.repeat(np.arange(len(counts)), counts)
    return Part(np.zeros((len(targets), 2)), np.zeros((len(targets), 2)), targets)


def test_classes_far_from_equally_large_are_said_with_their_numbers():
    names = ("same sign", "opposite signs")
    assert uneven_classes(part(30, 16), names) == ""
    said = uneven_classes(part(90, 10), names)
    assert said == (
        "Uneven classes: 90 training samples of same sign, 10 of opposite signs. "
        "Always answering same sign would score 90 %."
    )
    assert "0 of opposite signs" in uneven_classes(part(9), names)


def test_a_regression_has_no_classes():
    assert uneven_classes(Part(np.zeros((3, 1)), np.zeros((3, 1)), np.zeros((3, 1))), ()) == ""
