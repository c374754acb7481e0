import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from model.layers import Affine, Dropout
from model.network import Network
from model.random_streams import stream

WIDE = (50,)


def test_some_are_0_and_the_others_enlarged(bench):
    made = bench(Dropout(rate=0.2), WIDE, 40, seed=1)
    made.forward()
    factors = made.y.values / made.x.values
    assert set(np.round(factors.ravel(), 12)) == {0.0, 1.25}
    assert_allclose((factors == 0).mean(), 0.2, atol=4 * np.sqrt(0.2 * 0.8 / 2000))
    made.weights[:] = 1
    made.backward()
    assert_allclose(made.x.gradient, factors)


def test_the_expectation_is_kept(bench):
    made = bench(Dropout(rate=0.7), (10,), 2000, seed=1)
    made.x.values[...] = 1
    made.forward()
    assert_allclose(made.y.values.mean(), 1, atol=0.05)


def test_every_step_has_dice_of_its_own_and_the_same_again(bench):
    made = bench(Dropout(), WIDE, 4, seed=1)
    masks = []
    for step in (3, 4, 3):
        made.layer.draw(stream(1, "noise", step))
        masks.append(made.layer.mask.copy())
    assert_array_equal(masks[0], masks[2])
    assert (masks[0] != masks[1]).any()


def test_the_dice_do_not_depend_on_the_precision(bench):
    one, other = (bench(Dropout(), WIDE, 4, seed=1, dtype=dtype) for dtype in ("float64", "float32"))
    for made in (one, other):
        made.layer.draw(stream(1, "noise", 3))
    assert_array_equal(one.layer.mask, other.layer.mask)


def test_an_evaluation_uses_all():
    network = Network([Affine(units=3), Dropout()], (2,))
    network.initialize(1)
    wiring = network.wire(4, learns=False)
    assert wiring.layers[1] is None and wiring.output is wiring.signals[1] and not wiring.drawing


def test_of_the_data_itself_too():
    """In front of the first layer that learns there is no gradient to hand on."""
    wiring = Network([Dropout(), Affine(units=3)], (2,)).wire(4)
    assert not wiring.signals[1].learns
    wiring.forward()
    wiring.backward()


@pytest.mark.parametrize("rate", [0.0, 0.999])
def test_at_the_ends_of_its_range(rate, bench):
    made = bench(Dropout(rate=rate), WIDE, 4, seed=1)
    made.forward()
    assert np.isfinite(made.y.values).all()
    if rate == 0:
        assert_array_equal(made.y.values, made.x.values)
