import numpy as np
import pytest
from numpy.testing import assert_allclose

from model.batch_loss import BatchLoss
from model.data import Data, load
from model.datasets import Xor
from model.difference_steps import SAMPLE, STEPS, errors_by_step, medians, sample
from model.experiment import Experiment, NetworkSpec
from model.layers import Affine, ReLU, Sigmoid
from model.starters import starter
from model.trainer import Trainer


def at_start(name: str) -> BatchLoss:
    trainer = Trainer(starter(name))
    return BatchLoss(trainer.experiment, trainer.parts, trainer.network.parameters, trainer.batches.at(0))


def test_truncation_falls_by_100_and_rounding_rises_by_10() -> None:
    loss = at_start("spiral")
    errors = errors_by_step(loss, sample(loss))
    assert errors is not None and errors.shape == (len(STEPS), SAMPLE)
    curve = medians(errors)
    assert_allclose(curve[:3] / curve[1:4], 100, rtol=0.05)  # 1e-1 ... 1e-4: h^2
    rise = np.polyfit(np.log10(STEPS[6:14]), np.log10(curve[6:14]), 1)[0]  # 1e-7 ... 1e-14: 1 / h
    assert rise == pytest.approx(-1, abs=0.25)
    assert STEPS[int(np.argmin(curve))] in (1e-4, 1e-5, 1e-6)
    assert curve[-1] > 0.1  # at 1e-15 no digit is left


def test_the_truncation_error_is_that_of_taylors_series() -> None:
    """One sigmoid unit on one sample, loss 1/2 (s(b) - t)^2: h^2/6 L''' with the third derivative from mpmath."""
    import mpmath

    experiment = Experiment(
        data=Data(dataset=Xor(samples=20)), network=NetworkSpec(layers=(Affine(units=1), Sigmoid()))
    )
    loss = BatchLoss(experiment, load(experiment.data), np.array([0, 0, 0.7]), np.array([0]))
    t = float(loss.targets[0, 0])

    def exact(b: mpmath.mpf) -> mpmath.mpf:
        return (1 / (1 + mpmath.exp(-b)) - t) ** 2 / 2

    first, third = (float(mpmath.diff(exact, mpmath.mpf("0.7"), order)) for order in (1, 3))
    errors = errors_by_step(loss, [2], steps=(1e-2, 1e-3))
    assert errors is not None
    assert_allclose(errors[:, 0], [1e-4 / 6 * abs(third / first), 1e-6 / 6 * abs(third / first)], rtol=0.01)


def test_where_a_kink_is_crossed_there_is_no_error() -> None:
    """z = 0.005: steps of 0.1 and 0.01 cross it, smaller ones do not."""
    experiment = Experiment(
        data=Data(dataset=Xor(samples=20)),
        network=NetworkSpec(layers=(Affine(units=1), ReLU(), Affine(units=1))),
    )
    loss = BatchLoss(experiment, load(experiment.data), np.array([0, 0, 0.005, 1, 0]), np.array([0, 1]))
    errors = errors_by_step(loss, [2], steps=(1e-1, 1e-2, 1e-3, 1e-4))
    assert errors is not None
    assert np.isnan(errors[:, 0]).tolist() == [True, True, False, False]
    assert np.isnan(medians(errors)).tolist() == [True, True, False, False]


def test_medians_leave_out_what_was_skipped() -> None:
    assert_allclose(medians(np.array([[1.0, np.nan, 3.0], [np.nan] * 3])), [2.0, np.nan])


def test_a_sample_is_spread_over_the_parameters_that_have_a_gradient() -> None:
    loss = at_start("digits")
    chosen = sample(loss)
    assert len(chosen) == len(set(chosen)) == SAMPLE
    assert all(loss.gradient()[i] != 0 for i in chosen)
    assert max(chosen) > 3500 and min(chosen) < 200
    assert len(sample(at_start("linear"))) == 3
    loss.parameters[:] = 0  # every score is 0 and no first weight has a gradient, but the last biases have
    assert set(sample(loss)) <= set(range(loss.layout.entry(3, "bias").start, loss.layout.size))


def test_nothing_to_show_is_an_empty_picture() -> None:
    loss = at_start("linear")
    loss.parameters[:] = np.nan
    assert errors_by_step(loss, []) is not None
    assert np.isnan(medians(np.zeros((3, 0)))).all()


def test_it_can_be_interrupted() -> None:
    loss = at_start("linear")
    before = loss.parameters.copy()
    assert errors_by_step(loss, [0, 1], interrupted=lambda: True) is None
    assert (loss.parameters == before).all()
