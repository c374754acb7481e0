import mpmath
import numpy as np

from model.optimizers import AdaGrad


def oracle(w, slope, steps):
    """h <- h + g * g; W <- W - lr g / (sqrt(h) + eps) with 50 digits."""
    lr, epsilon = mpmath.mpf(0.1), mpmath.mpf(1e-7)
    h, path = mpmath.mpf(0), []
    for t in range(1, steps + 1):
        g = slope(t, w)
        h += g**2
        w = w - lr * g / (mpmath.sqrt(h) + epsilon)
        path.append(w)
    return path


def test_agrees_with_the_published_formula(agrees):
    agrees(AdaGrad(learning_rate=0.1, epsilon=1e-7), oracle)


def test_first_steps_by_hand():
    w, g = np.array([1.0]), np.array([3.0])
    rule = AdaGrad(learning_rate=2.0, epsilon=1.0).rule(w, g)
    rule.update()  # h = 9: 1 - 2 * 3 / (3 + 1)
    assert (w[0], rule.h[0]) == (-0.5, 9.0)
    g[0] = -4.0
    rule.update()  # h = 25: -0.5 + 2 * 4 / (5 + 1)
    np.testing.assert_allclose([w[0], rule.h[0]], [-0.5 + 8 / 6, 25.0], rtol=1e-15)


def test_under_a_constant_slope_the_steps_fall_with_the_root_of_time():
    """W_t = W_0 - lr sum_i 1 / sqrt(i), whatever the slope (epsilon apart)."""
    w, g = np.zeros(2), np.array([5.0, 0.5])
    rule = AdaGrad(learning_rate=0.1, epsilon=1e-15).rule(w, g)
    for _ in range(100):
        rule.update()
    np.testing.assert_allclose(w, -0.1 * sum(i**-0.5 for i in range(1, 101)), rtol=1e-12)


def test_a_parameter_without_gradient_stays():
    w, g = np.array([1.0]), np.zeros(1)
    AdaGrad().rule(w, g).update()
    assert w[0] == 1.0
