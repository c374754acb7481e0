import numpy as np
import pytest

from model.mistakes import MOST_MISTAKES, mistakes
from model.pictures import Predictions


def predictions(right, predicted, sureness, classes=3):
    shares = np.full((len(right), classes), 0.0)
    shares[np.arange(len(right)), predicted] = sureness
    return Predictions(np.zeros((len(right), 1, 2, 2)), np.array(right), shares, np.array(predicted), shares)


def test_the_most_confident_mistake_comes_first():
    made = mistakes(predictions([0, 1, 2, 0, 1], [0, 2, 1, 1, 0], [0.9, 0.5, 0.8, 0.95, 0.5]))
    assert made.samples.tolist() == [3, 2, 1, 4]  # of equal ones the first
    assert (made.wrong, made.looked_at) == (4, 5)


def test_of_one_class_or_taken_for_one():
    found = predictions([0, 1, 2, 0, 1], [0, 2, 1, 1, 0], [0.9, 0.5, 0.8, 0.95, 0.6])
    assert mistakes(found, right=1).samples.tolist() == [4, 1]
    assert mistakes(found, predicted=1).samples.tolist() == [3, 2]
    assert mistakes(found, right=2, predicted=1).samples.tolist() == [2]
    assert mistakes(found, right=2, predicted=0).wrong == 0


def test_so_many_are_kept_and_all_are_counted():
    count = MOST_MISTAKES + 7
    made = mistakes(predictions([0] * count, [1] * count, np.linspace(0.2, 0.9, count)))
    assert (len(made.samples), made.wrong) == (MOST_MISTAKES, count)
    assert made.samples[0] == count - 1


def test_what_is_not_a_number_comes_last():
    made = mistakes(predictions([0, 0], [1, 1], [np.nan, 0.4]))
    assert made.samples.tolist() == [1, 0]


def test_a_regression_has_none():
    values = np.zeros((2, 1))
    with pytest.raises(ValueError, match="regression"):
        mistakes(Predictions(values, values, values, values, None))
