"""Where the classes of the synthetic sets lie."""

import math

import numpy as np
import pytest

from model.datasets import Circle, Gaussians, Moons, Spiral, Xor
from model.datasets.dataset import Samples

SEEDS = pytest.mark.parametrize("seed", [1, 2, 3])


def nearest_neighbour_accuracy(samples: Samples) -> float:
    """The share of points whose nearest other point has the same class: how learnable a set is, without a network."""
    gaps = np.square(samples.inputs[:, np.newaxis] - samples.inputs).sum(axis=2)
    np.fill_diagonal(gaps, np.inf)
    return float(np.mean(samples.targets[gaps.argmin(axis=1)] == samples.targets))


@SEEDS
def test_circle_is_a_disc_in_a_ring(seed: int) -> None:
    drawn = Circle(samples=2000, noise=0).draw(seed)
    radius = np.hypot(*drawn.inputs.T)
    inside, outside = radius[drawn.targets == 1], radius[drawn.targets == 0]
    assert inside.max() < 2.5
    assert outside.min() > 3.5
    assert outside.max() < 5
    # Even over the area: half of the disc's points lie within the circle of half its area.
    assert np.mean(inside < 2.5 / math.sqrt(2)) == pytest.approx(0.5, abs=0.06)
    assert np.mean(outside < math.sqrt((3.5**2 + 5**2) / 2)) == pytest.approx(0.5, abs=0.06)


@SEEDS
def test_xor_is_the_exclusive_or_of_the_signs(seed: int) -> None:
    drawn = Xor(noise=0).draw(seed)
    negative = drawn.inputs < 0
    np.testing.assert_array_equal(drawn.targets == 1, negative[:, 0] ^ negative[:, 1])
    assert np.abs(drawn.inputs).min() >= 0.5
    assert [int(np.sum((negative == quadrant).all(axis=1))) for quadrant in ((0, 0), (1, 0), (1, 1), (0, 1))] == [
        100
    ] * 4


@SEEDS
def test_xor_keeps_its_quadrants_at_the_usual_noise(seed: int) -> None:
    drawn = Xor(samples=5000, noise=0.1).draw(seed)
    np.testing.assert_array_equal(drawn.targets == 1, drawn.inputs[:, 0] * drawn.inputs[:, 1] < 0)


@SEEDS
def test_gaussians_have_the_declared_centres_and_spread(seed: int) -> None:
    drawn = Gaussians(samples=4000, noise=0.5).draw(seed)  # sigma = 0.7 + 1.3 = 2
    for label, centre in ((0, -2), (1, 2)):
        cloud = drawn.inputs[drawn.targets == label]
        np.testing.assert_allclose(cloud.mean(axis=0), [centre, centre], atol=0.2)
        np.testing.assert_allclose(cloud.std(axis=0), [2, 2], atol=0.15)


@SEEDS
def test_the_middle_line_parts_the_gaussians_as_well_as_promised(seed: int) -> None:
    def accuracy(noise: float) -> float:
        drawn = Gaussians(samples=4000, noise=noise).draw(seed)
        return float(np.mean((drawn.inputs.sum(axis=1) > 0) == (drawn.targets == 1)))

    assert accuracy(0.1) == pytest.approx(0.9984, abs=0.003)
    assert accuracy(0.5) == pytest.approx(0.9214, abs=0.02)


@SEEDS
def test_a_point_of_the_spiral_tells_its_arm(seed: int) -> None:
    drawn = Spiral(noise=0).draw(seed)
    x1, x2 = drawn.inputs.T
    radius = np.hypot(x1, x2)
    assert 0.4 <= radius.min() < 0.5
    assert 4.9 < radius.max() <= 5
    # Unwound by the turns that belong to its radius, the first arm points up and the second down.
    unwound = np.arctan2(x1, x2) - 2 * np.pi * 1.75 * (radius - 0.4) / 4.6
    np.testing.assert_allclose(np.cos(unwound), np.where(drawn.targets == 0, 1, -1), atol=1e-9)


@SEEDS
def test_the_spiral_can_be_learnt_at_noise_0_2(seed: int) -> None:
    assert nearest_neighbour_accuracy(Spiral(noise=0.2).draw(seed)) >= 0.98


@SEEDS
def test_moons_are_half_circles_turned_into_each_other(seed: int) -> None:
    drawn = Moons(noise=0).draw(seed)
    upper, lower = drawn.inputs[drawn.targets == 0], drawn.inputs[drawn.targets == 1]
    np.testing.assert_allclose(np.hypot(*(upper - (-1.5, -0.75)).T), 3, rtol=1e-12)
    np.testing.assert_allclose(np.hypot(*(lower - (1.5, 0.75)).T), 3, rtol=1e-12)
    assert upper[:, 1].min() >= -0.75
    assert lower[:, 1].max() <= 0.75
    assert nearest_neighbour_accuracy(Moons(noise=0.1).draw(seed)) >= 0.99
