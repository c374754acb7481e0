"""Training, validation and test parts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.split import Split, limited, split

SHARES = st.tuples(st.floats(0, 0.99), st.floats(0, 0.99)).filter(lambda shares: sum(shares) < 1)


def sizes(parts: Split) -> tuple[int, int, int]:
    return len(parts.train), len(parts.validation), len(parts.test)


def counts(parts: Split, labels: np.ndarray, label: int) -> tuple[int, ...]:
    return tuple(int(np.sum(labels[part] == label)) for part in (parts.train, parts.validation, parts.test))


@given(
    labels=st.lists(st.integers(0, 4), min_size=1, max_size=60),
    stratified=st.booleans(),
    shares=SHARES,
    seed=st.integers(0, 9),
)
def test_every_sample_is_in_exactly_one_part(
    labels: list[int], stratified: bool, shares: tuple[float, float], seed: int
) -> None:
    n = len(labels)
    parts = split(np.array(labels) if stratified else None, n, *shares, seed)
    everything = np.concatenate([parts.train, parts.validation, parts.test])
    np.testing.assert_array_equal(np.sort(everything), np.arange(n))
    assert len(parts.train) >= 1


@given(labels=st.lists(st.integers(0, 3), min_size=1, max_size=60), shares=SHARES, seed=st.integers(0, 9))
def test_every_class_gets_its_due_to_within_one_and_is_trained_on(
    labels: list[int], shares: tuple[float, float], seed: int
) -> None:
    array = np.array(labels)
    parts = split(array, len(labels), *shares, seed)
    for label in set(labels):
        train, validation, test = counts(parts, array, label)
        total = labels.count(label)
        assert train >= 1
        if train > 1:  # with a single one, it may have been given back by another part
            for got, share in zip((train, validation, test), (1 - sum(shares), *shares), strict=True):
                assert abs(got - share * total) < 1 + 1e-6


@given(labels=st.lists(st.integers(0, 3), min_size=1, max_size=40), shares=SHARES)
def test_a_note_says_which_class_misses_a_part(labels: list[int], shares: tuple[float, float]) -> None:
    array = np.array(labels)
    parts = split(array, len(labels), *shares, seed=1)
    missing = {
        label
        for label in set(labels)
        if any(share > 0 and got == 0 for got, share in zip(counts(parts, array, label)[1:], shares, strict=True))
    }
    assert {note.values["name"] for note in parts.notes if "name" in note.values} == missing


def test_largest_remainder_by_hand() -> None:
    # due 7.5, 1.25, 1.25 -> 7, 1, 1 and the one left over goes to the largest fraction, training
    assert sizes(split(None, 10, 0.125, 0.125, seed=1)) == (8, 1, 1)
    # due 5.6, 0.7, 0.7 -> 5, 0, 0 and two left over: to validation and test, whose fractions are larger
    assert sizes(split(None, 7, 0.1, 0.1, seed=1)) == (5, 1, 1)
    # due 1.5, 1.5: training before test
    assert sizes(split(None, 3, 0.0, 0.5, seed=1)) == (2, 0, 1)
    # 0.29 * 100 is 28.999999999999996 in binary: still 29
    assert sizes(split(None, 100, 0.0, 0.29, seed=1)) == (71, 0, 29)


def test_each_class_is_shared_out_on_its_own() -> None:
    labels = np.repeat([0, 1, 2], [50, 10, 5])
    parts = split(labels, 65, 0.2, 0.2, seed=4)
    assert [counts(parts, labels, label) for label in range(3)] == [(30, 10, 10), (6, 2, 2), (3, 1, 1)]
    assert parts.notes == ()


def test_a_class_too_small_goes_to_training_first() -> None:
    labels = np.repeat([0, 1], [20, 2])
    parts = split(labels, 22, 0.0, 0.2, seed=1, class_names=("cat", "dog"))
    assert counts(parts, labels, 1) == (2, 0, 0)
    assert [str(note) for note in parts.notes] == [
        "Too few samples of class dog (2) to be in every part: training comes first."
    ]


def test_training_keeps_a_sample_even_of_a_tiny_share() -> None:
    labels = np.repeat([0, 1], [3, 1])
    parts = split(labels, 4, 0.0, 0.9, seed=1)
    assert counts(parts, labels, 0) == (1, 0, 2)
    assert counts(parts, labels, 1) == (1, 0, 0)
    assert [note.values["name"] for note in parts.notes] == [1]


def test_an_empty_part_is_said() -> None:
    parts = split(None, 2, 0.1, 0.1, seed=1)
    assert sizes(parts) == (2, 0, 0)
    assert [str(note) for note in parts.notes] == [
        "The validation part is empty: its share of the 2 samples is less than one.",
        "The test part is empty: its share of the 2 samples is less than one.",
    ]


def test_no_note_about_a_part_that_nobody_asked_for() -> None:
    assert split(np.array([0]), 1, 0.0, 0.0, seed=1).notes == ()


def test_the_seed_decides() -> None:
    one, again, other = (split(None, 50, 0.2, 0.2, seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one.test, again.test)
    assert sorted(one.test) != sorted(other.test)


def test_the_order_within_a_part_is_by_chance() -> None:
    labels = np.repeat([0, 1], 100)  # sorted by class, as files often are
    first_tenth = split(labels, 200, 0.0, 0.2, seed=1).train[:16]
    assert set(labels[first_tenth]) == {0, 1}


@pytest.mark.parametrize(("n", "validation", "test"), [(0, 0.0, 0.2), (10, 0.5, 0.5), (10, -0.1, 0.2), (10, 0.0, 1.0)])
def test_what_leaves_nothing_to_train_on_is_refused(n: int, validation: float, test: float) -> None:
    with pytest.raises(ValueError, match="cannot be split"):
        split(None, n, validation, test, seed=1)


# A limited training part


def test_a_limit_by_hand() -> None:
    """Places 1/6, 3/6, 5/6 of three samples of class 0; 1/2 of the one of class 1; of equal places the first wins."""
    labels = np.array([0, 1, 0, 0])
    train = np.array([3, 1, 0, 2])
    assert [limited(train, labels, most).tolist() for most in (1, 2, 3, 4)] == [[3], [3, 1], [3, 1, 0], [3, 1, 0, 2]]


def test_a_regression_takes_the_first_ones() -> None:
    assert limited(np.array([5, 2, 4]), None, 2).tolist() == [5, 2]


@given(labels=st.lists(st.integers(0, 4), min_size=1, max_size=80), seed=st.integers(0, 9))
def test_more_are_the_same_ones_and_some_besides_and_each_class_has_its_share(labels: list[int], seed: int) -> None:
    classes = np.array(labels)
    train = np.random.default_rng(seed).permutation(len(labels))
    before: set[int] = set()
    for most in range(1, len(labels) + 1):
        found = limited(train, classes, most)
        assert len(found) == most and before <= set(found.tolist())
        assert found.tolist() == [each for each in train.tolist() if each in set(found.tolist())]  # in their order
        before = set(found.tolist())
        if len(set(labels)) == 2:  # with more classes its method may be off by more than one
            for each in set(labels):
                due = most * labels.count(each) / len(labels)
                assert abs((classes[found] == each).sum() - due) < 1
