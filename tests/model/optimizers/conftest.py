"""The trial that every update rule must pass: 1,000 steps beside an oracle of 50 digits."""

import math
from collections.abc import Callable

import mpmath
import numpy as np
import pytest

from model.optimizers import Optimizer

Slope = Callable[[int, mpmath.mpf], mpmath.mpf]  # the gradient of one parameter: at step t = 1, 2, ..., at the value w
Oracle = Callable[[mpmath.mpf, Slope, int], list[mpmath.mpf]]  # from w, for so many steps: w after each of them

START = (1.5, -0.25, 0.0)
CURVATURES = (0.05, 1.0, 2.0)  # of the quadratic sum k w^2 / 2
SIZES = (1.0, 0.01, 30.0)  # of the gradients of the three parameters


def pseudo_random(t: int, parameter: int) -> float:
    """A number in (-0.8, 1.2) times the parameter's size: by a formula, the same with every version of NumPy."""
    noise = math.modf(math.sin(t * (12.9898, 78.233, 37.719)[parameter]) * 43758.5453)[0]
    return (noise + 0.2) * SIZES[parameter]


@pytest.fixture
def agrees() -> Callable[[Optimizer, Oracle], None]:
    """Asserts that the rule of an optimizer and an oracle agree to 1e-10 at each of 1,000 steps: on a fixed sequence of
    gradients, and on a quadratic, where each gradient depends on all steps before it."""

    def agrees(optimizer: Optimizer, oracle: Oracle, steps: int = 1000) -> None:
        given = np.array([[pseudo_random(t, i) for i in range(3)] for t in range(1, steps + 1)])
        w, g = np.array(START), np.zeros(3)
        rule = optimizer.rule(w, g)
        on_sequence = np.empty((steps, 3))
        for t in range(steps):
            g[:] = given[t]
            rule.update()
            on_sequence[t] = w

        w, g = np.array(START), np.zeros(3)
        rule = optimizer.rule(w, g)
        on_quadratic = np.empty((steps, 3))
        for t in range(steps):
            g[:] = np.array(CURVATURES) * w
            rule.update()
            on_quadratic[t] = w

        with mpmath.workdps(50):
            for i in range(3):
                start = mpmath.mpf(START[i])
                column = [mpmath.mpf(float(value)) for value in given[:, i]]
                expected = oracle(start, lambda t, w, column=column: column[t - 1], steps)
                np.testing.assert_allclose(on_sequence[:, i], [float(e) for e in expected], rtol=0, atol=1e-10)
                curvature = mpmath.mpf(CURVATURES[i])
                expected = oracle(start, lambda t, w, curvature=curvature: curvature * w, steps)
                np.testing.assert_allclose(on_quadratic[:, i], [float(e) for e in expected], rtol=0, atol=1e-10)

    return agrees
