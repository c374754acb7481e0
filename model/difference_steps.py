"""Why 1e-5 and not 1e-15: the error of the numerical gradient against the difference step h.

Two errors pull in opposite directions (derived in `gradient_check`):

    truncation   h^2/6 |L'''|      falls by 100 where h falls by 10
    rounding     eps |L| / h       rises by 10 where h falls by 10

On logarithmic axes the first is a straight line of slope 2, the second one of slope -1, and the curve is a V whose
foot lies near h = eps^(1/3), about 6e-6. Left of it the difference is mostly *cancellation*: L(w + h) and L(w - h)
agree in nearly all of their 16 digits, and those are lost when one is subtracted from the other.
"""

from collections.abc import Callable, Sequence

import numpy as np

from model.arrays import Floats, Vector
from model.batch_loss import BatchLoss
from model.gradient_check import Tamper, central_difference

STEPS: tuple[float, ...] = tuple(10.0**-digits for digits in range(1, 16))  # 1e-1 ... 1e-15
SAMPLE = 20  # parameters whose median is shown


def errors_by_step(
    loss: BatchLoss,
    parameters: Sequence[int],
    steps: Sequence[float] = STEPS,
    interrupted: Callable[[], bool] = bool,
    tamper: Tamper | None = None,
) -> Floats | None:
    """Relative errors |a - n| / max(|a|, |n|), (steps, parameters). None where `interrupted` said so.

    nan where a kink was crossed, or where both numbers are 0. `parameters`: places in the parameter vector. `tamper`
    may spoil the gradient (see `faults`): a wrong gradient is wrong at every step, and its curve is no V.
    """
    chosen = list(parameters)
    loss.gradient()
    sides = loss.sides()
    if tamper:
        tamper(loss)
    analytic = loss.network.gradient[chosen].copy()
    errors = np.full((len(steps), len(chosen)), np.nan)
    for row, step in enumerate(steps):
        for column, index in enumerate(chosen):
            if interrupted():
                return None
            numerical, kink = central_difference(loss, index, step, sides)
            size = max(abs(analytic[column]), abs(numerical))
            if not kink and size > 0:
                errors[row, column] = abs(analytic[column] - numerical) / size
    return errors


def medians(errors: Floats) -> Vector:
    """The median over the parameters for each step, (steps,); nan where all were skipped."""
    found = [row[~np.isnan(row)] for row in errors]
    return np.array([np.median(row) if len(row) else np.nan for row in found])


def sample(loss: BatchLoss, most: int = SAMPLE) -> tuple[int, ...]:
    """Places of at most `most` parameters, spread evenly over those whose gradient is not 0."""
    places = np.flatnonzero(loss.gradient())
    return tuple(int(i) for i in places[np.linspace(0, len(places) - 1, min(most, len(places))).astype(np.intp)])
