"""Iris, digits and MNIST as they ship, against the figures published with them."""

from pathlib import Path

import numpy as np
import pytest

from model.datasets import Digits, Iris, Mnist


def test_iris_has_the_published_statistics() -> None:
    drawn = Iris().draw(seed=1)
    assert np.bincount(drawn.targets.astype(int)).tolist() == [50, 50, 50]
    # min, max, mean and standard deviation from the summary that accompanies the data set
    np.testing.assert_allclose(drawn.inputs.min(axis=0), [4.3, 2.0, 1.0, 0.1])
    np.testing.assert_allclose(drawn.inputs.max(axis=0), [7.9, 4.4, 6.9, 2.5])
    np.testing.assert_allclose(drawn.inputs.mean(axis=0), [5.84, 3.05, 3.76, 1.20], atol=0.01)
    np.testing.assert_allclose(drawn.inputs.std(axis=0, ddof=1), [0.83, 0.43, 1.76, 0.76], atol=0.01)


def test_iris_has_the_values_of_fishers_paper() -> None:
    inputs = Iris().draw(seed=1).inputs
    assert inputs[34].tolist() == [4.9, 3.1, 1.5, 0.2]  # 0.1 in the file of UCI
    assert inputs[37].tolist() == [4.9, 3.6, 1.4, 0.1]  # 3.1 and 1.5 in the file of UCI


def test_digits_are_images_between_paper_and_ink() -> None:
    drawn = Digits().draw(seed=1)
    assert drawn.inputs.shape == (1797, 1, 8, 8)
    assert (drawn.inputs.min(), drawn.inputs.max()) == (0, 1)
    # how often each digit occurs in optdigits.tes, from the description of the data set
    assert np.bincount(drawn.targets.astype(int)).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]


def test_the_first_digit_is_an_upright_zero() -> None:
    drawn = Digits().draw(seed=1)
    assert drawn.targets[0] == 0
    drawing = ["".join("#" if ink >= 0.5 else "." for ink in row) for row in drawn.inputs[0, 0]]
    assert drawing == [
        "...##...",
        "..####..",
        "..#..##.",
        "..#..##.",
        "..#..##.",
        "..#..#..",
        "..#.##..",
        "...##...",
    ]


def test_mnist_is_five_hundred_images_of_each_digit() -> None:
    drawn = Mnist().draw(seed=1)
    assert drawn.inputs.shape == (5000, 1, 28, 28)
    assert (drawn.inputs.min(), drawn.inputs.max()) == (0, 1)
    assert np.bincount(drawn.targets).tolist() == [500] * 10
    assert len(np.unique(drawn.inputs.reshape(5000, -1), axis=0)) == 5000  # none is there twice


def test_mnist_is_centred_in_a_box_of_twenty_pixels() -> None:
    """As the database's own description says: scaled into 20 x 20, with the centre of mass in the middle."""
    images = Mnist().draw(seed=1).inputs[:, 0]
    for axis in (1, 2):
        seen = images.max(axis=axis) > 0
        extents = 28 - np.argmax(seen[:, ::-1], axis=1) - np.argmax(seen, axis=1)
        assert extents.max() <= 20
    ticks = np.arange(28) + 0.5
    weights = images.sum(axis=(1, 2))
    for profile in (images.sum(axis=1), images.sum(axis=2)):
        assert np.abs(profile @ ticks / weights - 14).max() <= 1  # to the nearest pixel


@pytest.mark.parametrize("kind", [Iris, Digits, Mnist])
def test_real_data_is_the_same_whatever_the_seed_and_cannot_be_written_to(kind: type[Iris | Digits | Mnist]) -> None:
    one, other = kind().draw(1), kind().draw(2)
    np.testing.assert_array_equal(one.inputs, other.inputs)
    assert not one.inputs.flags.writeable
    assert not one.targets.flags.writeable


@pytest.mark.parametrize(
    ("name", "source", "licence"),
    [
        ("iris.csv", "https://doi.org/10.24432/", "CC BY 4.0"),
        ("digits.npz", "https://doi.org/10.24432/", "CC BY 4.0"),
        ("mnist.npz", "https://yann.lecun.com/exdb/mnist/", "CC BY-SA"),
    ],
)
def test_source_and_licence_are_told(name: str, source: str, licence: str) -> None:
    readme = (Path(__file__).parents[3] / "resources" / "datasets" / "README.md").read_text(encoding="utf-8")
    section = readme.split(f"## {name}")[1].split("\n## ")[0]
    assert source in section
    assert licence in section
