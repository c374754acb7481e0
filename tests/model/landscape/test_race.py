import mpmath
import numpy as np
import pytest

from model.landscape import DEFAULT_RACE, DEFAULT_STEPS, Bowl, Race, Runner
from model.optimizers import SGD, AdaGrad, Adam, Momentum, RMSProp


def run(race, steps):
    for _ in range(steps):
        race.step()
    return race


def test_the_default_race_has_the_five_of_the_syllabus_with_the_usual_constants():
    assert (
        SGD(learning_rate=0.95),
        Momentum(learning_rate=0.1, momentum=0.9),
        AdaGrad(learning_rate=1.5, epsilon=1e-7),
        RMSProp(learning_rate=0.3, decay=0.9, epsilon=1e-7),
        Adam(learning_rate=0.3, beta1=0.9, beta2=0.999, epsilon=1e-7),
    ) == DEFAULT_RACE
    race = Race()
    assert race.start == (-7.0, 2.0)
    assert race.surface == Bowl()


def test_paths_begin_at_the_start_and_grow_in_step():
    race = Race()
    assert [path.tolist() for path in race.paths] == [[[-7.0, 2.0]]] * 5
    run(race, DEFAULT_STEPS)
    assert race.steps == DEFAULT_STEPS == 30
    assert [path.shape for path in race.paths] == [(31, 2)] * 5
    for path, losses in zip(race.paths, race.losses, strict=True):
        np.testing.assert_array_equal(losses, path[:, 0] ** 2 / 20 + path[:, 1] ** 2)
        assert losses[0] == pytest.approx(6.45)
        assert losses[-1] < 0.2


def test_sgd_zigzags_by_its_closed_formula():
    """x shrinks by 1 - lr/10 = 0.905 a step, y by 1 - 2 lr = -0.9."""
    path = run(Race(), 30).paths[0]
    n = np.arange(31)
    np.testing.assert_allclose(path, np.stack([-7 * 0.905**n, 2 * (-0.9) ** n], axis=1), rtol=1e-12)


def test_momentum_is_the_power_of_a_matrix_along_each_axis():
    """(w, v) after n steps is M^n (w_0, 0); the curvature is 1/10 along x and 2 along y."""
    path = run(Race(), 30).paths[1]
    with mpmath.workdps(40):
        a, lr = mpmath.mpf(0.9), mpmath.mpf(0.1)
        for axis, (start, k) in enumerate([(-7, mpmath.mpf(1) / 10), (2, mpmath.mpf(2))]):
            expected = mpmath.matrix([[1 - lr * k, a], [-lr * k, a]]) ** 30 * mpmath.matrix([start, 0])
            assert abs(path[30, axis] - float(expected[0])) < 1e-12


def test_first_step_of_the_adaptive_rules():
    """AdaGrad and Adam step by the learning rate along each axis, RMSProp by lr / sqrt(1 - decay)."""
    paths = run(Race(), 1).paths
    for path, length in zip(paths[2:], (1.5, 0.3 / 0.1**0.5, 0.3), strict=True):
        np.testing.assert_allclose(path[1] - path[0], [length, -length], rtol=1e-6)


def test_moves_by_the_very_rule_of_training():
    """A network whose two parameters have the gradient of the bowl takes the same way, bit by bit."""
    race = run(Race(), 30)
    for optimizer, path in zip(DEFAULT_RACE, race.paths, strict=True):
        parameters, gradient = np.array([-7.0, 2.0]), np.zeros(2)
        rule = optimizer.rule(parameters, gradient)
        for point in path[1:]:
            gradient[:] = parameters[0] / 10, parameters[1] * 2
            rule.update()
            assert parameters.tolist() == point.tolist()


def test_reset_forgets_everything_but_the_start():
    race = run(Race(), 30)
    first = [path.tobytes() for path in race.paths]
    race.reset()
    assert race.steps == 0
    assert [path.tolist() for path in race.paths] == [[[-7.0, 2.0]]] * 5
    assert [path.tobytes() for path in run(race, 30).paths] == first


def test_reset_takes_a_new_start_and_keeps_it():
    race = run(Race(), 3)
    race.reset((4.0, -1.5))
    run(race, 2)
    race.reset()
    assert race.start == (4.0, -1.5)
    assert [path.tolist() for path in race.paths] == [[[4.0, -1.5]]] * 5


def test_a_runner_that_diverges_stops_at_its_last_finite_point():
    """SGD at learning rate 3 multiplies y by -5: y^2 leaves the numbers of float64 at 2 * 5^n > 1.34e154, n = 221."""
    race = run(Race((SGD(learning_rate=3.0), SGD(learning_rate=0.5)), start=(0.0, 2.0)), 300)
    lost, well = race.runners
    assert lost.diverged and not well.diverged
    assert race.steps == 300
    assert len(lost.path) == 221 and len(well.path) == 301
    assert np.isfinite(lost.path).all() and np.isfinite(lost.losses).all()
    np.testing.assert_allclose(lost.path[-1, 1], 2 * 5.0**220, rtol=1e-12)
    lost.step()
    assert len(lost.path) == 221
    race.reset()
    assert not race.runners[0].diverged


def test_a_path_handed_out_does_not_change_any_more():
    race = run(Race(), 2)
    path = race.paths[0]
    run(race, 1)
    assert len(path) == 3


@pytest.mark.parametrize("start", [(float("nan"), 0.0), (0.0, float("inf")), (1e200, 0.0)])
def test_a_start_without_height_is_refused_and_the_race_stays(start):
    with pytest.raises(ValueError, match="a race must start at a point of finite height"):
        Runner(SGD(), Bowl(), start)
    race = run(Race(), 2)
    with pytest.raises(ValueError, match="finite height"):
        race.reset(start)
    assert race.start == (-7.0, 2.0)
    assert race.steps == 2
