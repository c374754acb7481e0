import mpmath
import numpy as np

from model.optimizers import Adam


def oracle(w, slope, steps):
    """Algorithm 1 of Kingma and Ba, line by line, with 50 digits."""
    alpha, beta1, beta2, epsilon = (mpmath.mpf(value) for value in (0.01, 0.9, 0.999, 1e-7))
    m, v, path = mpmath.mpf(0), mpmath.mpf(0), []
    for t in range(1, steps + 1):
        g = slope(t, w)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat = m / (1 - beta1**t)
        v_hat = v / (1 - beta2**t)
        w = w - alpha * m_hat / (mpmath.sqrt(v_hat) + epsilon)
        path.append(w)
    return path


def test_agrees_with_the_published_algorithm(agrees):
    agrees(Adam(learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-7), oracle)


def test_the_corrected_averages_are_weighted_means_of_all_gradients():
    """Without any recursion, and without 1 - beta^t: weights beta^k, divided by their sum. A large epsilon shows where
    it stands: beside the root of the corrected average."""
    history = [3.0, -1.0, 0.25, 2.0, -5.0, 1.0, 0.0, 4.0]
    w, g = np.array([1.0]), np.zeros(1)
    rule = Adam(learning_rate=0.05, beta1=0.8, beta2=0.95, epsilon=0.5).rule(w, g)
    expected = 1.0
    for t, g[0] in enumerate(history):
        rule.update()
        past = history[t::-1]  # the newest first
        m_hat = np.average(past, weights=[0.8**k for k in range(t + 1)])
        v_hat = np.average(np.square(past), weights=[0.95**k for k in range(t + 1)])
        expected -= 0.05 * m_hat / (v_hat**0.5 + 0.5)
        np.testing.assert_allclose(w[0], expected, rtol=0, atol=1e-13)


def test_the_first_step_is_the_learning_rate_whatever_the_slope():
    w, g = np.zeros(3), np.array([1000.0, -3.0, 0.01])
    Adam(learning_rate=0.01).rule(w, g).update()
    np.testing.assert_allclose(w, [-0.01, 0.01, -0.01], rtol=2e-5)  # epsilon is 1e-5 of the smallest gradient


def test_first_steps_by_hand():
    w, g = np.array([1.0]), np.array([4.0])
    rule = Adam(learning_rate=0.5, beta1=0.5, beta2=0.75, epsilon=1.0).rule(w, g)
    rule.update()  # m = 2, v = 4; corrected 4 and 16: 1 - 0.5 * 4 / (4 + 1)
    np.testing.assert_allclose([rule.m[0], rule.v[0], w[0]], [2.0, 4.0, 0.6], rtol=1e-15)
    g[0] = 2.0
    rule.update()  # m = 1 + 1, v = 3 + 1; corrected 2 / (3/4) and 4 / (7/16): 0.6 - 0.5 * (8/3) / (8 / sqrt(7) + 1)
    np.testing.assert_allclose([rule.m[0], rule.v[0], w[0]], [2.0, 4.0, 0.6 - (4 / 3) / (8 / 7**0.5 + 1)], rtol=1e-15)


def test_m_and_v_are_views_of_the_state():
    rule = Adam().rule(np.zeros(2), np.array([1.0, 2.0]))
    rule.update()
    assert rule.state.tolist() == [*rule.m, *rule.v]
    assert np.shares_memory(rule.m, rule.state) and np.shares_memory(rule.v, rule.state)
