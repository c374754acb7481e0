"""Iris and digits as they ship, against the figures published with them."""

from pathlib import Path

import numpy as np
import pytest

from model.datasets import Digits, Iris


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


@pytest.mark.parametrize("kind", [Iris, Digits])
def test_real_data_is_the_same_whatever_the_seed_and_cannot_be_written_to(kind: type[Iris] | type[Digits]) -> None:
    one, other = kind().draw(1), kind().draw(2)
    np.testing.assert_array_equal(one.inputs, other.inputs)
    assert not one.inputs.flags.writeable
    assert not one.targets.flags.writeable


@pytest.mark.parametrize("name", ["iris.csv", "digits.npz"])
def test_source_and_licence_are_told(name: str) -> None:
    readme = (Path(__file__).parents[3] / "resources" / "datasets" / "README.md").read_text(encoding="utf-8")
    section = readme.split(f"## {name}")[1].split("\n## ")[0]
    assert "https://doi.org/10.24432/" in section
    assert "CC BY 4.0" in section
