import mpmath
import numpy as np

from model.optimizers import SGD, Momentum


def oracle(w, slope, steps):
    """v <- a v - lr g; W <- W + v with 50 digits."""
    lr, a = mpmath.mpf(0.05), mpmath.mpf(0.9)
    v, path = mpmath.mpf(0), []
    for t in range(1, steps + 1):
        v = a * v - lr * slope(t, w)
        w = w + v
        path.append(w)
    return path


def test_agrees_with_the_published_formula(agrees):
    agrees(Momentum(learning_rate=0.05, momentum=0.9), oracle)


def test_is_a_weighted_sum_of_all_gradients():
    """Without any recursion: W_t = W_0 - lr sum_i g_i (1 + a + ... + a^(t - i))."""
    history = [3.0, -1.0, 0.25, 2.0, -5.0, 1.0, 0.0, 4.0]
    w, g = np.array([1.0]), np.zeros(1)
    rule = Momentum(learning_rate=0.05, momentum=0.8).rule(w, g)
    for g[0] in history:
        rule.update()
    pushes = [g_i * sum(0.8**k for k in range(len(history) - i)) for i, g_i in enumerate(history)]
    np.testing.assert_allclose(w, 1.0 - 0.05 * sum(pushes), rtol=0, atol=1e-14)


def test_on_a_parabola_it_is_the_power_of_a_matrix():
    """(w, v) after n steps down k w^2 / 2 is M^n (w_0, 0); M holds the lines v' = a v - lr k w, w' = w + v'."""
    lr, a, k = 0.05, 0.9, 2.0
    w, g = np.array([1.5]), np.zeros(1)
    rule = Momentum(learning_rate=lr, momentum=a).rule(w, g)
    for _ in range(200):
        g[0] = k * w[0]
        rule.update()
    with mpmath.workdps(50):
        lr, a, k = mpmath.mpf(lr), mpmath.mpf(a), mpmath.mpf(k)
        expected = mpmath.matrix([[1 - lr * k, a], [-lr * k, a]]) ** 200 * mpmath.matrix([1.5, 0])
    assert abs(w[0] - float(expected[0])) < 1e-12
    assert abs(rule.v[0] - float(expected[1])) < 1e-12


def test_first_steps_by_hand():
    w, g = np.array([1.0]), np.array([4.0])
    rule = Momentum(learning_rate=0.25, momentum=0.5).rule(w, g)
    rule.update()  # v = -1
    assert (w[0], rule.v[0]) == (0.0, -1.0)
    rule.update()  # v = -0.5 - 1
    assert (w[0], rule.v[0]) == (-1.5, -1.5)
    g[0] = -4.0
    rule.update()  # v = -0.75 + 1
    assert (w[0], rule.v[0]) == (-1.25, 0.25)


def test_a_constant_slope_brings_it_to_lr_g_over_one_minus_a():
    w, g = np.zeros(1), np.ones(1)
    rule = Momentum(learning_rate=0.1, momentum=0.9).rule(w, g)
    for _ in range(500):
        rule.update()
    np.testing.assert_allclose(rule.v, -0.1 / (1 - 0.9), rtol=1e-12)


def test_without_momentum_it_is_sgd():
    points = []
    for optimizer in (SGD(learning_rate=0.3), Momentum(learning_rate=0.3, momentum=0.0)):
        w, g = np.array([1.0, 2.0]), np.zeros(2)
        rule = optimizer.rule(w, g)
        for _ in range(10):
            g[:] = w * [0.1, 2.0]
            rule.update()
        points.append(w.tolist())
    assert points[0] == points[1]
