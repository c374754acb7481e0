import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_allclose, assert_array_equal

from model.class_scores import class_scores

nan = math.nan


def test_by_hand():
    # rows are right: 8 of 10 cats found, one taken for a dog, one for a bird; all 5 dogs; 2 of 5 birds
    found = class_scores(np.array([[8, 1, 1], [0, 5, 0], [2, 1, 2]]))
    assert found.samples.tolist() == [10, 5, 5]
    assert_allclose(found.precision, [8 / 10, 5 / 7, 2 / 3])
    assert_allclose(found.recall, [8 / 10, 1, 2 / 5])
    assert_allclose(found.f1, [0.8, 2 / (7 / 5 + 1), 2 / (3 / 2 + 5 / 2)])
    assert_allclose(found.macro, [(0.8 + 5 / 7 + 2 / 3) / 3, 2.2 / 3, (0.8 + 10 / 12 + 0.5) / 3])


def test_all_right():
    found = class_scores(np.diag([3, 1]))
    assert found.macro == (1, 1, 1)


def test_a_class_that_is_never_predicted_has_a_precision_of_zero():
    """One rare sample among a hundred, and the network always says the other: the accuracy is 0.99."""
    found = class_scores(np.array([[99, 0], [1, 0]]))
    assert found.precision.tolist() == [0.99, 0]
    assert found.recall.tolist() == [1, 0]
    assert found.f1.tolist() == pytest.approx([2 / (1 / 0.99 + 1), 0])
    assert found.macro[1] == 0.5


def test_a_class_without_samples_has_no_scores_and_is_left_out_of_the_means():
    found = class_scores(np.array([[4, 1, 0], [0, 0, 0], [0, 0, 5]]))
    assert_array_equal(found.precision, [1, nan, 1])
    assert_array_equal(found.recall, [0.8, nan, 1])
    assert_allclose(found.f1, [8 / 9, nan, 1])
    assert_allclose(found.macro, [1, 0.9, (8 / 9 + 1) / 2])


@pytest.mark.parametrize("classes", [1, 2, 5])
def test_without_any_sample_there_are_no_scores(classes):
    found = class_scores(np.zeros((classes, classes), np.intp))
    assert np.isnan([found.precision, found.recall, found.f1]).all()
    assert all(math.isnan(each) for each in found.macro)


def one_by_one(right, predicted, k):
    """As the words say it, from the list of answers."""
    taken = [r for r, p in zip(right, predicted, strict=True) if p == k]
    there = [p for r, p in zip(right, predicted, strict=True) if r == k]
    precision = taken.count(k) / len(taken) if taken else 0.0
    recall = there.count(k) / len(there)
    return precision, recall, 2 / (1 / precision + 1 / recall) if precision and recall else 0.0


@given(answers=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=40))
def test_beside_a_count_of_the_answers(answers):
    right, predicted = zip(*answers, strict=True)
    counts = np.zeros((4, 4), np.intp)
    for answer in answers:
        counts[answer] += 1
    found = class_scores(counts)
    expected = {k: one_by_one(right, predicted, k) for k in set(right)}
    for k in range(4):
        scores = found.precision[k], found.recall[k], found.f1[k]
        assert scores == pytest.approx(expected[k]) if k in expected else np.isnan(scores).all()
    assert found.macro == pytest.approx(tuple(np.mean(list(expected.values()), axis=0)))


@given(counts=arrays(np.intp, (3, 3), elements=st.integers(0, 50)))
def test_bounds_and_the_accuracy(counts):
    found = class_scores(counts)
    there = found.samples > 0
    for each in (found.precision, found.recall, found.f1):
        assert ((each[there] >= 0) & (each[there] <= 1)).all() and np.isnan(each[~there]).all()
    low, high = np.minimum(found.precision, found.recall)[there], np.maximum(found.precision, found.recall)[there]
    assert (found.f1[there] >= low - 1e-12).all() and (found.f1[there] <= high + 1e-12).all()
    if counts.sum():  # the recalls, each weighted by its samples, are the accuracy
        weighted = np.nansum(found.recall * found.samples) / counts.sum()
        assert weighted == pytest.approx(np.trace(counts) / counts.sum())
