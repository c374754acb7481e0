"""The seven features of a point in the plane."""

import math
from typing import get_args

import numpy as np
import pytest

from model.features import FEATURES, FeatureName, apply, named

POINT = np.array([[3.0, -0.5]])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("x1", 3.0),
        ("x2", -0.5),
        ("x1^2", 9.0),
        ("x2^2", 0.25),
        ("x1 x2", -1.5),
        ("sin x1", math.sin(3.0)),
        ("sin x2", -math.sin(0.5)),
    ],
)
def test_value(name: FeatureName, value: float) -> None:
    assert apply((name,), POINT).tolist() == [[pytest.approx(value, abs=1e-15)]]


@pytest.mark.parametrize(
    ("name", "called"),
    [("x1", "x2 of ours"), ("x2^2", "width^2"), ("sin x1", "sin x2 of ours"), ("x1 x2", "x2 of ours × width")],
)
def test_a_feature_is_called_by_the_names_of_the_data(name: FeatureName, called: str) -> None:
    assert named(name, ("x2 of ours", "width")) == called
    assert named(name, ("x1", "x2")) == name


def test_every_name_of_the_file_format_has_a_function() -> None:
    assert tuple(FEATURES) == get_args(FeatureName)


def test_columns_come_in_the_order_asked_for() -> None:
    assert apply(("x2", "x1 x2", "x1"), POINT).tolist() == [[-0.5, -1.5, 3.0]]


def test_shape() -> None:
    assert apply(tuple(FEATURES), np.zeros((5, 2))).shape == (5, 7)
    assert apply(("x1",), np.zeros((0, 2))).shape == (0, 1)
