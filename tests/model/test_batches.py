import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from model.batches import Batches

samples = st.integers(1, 40)
sizes = st.integers(1, 50)
seeds = st.integers(0, 2**53 - 1)


@settings(max_examples=30)
@given(n=samples, size=sizes, seed=seeds, epoch=st.integers(0, 5))
def test_each_sample_once_an_epoch(n, size, seed, epoch):
    batches = Batches(n, size, seed)
    assert batches.per_epoch == math.ceil(n / size)
    dealt = [batches.at(epoch * batches.per_epoch + i) for i in range(batches.per_epoch)]
    assert_array_equal(np.sort(np.concatenate(dealt)), np.arange(n))
    assert {len(batch) for batch in dealt[:-1]} <= {size}
    assert len(dealt[-1]) == batches.last_size == ((n - 1) % size + 1 if size < n else n)


@settings(max_examples=30)
@given(n=samples, size=sizes, seed=seeds, steps=st.lists(st.integers(0, 300), min_size=1, max_size=30))
def test_any_step_in_any_order(n, size, seed, steps):
    jumping, walking = Batches(n, size, seed), Batches(n, size, seed)
    walked = [walking.at(step).copy() for step in range(max(steps) + 1)]
    for step in steps:
        assert_array_equal(jumping.at(step), walked[step])


def test_every_epoch_is_shuffled_anew_and_every_seed_differs():
    batches = Batches(50, 50, seed=1)
    orders = [tuple(batches.at(epoch)) for epoch in range(5)]
    orders.append(tuple(Batches(50, 50, seed=2).at(0)))
    assert len(set(orders)) == 6
    assert tuple(range(50)) not in orders


def test_every_place_is_as_likely():
    """Sample 0 of 4 in 2,000 epochs: 500 times at each place, give or take five standard errors of 19."""
    batches = Batches(4, 4, seed=1)
    places = np.bincount([list(batches.at(epoch)).index(0) for epoch in range(2000)], minlength=4)
    assert (abs(places - 500) < 97).all()


def test_a_batch_cannot_be_written_to():
    batch = Batches(10, 3, seed=1).at(0)
    with pytest.raises(ValueError, match="read-only"):
        batch[0] = 1


@settings(max_examples=30)
@given(n=samples, size=sizes, seed=seeds, steps=st.integers(0, 100), other=sizes, more=samples)
def test_another_size_ends_a_begun_epoch_and_begins_the_next(n, size, seed, steps, other, more):
    batches = Batches(n, size, seed)
    whole, begun = divmod(steps, batches.per_epoch)
    resized = batches.resized(more, other, steps)
    first = whole + (begun > 0)
    assert resized.epochs(steps) == first
    assert resized.begins_epoch(steps)
    untouched = Batches(more, other, seed)  # the epoch of this number, shuffled as it would have been
    for i in range(2 * resized.per_epoch):
        assert_array_equal(resized.at(steps + i), untouched.at(first * untouched.per_epoch + i))
    assert resized.end_of_epoch(steps) == steps + resized.per_epoch
    assert resized.epochs(steps + resized.per_epoch) == first + 1


def test_the_same_place_again():
    """What a checkpoint keeps: at which step which epoch began."""
    batches = Batches(21, 8, seed=3).resized(21, 4, 7).resized(21, 5, 9)
    again = Batches(21, 5, 3, batches.begun, batches.first)
    assert (again.begun, again.first) == (9, 4)  # 7 steps: the third epoch was begun; 2 steps more: the fourth
    for step in (40, 9, 13, 10):
        assert_array_equal(again.at(step), batches.at(step))
        assert again.epochs(step) == batches.epochs(step)
