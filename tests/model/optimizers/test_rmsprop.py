import mpmath
import numpy as np

from model.optimizers import RMSProp


def oracle(w, slope, steps):
    """h <- d h + (1 - d) g * g; W <- W - lr g / (sqrt(h) + eps) with 50 digits."""
    lr, d, epsilon = mpmath.mpf(0.01), mpmath.mpf(0.9), mpmath.mpf(1e-7)
    h, path = mpmath.mpf(0), []
    for t in range(1, steps + 1):
        g = slope(t, w)
        h = d * h + (1 - d) * g**2
        w = w - lr * g / (mpmath.sqrt(h) + epsilon)
        path.append(w)
    return path


def test_agrees_with_the_published_formula(agrees):
    agrees(RMSProp(learning_rate=0.01, decay=0.9, epsilon=1e-7), oracle)


def test_h_is_a_weighted_sum_of_all_squares():
    """Without any recursion: the square of k steps ago has the weight (1 - d) d^k."""
    history = [3.0, -1.0, 0.25, 2.0, -5.0, 1.0, 0.0, 4.0]
    w, g = np.array([1.0]), np.zeros(1)
    rule = RMSProp(learning_rate=0.05, decay=0.8, epsilon=0.01).rule(w, g)
    expected = 1.0
    for t, g[0] in enumerate(history):
        rule.update()
        mean_square = sum(0.2 * 0.8**k * history[t - k] ** 2 for k in range(t + 1))
        expected -= 0.05 * history[t] / (mean_square**0.5 + 0.01)
        np.testing.assert_allclose([rule.h[0], w[0]], [mean_square, expected], rtol=0, atol=1e-13)


def test_first_steps_by_hand():
    w, g = np.array([1.0]), np.array([4.0])
    rule = RMSProp(learning_rate=0.5, decay=0.75, epsilon=1.0).rule(w, g)
    rule.update()  # h = 16 / 4: 1 - 0.5 * 4 / (2 + 1)
    np.testing.assert_allclose([rule.h[0], w[0]], [4.0, 1 - 2 / 3], rtol=1e-15)
    g[0] = 2.0
    rule.update()  # h = 3 + 1: 1/3 - 0.5 * 2 / (2 + 1)
    np.testing.assert_allclose([rule.h[0], w[0]], [4.0, 0.0], rtol=0, atol=1e-15)


def test_under_a_constant_slope_the_step_becomes_the_learning_rate():
    w, g = np.zeros(2), np.array([100.0, -0.01])
    rule = RMSProp(learning_rate=0.01, decay=0.9).rule(w, g)
    for _ in range(400):
        rule.update()
    before = w.copy()
    rule.update()
    np.testing.assert_allclose(w - before, [-0.01, 0.01], rtol=2e-5)  # epsilon is 1e-5 of the smaller gradient
