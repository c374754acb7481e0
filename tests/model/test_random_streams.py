"""Random streams: repeatable, apart from each other, and the cheap way equal to the plain one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.random_streams import Stream, stream

WORD = st.integers(0, 2**64 - 1)


@given(
    seed=WORD,
    purpose=st.sampled_from(["split", "weights of layer 2", "Mischen, größer", ""]),
    counters=st.lists(WORD, min_size=1, max_size=4),
    drawn=st.integers(0, 7),
)
def test_a_moved_generator_gives_the_numbers_of_a_new_one(
    seed: int, purpose: str, counters: list[int], drawn: int
) -> None:
    moving = Stream(seed, purpose)
    for counter in counters:
        moved = moving.at(counter)
        fresh = stream(seed, purpose, counter)
        # 32-bit numbers are cut from 64-bit ones and the other half is kept: it must not survive a move.
        np.testing.assert_array_equal(
            moved.integers(0, 100, drawn, dtype=np.int32), fresh.integers(0, 100, drawn, dtype=np.int32)
        )
        np.testing.assert_array_equal(moved.permutation(5), fresh.permutation(5))
        np.testing.assert_array_equal(moved.standard_normal(3), fresh.standard_normal(3))


def test_the_same_place_gives_the_same_numbers_whatever_was_drawn_before() -> None:
    shuffles = Stream(3, "shuffles")
    first = shuffles.at(10).permutation(100)
    shuffles.at(11).random(1000)
    np.testing.assert_array_equal(shuffles.at(10).permutation(100), first)


def test_seed_purpose_and_counter_each_lead_elsewhere() -> None:
    places = [(1, "split", 0), (2, "split", 0), (1, "points", 0), (1, "split", 1), (1, "split", 2**64 - 1)]
    numbers = {tuple(stream(*place).integers(0, 2**63, 4).tolist()) for place in places}
    assert len(numbers) == len(places)


def test_the_counter_is_the_highest_word_so_that_streams_do_not_overlap() -> None:
    # The state after the first block shows where the counter stands: the lowest word has counted the block.
    generator = stream(1, "split", 7)
    generator.random()
    assert generator.bit_generator.state["state"]["counter"].tolist() == [1, 0, 0, 7]


def test_published_numbers() -> None:
    # Philox4x64-10 known answer (Random123, kat_vectors): counter 0 and key 0 give this block. NumPy counts up before
    # it draws, so the counter before 0 is the one with all bits set.
    ones = np.full(4, 2**64 - 1, dtype=np.uint64)
    words = np.random.Philox(key=np.zeros(2, dtype=np.uint64), counter=ones).random_raw(4)
    assert [f"{word:016x}" for word in words.tolist()] == [
        "16554d9eca36314c",
        "db20fe9d672d0fdc",
        "d7e772cee186176b",
        "7e68b68aec7ba23b",
    ]


@pytest.mark.parametrize(("seed", "counter"), [(-1, 0), (2**64, 0), (0, -1), (0, 2**64)])
def test_numbers_that_do_not_fit_a_word_are_refused(seed: int, counter: int) -> None:
    with pytest.raises(ValueError, match="must lie in"):
        stream(seed, "split", counter)
