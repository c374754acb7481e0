"""The targets of the regressions."""

import math

import numpy as np
import pytest

from model.datasets import MultiGaussian, Plane, Sine
from model.datasets.dataset import Synthetic

EVERY = pytest.mark.parametrize("kind", [Plane, MultiGaussian, Sine], ids=lambda kind: kind.__name__)


@EVERY
def test_noise_moves_the_targets_and_leaves_the_points(kind: type[Synthetic]) -> None:
    clean, noisy = kind(noise=0).draw(1), kind(noise=0.25).draw(1)
    np.testing.assert_array_equal(clean.inputs, noisy.inputs)
    moved = np.abs(noisy.targets - clean.targets)
    assert 0.2 < moved.max() <= 0.25


def test_the_plane_rises_from_minus_one_to_one() -> None:
    drawn = Plane(samples=50, noise=0).draw(1)
    # Through three points goes one plane: the corners (-6, -6) with -1, (6, 6) with 1 and (6, -6) with 0.
    slopes, *_ = np.linalg.lstsq(np.column_stack([drawn.inputs, np.ones(50)]), drawn.targets[:, 0])
    np.testing.assert_allclose(slopes @ [[-6, 6, 6], [-6, 6, -6], [1, 1, 1]], [-1, 1, 0], atol=1e-12)


def test_sine() -> None:
    drawn = Sine(samples=50, noise=0).draw(1)
    for (x,), (t,) in zip(drawn.inputs.tolist(), drawn.targets.tolist(), strict=True):
        assert t == pytest.approx(math.sin(x), abs=1e-14)


def test_hills_and_hollows() -> None:
    drawn = MultiGaussian(samples=20_000, noise=0).draw(1)
    # Near its own centre a hill counts 1 and its neighbours, at least 4 away, together less than 0.001.
    for centre, height in (
        ((-4, 2.5), 1),
        ((0, 2.5), -1),
        ((4, 2.5), 1),
        ((-4, -2.5), -1),
        ((0, -2.5), 1),
        ((4, -2.5), -1),
    ):
        distance = np.hypot(*(drawn.inputs - centre).T)
        nearest = distance.argmin()
        assert distance[nearest] < 0.1
        assert drawn.targets[nearest, 0] == pytest.approx(height, abs=0.01)
    # One away from the highest hill its height is exp(-1/2) = 0.607.
    ring = np.abs(np.hypot(*(drawn.inputs - (-4, 2.5)).T) - 1) < 0.02
    assert drawn.targets[ring, 0].mean() == pytest.approx(0.607, abs=0.02)
    assert np.abs(drawn.targets).max() <= 1
