import mpmath
import numpy as np

from model.optimizers import SGD, Momentum, Nesterov

A = 0.9


def oracle(w, slope, steps):
    """Sutskever et al., equations 3 and 4, with 50 digits: the gradient is asked for at W + a v, and W moves by v.

    The rule holds the point ahead, so that is what is compared.
    """
    lr, a = mpmath.mpf(0.05), mpmath.mpf(A)
    v, path = mpmath.mpf(0), []
    for t in range(1, steps + 1):
        v = a * v - lr * slope(t, w + a * v)
        w = w + v
        path.append(w + a * v)
    return path


def test_agrees_with_the_published_form(agrees):
    agrees(Nesterov(learning_rate=0.05, momentum=A), oracle)


def test_agrees_with_the_two_sequences_of_nesterov():
    """Nesterov's own form has no velocity: y is a step down from x, and x is y moved on along its last move.

    y_t = x_(t-1) - lr g(x_(t-1));  x_t = y_t + a (y_t - y_(t-1)), with y_0 = x_0. x is the point ahead.
    """
    lr, a, curvatures = 0.05, 0.8, np.array([0.1, 1.0, 6.0])
    w, g = np.array([1.5, -0.25, 2.0]), np.zeros(3)
    rule = Nesterov(learning_rate=lr, momentum=a).rule(w, g)
    x, y = w.copy(), w.copy()
    for _ in range(300):
        g[:] = curvatures * w
        rule.update()
        before, y = y, x - lr * curvatures * x
        x = y + a * (y - before)
        np.testing.assert_allclose(w, x, rtol=0, atol=1e-12)


def test_first_steps_by_hand():
    w, g = np.array([1.0]), np.array([4.0])
    rule = Nesterov(learning_rate=0.25, momentum=0.5).rule(w, g)
    rule.update()  # v = -1; w = 1 - 0.5 - 1
    assert (w[0], rule.v[0]) == (-0.5, -1.0)
    g[0] = -4.0
    rule.update()  # v = -0.5 + 1; w = -0.5 + 0.25 + 1
    assert (w[0], rule.v[0]) == (0.75, 0.5)


def test_without_momentum_it_is_sgd():
    points = []
    for optimizer in (SGD(learning_rate=0.3), Nesterov(learning_rate=0.3, momentum=0.0)):
        w, g = np.array([1.0, 2.0]), np.zeros(2)
        rule = optimizer.rule(w, g)
        for _ in range(10):
            g[:] = w * [0.1, 2.0]
            rule.update()
        points.append(w.tolist())
    assert points[0] == points[1]


def test_swings_less_than_momentum_across_a_steep_valley():
    """The sum of the ways past the bottom, from the same start with the same constants."""
    swung = {}
    for kind in (Momentum, Nesterov):
        w, g = np.array([1.0]), np.zeros(1)
        rule = kind(learning_rate=0.05, momentum=0.9).rule(w, g)
        swung[kind] = 0.0
        for _ in range(200):
            g[0] = 2.0 * w[0]
            rule.update()
            swung[kind] += max(0.0, -w[0])
    assert swung[Nesterov] < swung[Momentum] / 2
