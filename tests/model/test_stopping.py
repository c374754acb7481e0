import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.batches import Batches
from model.experiment import EvaluationSpec, Stop
from model.parameters import Layout
from model.record import Evaluation, Record
from model.stopping import next_evaluation, stop_reason


@pytest.mark.parametrize(
    ("every", "unit", "due"),
    [(1, "step", [1, 2, 11]), (4, "step", [4, 4, 12]), (1, "epoch", [3, 3, 12]), (2, "epoch", [6, 6, 12])],
)
def test_the_next_one(every, unit, due):
    batches = Batches(21, 8, seed=1)  # three steps an epoch
    evaluation = EvaluationSpec(every=every, unit=unit)
    assert [next_evaluation(evaluation, batches, steps) for steps in (0, 1, 10)] == due


def test_the_next_one_after_an_epoch_that_ended_early():
    batches = Batches(21, 8, seed=1).resized(21, 11, 4)  # the third epoch begins at step 4, of two steps
    assert next_evaluation(EvaluationSpec(every=1), batches, 4) == 6
    assert next_evaluation(EvaluationSpec(every=2), batches, 4) == 8
    assert next_evaluation(EvaluationSpec(every=5, unit="step"), batches, 4) == 5


def record_of(*evaluations):
    """(step, training loss, validation loss) of each."""
    record = Record(Layout([{"weights": (1,)}]), np.zeros(1))
    record.evaluations = [Evaluation(step, train, validation, None) for step, train, validation in evaluations]
    return record


def stops_at(stop, record, steps=range(40)):
    return [step for step in steps if stop_reason(stop, record, step) is not None]


def test_when_it_stops():
    record = record_of((0, 2.0, None), (5, 0.9, None), (10, 0.8, None), (15, 3.0, None))
    assert stops_at(Stop(), record) == []
    assert stops_at(Stop(step=7), record) == [7]
    assert stops_at(Stop(loss=1.0), record) == [5]  # once: at 10 it was below already
    assert stops_at(Stop(loss=3.0), record)[0] == 0  # from the start
    assert stops_at(Stop(step=12, loss=1.0), record) == [5, 12]


def validated(*losses):
    return record_of(*((5 * i, 1.0, loss) for i, loss in enumerate(losses)))


@pytest.mark.parametrize(
    ("losses", "patience", "places"),
    [
        ([5, 4, 3, 2, 1], 1, []),
        ([5, 4, 6, 7, 8], 1, [2]),  # once: what comes later is further from the lowest
        ([5, 4, 6, 7, 8], 2, [3]),
        ([5, 4, 6, 7, 8], 3, [4]),
        ([5, 4, 6, 7, 8], 4, []),
        ([5, 4, 6, 3, 8], 2, []),  # a new lowest begins the count anew
        ([5, 4, 6, 3, 8, 9], 2, [5]),
        ([5, 4, 6, 7, 3, 8, 9], 2, [3, 6]),
        ([5, 4, 4, 4, 4], 2, [3]),  # as low is not lower
        ([1, 2, 3], 2, [2]),
        ([5, 4, float("nan"), float("nan")], 2, [3]),
        ([float("nan"), 4, 5], 1, [2]),
        ([float("inf"), float("inf"), 5, 6], 1, [1, 3]),
        ([None, None, None], 1, []),
    ],
)
def test_early_stopping(losses, patience, places):
    assert stops_at(Stop(patience=patience), validated(*losses)) == [5 * place for place in places]


@given(
    losses=st.lists(st.sampled_from([0.5, 1.0, 2.0, float("inf")]), min_size=1, max_size=25),
    patience=st.integers(1, 6),
)
def test_early_stopping_beside_a_counter(losses, patience):
    """As one would write it in a training loop: count the evaluations since the last new lowest loss."""
    lowest, waited, expected = losses[0], 0, []
    for place, loss in enumerate(losses[1:], 1):
        lowest, waited = (loss, 0) if loss < lowest else (lowest, waited + 1)
        if waited == patience:
            expected.append(5 * place)
    assert stops_at(Stop(patience=patience), validated(*losses), range(5 * len(losses))) == expected


@given(losses=st.lists(st.floats(0, 10), min_size=2, max_size=20), patience=st.integers(1, 5), at=st.integers(0, 19))
def test_what_comes_later_changes_nothing(losses, patience, at):
    """A rewound run has a record that is longer than where it stands."""
    at = min(at, len(losses) - 1)
    whole, then = validated(*losses), validated(*losses[: at + 1])
    assert stop_reason(Stop(patience=patience), whole, 5 * at) == stop_reason(Stop(patience=patience), then, 5 * at)


def test_reasons_in_words():
    record = record_of((0, 2.0, 1.0), (1500, 0.9, 0.25), (3000, 0.5, 0.5), (4500, 0.4, 0.75))
    assert str(stop_reason(Stop(step=1500), record, 1500)) == "step 1,500 is reached"
    assert str(stop_reason(Stop(loss=1.0), record, 1500)) == "the training loss is below 1"
    assert str(stop_reason(Stop(patience=2), record, 4500)) == (
        "early stopping: the validation loss was lowest at step 1,500 (0.25), 2 evaluations ago"
    )


def test_rising_for_ever_costs_no_look_at_the_whole_past():
    record, looked = validated(*range(3000)), 0

    class Counted(list):
        def __getitem__(self, place):
            nonlocal looked
            looked += 1
            return super().__getitem__(place)

    record.evaluations = Counted(record.evaluations)
    for place in range(2000, 2100):
        stop_reason(Stop(patience=5), record, 5 * place)
    assert looked < 100 * 30
