"""Learning-rate schedules: values by hand, the published formulas in 50 digits, and what all of them hold."""

import math

import mpmath
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.hyperparameter import hyperparameters
from model.schedules import (
    SCHEDULES,
    AnySchedule,
    ConstantRate,
    Cosine,
    Exponential,
    InverseTime,
    StepDecay,
    WarmUp,
)

every_schedule = pytest.mark.parametrize("kind", SCHEDULES, ids=lambda kind: kind.__name__)


def specs(kind):
    """Any hyperparameters of the domain."""
    fields = {}
    for p in hyperparameters(kind):
        if p.kind is int:
            fields[p.name] = st.integers(p.minimum, p.maximum)
        else:
            fields[p.name] = st.floats(p.minimum, p.maximum, exclude_min=p.minimum_excluded)
    return st.builds(kind, **fields)


@pytest.mark.parametrize(
    ("schedule", "factors"),
    [
        (ConstantRate(), {0: 1, 1: 1, 10**9: 1}),
        (StepDecay(decay=0.5, every=10), {0: 1, 9: 1, 10: 0.5, 19: 0.5, 20: 0.25, 99: 0.5**9}),
        (Exponential(decay=0.25, every=10), {0: 1, 5: 0.5, 10: 0.25, 20: 0.0625}),
        (InverseTime(half=10), {0: 1, 10: 1 / 2, 20: 1 / 3, 90: 1 / 10}),
        (Cosine(horizon=100), {0: 1, 50: 0.5, 100: 0, 101: 0, 10**9: 0}),
        (Cosine(horizon=90, end=0.5), {0: 1, 30: 0.875, 45: 0.75, 60: 0.625, 90: 0.5, 200: 0.5}),
        (Cosine(horizon=100, warm_up=4), {0: 0.25, 1: 0.5, 2: 0.75, 3: 1, 4: 1, 54: 0.5, 104: 0}),
        (WarmUp(warm_up=4), {0: 0.25, 1: 0.5, 3: 1, 4: 1, 10**9: 1}),
        (WarmUp(warm_up=0), {0: 1, 1: 1}),
    ],
)
def test_by_hand(schedule, factors):
    assert {step: schedule.factor(step) for step in factors} == pytest.approx(factors, rel=1e-15, abs=1e-16)


FORMULAS = {
    StepDecay(decay=0.3, every=77): lambda s: mpmath.mpf(0.3) ** mpmath.floor(mpmath.mpf(s) / 77),
    Exponential(decay=0.3, every=77): lambda s: mpmath.exp(mpmath.log(mpmath.mpf(0.3)) * s / 77),
    InverseTime(half=77): lambda s: mpmath.mpf(77) / (77 + s),
    # SGDR, equation 5: eta_min + (eta_max - eta_min) (1 + cos(pi T_cur / T_i)) / 2
    Cosine(horizon=1000, end=0.1): lambda s: (
        mpmath.mpf(0.1) + (1 - mpmath.mpf(0.1)) / 2 * (1 + mpmath.cos(mpmath.pi * s / 1000))
    ),
    WarmUp(warm_up=1000): lambda s: mpmath.mpf(s + 1) / 1000,
}


@pytest.mark.parametrize("schedule", FORMULAS, ids=lambda schedule: type(schedule).__name__)
def test_a_thousand_steps_of_the_published_formula(schedule):
    with mpmath.workdps(50):
        for step in range(1000):
            assert abs(schedule.factor(step) - FORMULAS[schedule](step)) < 1e-14


@every_schedule
@given(data=st.data())
def test_a_factor_lies_between_zero_and_one_and_only_a_warm_up_rises(kind, data):
    schedule = data.draw(specs(kind))
    step = data.draw(st.integers(0, 10**9) | st.integers(0, 100))
    one, next_one = schedule.factor(step), schedule.factor(step + 1)
    assert 0 <= one <= 1
    assert one == schedule.factor(step)
    if step < getattr(schedule, "warm_up", 0):
        assert next_one >= one or step + 1 == schedule.warm_up
    else:
        assert next_one <= one * (1 + 1e-12)


@every_schedule
def test_the_defaults_do_something_within_ten_thousand_steps(kind):
    factors = [kind().factor(step) for step in (0, 499, 5000, 10_000)]
    assert (len(set(factors)) == 1) == (kind is ConstantRate)


@every_schedule
@given(data=st.data())
def test_survives_the_way_through_json(kind, data):
    schedule = data.draw(specs(kind))
    assert msgspec.json.decode(msgspec.json.encode(schedule), type=AnySchedule) == schedule


@every_schedule
def test_is_described_in_words(kind):
    assert kind.label and kind.meaning.endswith(".")
    for p in hyperparameters(kind):
        assert p.label and p.meaning.endswith("."), p.name


def test_names_in_a_file():
    tags = {kind: msgspec.json.decode(msgspec.json.encode(kind()))["type"] for kind in SCHEDULES}
    assert list(tags.values()) == ["constant", "step", "exponential", "cosine", "inverse_time", "warm_up"]


def test_the_sums_of_robbins_and_monro():
    """Per doubling of the time 1/t adds about k ln 2 to the sum, and ever less to the sum of squares."""
    schedule = InverseTime(half=10)

    def over(start, power):
        return math.fsum(schedule.factor(step) ** power for step in range(start, 2 * start))

    assert [over(start, 1) for start in (1000, 4000, 16_000)] == pytest.approx([10 * math.log(2)] * 3, rel=0.02)
    squares = [over(start, 2) for start in (1000, 4000, 16_000)]
    assert squares[0] > 3.8 * squares[1] > 3.8**2 * squares[2]
