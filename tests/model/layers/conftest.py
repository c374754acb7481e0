"""The trial that every layer must pass: its backward beside the slopes of its forward."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.testing import assert_allclose

from model.arrays import Shape
from model.layers import Block, Layer, LayerSpec
from model.signal import Signal

STEP = 1e-6  # of the finite differences: error of order STEP^2 from the curve, 1e-16 / STEP from rounding
KINK = 0.01  # inputs nearer to 0 are moved away: there a ReLU has no slope


class Bench:
    """One layer between two signals, with numbers in it."""

    def __init__(self, spec: LayerSpec, shape: Shape, batch: int, seed: int, dtype: str = "float64") -> None:
        random = np.random.default_rng(seed)
        numbers = np.dtype(dtype)
        size = sum(int(np.prod(s)) for s in spec.parameter_shapes(shape).values())
        self.parameters = random.normal(size=size).astype(dtype)
        self.gradient = np.full(size, np.nan, dtype)  # what backward leaves unwritten stands out
        self.x = Signal.of_size(batch, shape, numbers, learns=True)
        inputs = random.normal(0, 2, self.x.values.shape)
        self.x.values[...] = inputs + np.where(np.abs(inputs) < KINK, 2 * KINK, 0)
        self.state = np.concatenate([np.zeros(0), *(v.ravel() for _, v in spec.initial_state(shape))]).astype(dtype)
        block = Block(self.parameters, self.gradient, self.state, learns=True)
        layer, self.y = spec.wire(self.x, spec.output_shape(shape), block)
        self.layer: Layer | None = layer
        if layer and layer.draws:
            layer.draw(random)
        self.weights = random.normal(size=self.y.values.shape)  # of the outputs, in the sum that stands for a loss

    def forward(self) -> float:
        if self.layer:
            self.layer.forward()
        return float((self.y.values * self.weights).sum())

    def backward(self) -> None:
        self.y.gradient[...] = self.weights
        if self.layer:
            self.layer.backward()


def slopes(f: Callable[[], float], at: np.ndarray) -> np.ndarray:
    """Central differences of f() in every number of `at`."""
    found = np.empty(at.shape)
    for place in np.ndindex(at.shape):
        value = at[place]
        at[place] = value + STEP
        above = f()
        at[place] = value - STEP
        below = f()
        at[place] = value
        found[place] = (above - below) / (2 * STEP)
    return found


@pytest.fixture(scope="session")
def bench() -> type[Bench]:
    return Bench


@pytest.fixture(scope="session")
def backward_agrees() -> Callable[[LayerSpec, Shape, int, int], None]:
    """Asserts that backward gives the slopes of forward, for inputs and parameters."""

    def agrees(spec: LayerSpec, shape: Shape, batch: int, seed: int) -> None:
        made = Bench(spec, shape, batch, seed)
        made.forward()
        made.backward()
        x_gradient, gradient = made.x.gradient.copy(), made.gradient.copy()
        assert_allclose(x_gradient, slopes(made.forward, made.x.values), rtol=1e-6, atol=1e-8)
        assert_allclose(gradient, slopes(made.forward, made.parameters), rtol=1e-6, atol=1e-8)

    return agrees
