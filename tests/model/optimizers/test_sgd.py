import mpmath
import numpy as np

from model.optimizers import SGD


def oracle(w, slope, steps):
    """W <- W - lr g with 50 digits."""
    path = []
    for t in range(1, steps + 1):
        w = w - mpmath.mpf(0.1) * slope(t, w)
        path.append(w)
    return path


def test_agrees_with_the_published_formula(agrees):
    agrees(SGD(learning_rate=0.1), oracle)


def test_first_steps_by_hand():
    w, g = np.array([1.0, -2.0]), np.array([4.0, 0.5])
    rule = SGD(learning_rate=0.25).rule(w, g)
    rule.update()
    assert w.tolist() == [0.0, -2.125]
    g[:] = [-8.0, 0.0]
    rule.update()
    assert w.tolist() == [2.0, -2.125]


def test_on_a_parabola_w_shrinks_by_one_minus_lr_k():
    """L = k w^2 / 2 has the closed solution w_n = (1 - lr k)^n w_0."""
    w, g = np.array([3.0]), np.zeros(1)
    rule = SGD(learning_rate=0.3).rule(w, g)
    for _ in range(50):
        g[0] = 2.0 * w[0]
        rule.update()
    np.testing.assert_allclose(w, 3.0 * 0.4**50, rtol=1e-12)


def test_remembers_nothing():
    assert SGD().rule(np.zeros(3), np.zeros(3)).state.shape == (0,)
