"""Images of digits as their files hold them: `images` (n, rows, columns), whole numbers of ink, and `digits` (n,)."""

from functools import cache
from pathlib import Path

import numpy as np

from model.datasets.dataset import Samples


@cache
def digit_images(file: Path, ink: int) -> Samples:
    """Inputs (n, 1, rows, columns) from 0 (paper) to 1 (ink): a pixel holds 0 to `ink`. Targets: the digits."""
    with np.load(file, allow_pickle=False) as arrays:
        inputs = arrays["images"][:, None] / ink
        targets = arrays["digits"].astype(np.int64)
    # Every caller gets the same two arrays: nobody may write into them.
    inputs.setflags(write=False)
    targets.setflags(write=False)
    return Samples(inputs, targets)
