"""Data that was loaded lately is there at once, in bounded memory."""

import pytest

from model.data import Data, load
from model.datasets import Gaussians
from model.recent_parts import RecentParts, size


def data(seed):
    return Data(dataset=Gaussians(samples=50), seed=seed)


def test_the_same_parts_until_others_take_their_place():
    """Two coordinates as they are, two as the network sees them, and a class: 5 numbers of 8 bytes for each sample."""
    assert size(load(data(1))) == 50 * 5 * 8
    parts = RecentParts(3 * 2000)
    first, second = parts.load(data(1)), parts.load(data(2))
    parts.load(data(3))
    assert parts.load(data(1)) is first
    parts.load(data(4))  # the second is the one asked for longest ago
    assert len(parts) == 3 and parts.bytes == 3 * 2000
    assert parts.load(data(1)) is first
    for seed in range(5, 12):
        parts.load(data(seed))
    again = parts.load(data(2))
    assert again is not second and (again.train.inputs == second.train.inputs).all()


def test_one_that_is_larger_than_all_the_memory():
    parts = RecentParts(10)
    assert parts.load(data(1)) is parts.load(data(1))
    parts.load(data(2))
    assert len(parts) == 1


def test_what_cannot_be_loaded_is_not_kept():
    parts = RecentParts()
    with pytest.raises(ValueError):
        parts.load(Data(dataset=Gaussians(samples=50), test=0.9, validation=0.9))
    assert len(parts) == 0 and parts.bytes == 0
