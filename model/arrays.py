"""The kinds of arrays that the model passes around, named once."""

from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]  # numbers of any shape, float64 unless the experiment says float32
Vector = NDArray[np.floating[Any]]  # one axis
Indices = NDArray[np.intp]
Shape = tuple[int, ...]  # of one sample, without the batch axis: (2,), (1, 8, 8)
Precision = Literal["float64", "float32"]
