import mpmath
import numpy as np
import pytest

from model.optimizers import Adam, AdamW


def oracle(w, slope, steps):
    """Algorithm 2 of Loshchilov and Hutter, line by line, with 50 digits: alpha = 1 and eta_t = lr."""
    eta, alpha, beta1, beta2, epsilon, decay = (mpmath.mpf(value) for value in (0.01, 1, 0.9, 0.999, 1e-7, 0.3))
    m, v, path = mpmath.mpf(0), mpmath.mpf(0), []
    for t in range(1, steps + 1):
        g = slope(t, w)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat = m / (1 - beta1**t)
        v_hat = v / (1 - beta2**t)
        w = w - eta * (alpha * m_hat / (mpmath.sqrt(v_hat) + epsilon) + decay * w)
        path.append(w)
    return path


def test_agrees_with_the_published_algorithm(agrees):
    agrees(AdamW(learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-7, weight_decay=0.3), oracle)


def test_first_step_by_hand():
    w, g = np.array([1.0]), np.array([4.0])
    rule = AdamW(learning_rate=0.5, beta1=0.5, beta2=0.75, epsilon=1.0, weight_decay=0.2).rule(w, g)
    rule.update()  # corrected averages 4 and 16: 1 - 0.5 (4 / (4 + 1) + 0.2 * 1)
    np.testing.assert_allclose(w[0], 0.5, rtol=1e-15)


def test_without_a_gradient_every_weight_shrinks_by_the_same_share():
    w, g = np.array([1.0, -8.0, 1e-3]), np.zeros(3)
    rule = AdamW(learning_rate=0.1, weight_decay=0.5).rule(w, g)
    for _ in range(10):
        rule.update()
    np.testing.assert_allclose(w, np.array([1.0, -8.0, 1e-3]) * 0.95**10, rtol=1e-14)


def test_the_decay_does_not_depend_on_the_slope_as_that_of_a_penalty_does():
    """Two weights as large, one with a slope a thousand times as steep, turning its sign: what is lost beside Adam."""
    paths = {}
    for kind, more in ((Adam, {}), (AdamW, {"weight_decay": 0.1})):
        w, g = np.array([1.0, 1.0]), np.zeros(2)
        rule = kind(learning_rate=0.01, **more).rule(w, g)
        for t in range(2):
            g[:] = np.array([1000.0, 1.0]) * (-1) ** t
            rule.update()
        paths[kind] = w
    lost = paths[Adam] - paths[AdamW]
    np.testing.assert_allclose(lost[0], lost[1], rtol=1e-6)


def test_without_decay_it_has_the_bits_of_adam():
    points = []
    for optimizer in (Adam(), AdamW(weight_decay=0.0)):
        w, g = np.array([1.0, 2.0]), np.zeros(2)
        rule = optimizer.rule(w, g)
        for _ in range(10):
            g[:] = w * [0.1, 2.0]
            rule.update()
        points.append((w.tobytes(), rule.state.tobytes()))
    assert points[0] == points[1]


def test_only_what_is_named_decays():
    w, g = np.ones(3), np.zeros(3)
    rule = AdamW(learning_rate=0.5, weight_decay=0.5).rule(w, g)
    rule.decay_only(np.array([True, False, True]))
    rule.update()
    assert w.tolist() == [0.75, 1.0, 0.75]
    rule.configure(AdamW(learning_rate=0.5, weight_decay=1.0))
    rule.update()
    assert w.tolist() == [0.375, 1.0, 0.375]


def test_adam_s_hyperparameters_alone_are_refused():
    rule = AdamW().rule(np.zeros(1), np.zeros(1))
    with pytest.raises(TypeError, match="a rule of AdamW cannot take the hyperparameters of Adam"):
        rule.configure(Adam())
