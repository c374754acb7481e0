"""Features: what the network is given to see of a point in the plane.

A network without a hidden layer draws straight lines only, in the space of its *inputs*. Given x1^2 and x2^2 as
inputs, a straight line there, w1 x1^2 + w2 x2^2 + b = 0, is an ellipse in the plane. So a well-chosen feature can stand
in for a hidden layer; what a hidden layer adds is that the features are learnt. The seven are those of TensorFlow
Playground (Smilkov et al. 2017, "Direct-manipulation visualization of deep networks").
"""

import re
from collections.abc import Callable, Sequence
from typing import Literal

import numpy as np

from model.arrays import Floats

FeatureName = Literal["x1", "x2", "x1^2", "x2^2", "x1 x2", "sin x1", "sin x2"]

# Each function takes points (N, 2), N rows of x1 and x2, and gives the N values of the feature.
FEATURES: dict[FeatureName, Callable[[Floats], Floats]] = {
    "x1": lambda points: points[:, 0],
    "x2": lambda points: points[:, 1],
    "x1^2": lambda points: points[:, 0] ** 2,
    "x2^2": lambda points: points[:, 1] ** 2,
    "x1 x2": lambda points: points[:, 0] * points[:, 1],
    "sin x1": lambda points: np.sin(points[:, 0]),
    "sin x2": lambda points: np.sin(points[:, 1]),
}


def named(feature: FeatureName, axes: Sequence[str]) -> str:
    """The feature of a plane whose two axes are called so: "x1^2" is "length^2" where x1 is a length."""
    if feature == "x1 x2" and tuple(axes) != ("x1", "x2"):
        return " × ".join(axes)  # two names side by side would look like one
    return re.sub("x([12])", lambda found: axes[int(found[1]) - 1], feature)


def apply(names: Sequence[FeatureName], points: Floats) -> Floats:
    """The named features of `points` (N, 2) as the columns of an array (N, len(names)), in the order of `names`.

    `names` holds at least one name; raises KeyError for an unknown one.
    """
    return np.stack([FEATURES[name](points) for name in names], axis=1)
