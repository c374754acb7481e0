import math

from model.search.pruning import is_hopeless

OTHERS = [{20: 1.0, 40: loss} for loss in (0.1, 0.2, 0.3, 0.4, 0.5)]


def test_above_the_median_of_the_others_at_the_same_step():
    assert is_hopeless({20: 1.0, 40: 0.31}, OTHERS, 100)
    assert not is_hopeless({20: 1.0, 40: 0.3}, OTHERS, 100)


def test_its_lowest_loss_so_far_counts():
    assert not is_hopeless({30: 0.25, 40: 9.0}, OTHERS, 100)


def test_only_those_that_have_come_as_far_are_compared_and_five_of_them():
    assert not is_hopeless({40: 9.0}, OTHERS[:4], 100)
    assert not is_hopeless({50: 9.0}, OTHERS, 100)


def test_no_trial_is_judged_in_the_first_fifth_nor_at_its_end():
    assert not is_hopeless({20: 9.0}, [{20: 0.1}] * 9, 100)
    assert is_hopeless({21: 9.0}, [{21: 0.1}] * 9, 100)
    assert not is_hopeless({40: 9.0}, OTHERS, 40)


def test_a_loss_that_is_no_number_ends_a_trial_at_once():
    assert is_hopeless({1: math.inf}, [], 100) and is_hopeless({1: math.nan}, [], 100)
    assert not is_hopeless({}, OTHERS, 100)
