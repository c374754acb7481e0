import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from model.perceptron import EXERCISES, Sample, margin, most_mistakes

whole = st.integers(-4, 4)


def test_two_samples_by_hand():
    # z = (1, 0, 1) and (1, 0, -1): the middle between them, (1, 0, 0), is nearest to the origin.
    samples = [Sample((1.0, 0.0), 1), Sample((-1.0, 0.0), 0)]
    assert margin(samples) == pytest.approx(1, rel=1e-14)
    assert most_mistakes(samples) == pytest.approx(2, rel=1e-14)  # R^2 = 2


def test_one_sample_by_hand():
    assert margin([Sample((2.0, 2.0), 0)]) == 3
    assert most_mistakes([Sample((2.0, 2.0), 0)]) == 1


def test_the_gates_by_hand():
    # OR: u is along (2, 2, -1) / 3, at right angles to no sample: u . z = 1/3 for (0,0), (0,1) and (1,0).
    assert margin(EXERCISES["OR"].samples) == pytest.approx(1 / 3, rel=1e-12)
    assert most_mistakes(EXERCISES["OR"].samples) == pytest.approx(27, rel=1e-12)
    # AND: (2, 2, -3) / sqrt(17) has 1 / sqrt(17) at (0,1), (1,0) and (1,1).
    assert margin(EXERCISES["AND"].samples) == pytest.approx(1 / math.sqrt(17), rel=1e-12)
    assert most_mistakes(EXERCISES["AND"].samples) == pytest.approx(51, rel=1e-12)


@pytest.mark.parametrize("name", ["XOR", "mixed"])
def test_none_where_no_line_parts_the_classes(name):
    assert margin(EXERCISES[name].samples) is None
    assert most_mistakes(EXERCISES[name].samples) is None


@settings(max_examples=40)
@given(st.lists(st.tuples(whole, whole), min_size=1, max_size=8, unique=True), whole, whole, whole)
def test_no_direction_does_better(points, v1, v2, c):
    assume(all(v1 * x1 + v2 * x2 + c for x1, x2 in points))
    samples = [Sample((float(x1), float(x2)), int(v1 * x1 + v2 * x2 + c > 0)) for x1, x2 in points]
    z = np.array([(x1, x2, 1) if s.target else (-x1, -x2, -1) for (x1, x2), s in zip(points, samples, strict=True)])
    found = margin(samples)
    assert found is not None
    # Independently: directions all over the sphere, and the known one that separates.
    turn, height = np.meshgrid(np.linspace(0, 2 * np.pi, 181), np.linspace(-1, 1, 91))
    flat = np.sqrt(1 - height**2)
    directions = np.stack([flat * np.cos(turn), flat * np.sin(turn), height], axis=-1).reshape(-1, 3)
    best = max((directions @ z.T).min(axis=1).max(), (z @ (v1, v2, c)).min() / math.hypot(v1, v2, c))
    reach = np.linalg.norm(z, axis=1).max()
    assert best - 1e-9 <= found <= max(best, 0) + 0.05 * reach
