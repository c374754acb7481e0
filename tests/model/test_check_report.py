"""All that a check finds out, in one call."""

import numpy as np
import pytest

from model.batch_loss import BatchLoss
from model.check_report import CheckReport, curve_in_words, report, undamped
from model.data import Data, load
from model.datasets import Xor
from model.difference_steps import STEPS, medians
from model.experiment import Experiment, NetworkSpec
from model.faults import FAULTS
from model.gradient_check import GradientCheck, compare
from model.layers import Affine, ReLU
from model.starters import starter
from model.trainer import Trainer


def at_start(name: str) -> BatchLoss:
    trainer = Trainer(starter(name))
    return BatchLoss(trainer.experiment, trainer.parts, trainer.network.parameters, trainer.batches.at(0))


def reported(loss: BatchLoss, *arguments) -> CheckReport:
    found = report(loss, GradientCheck(), *arguments)
    assert found is not None
    return found


def test_a_right_gradient() -> None:
    loss = at_start("spiral")
    found = reported(loss)
    assert found.verdict.kind == "agrees" and found.comparison.agrees and found.hidden is None
    assert found.errors.shape == (len(STEPS), len(found.sample)) and len(found.sample) == 20
    at = dict(zip(STEPS, medians(found.errors).tolist(), strict=True))
    best = min(at, key=at.__getitem__)
    assert 1e-7 <= best <= 1e-4 and at[1e-1] > 100 * at[best] and at[1e-15] > 1000 * at[best]


def test_a_fault_is_wrong_at_every_step() -> None:
    loss = at_start("spiral")
    found = reported(loss, FAULTS["batch not divided"], 6)
    assert found.verdict.kind == "disagrees" and found.hidden is None
    np.testing.assert_allclose(medians(found.errors)[2:9], 1 - 1 / loss.samples, rtol=1e-3)  # of the sum to the mean


def test_only_the_spoilt_layer_is_wrong_at_every_step() -> None:
    loss = at_start("spiral")
    found = reported(loss, FAULTS["sign flipped"], 2)
    entry = loss.layout.entry(2, "weights")
    spoilt = np.array([entry.start <= index < entry.stop for index in found.sample])
    at_best = found.errors[STEPS.index(1e-5)]
    assert spoilt.any() and not spoilt.all()
    np.testing.assert_allclose(at_best[spoilt], 2, rtol=1e-4)
    assert (at_best[~spoilt] < 1e-4).all()


def test_a_fault_that_cannot_show_is_said() -> None:
    found = reported(at_start("spiral"), FAULTS["weights transposed"], 6)  # (8, 1): a single column
    assert found.verdict.kind == "agrees" and "single row or column" in str(found.hidden)


def test_a_drowned_comparison_is_shown_with_the_errors_of_the_gradients_themselves() -> None:
    loss = at_start("digits")
    found = report(loss, GradientCheck(step=1e-15))
    assert found is not None and found.verdict.kind == "step too small"
    worst = found.comparison.worst
    assert worst is not None and worst.error > 0.5
    each = found.comparison.arrays[0]
    size = np.maximum(np.abs(each.analytic), np.abs(each.numerical))
    np.testing.assert_allclose(each.errors * size, np.abs(each.analytic - each.numerical), rtol=1e-12)


def test_the_curve_in_words() -> None:
    right, loss = reported(at_start("spiral")), at_start("spiral")
    assert "falls as h²" in str(curve_in_words(right)) and "at h = 1e-05" in str(curve_in_words(right))
    wrong = reported(loss, FAULTS["sign flipped"], 2)
    entry = loss.layout.entry(2, "weights")
    spoilt = sum(entry.start <= index < entry.stop for index in wrong.sample)
    assert str(curve_in_words(wrong)).startswith(f"Wrong at every h: {spoilt} of these 20 parameters.")


def test_there_is_no_curve_without_a_slope_or_without_a_loss() -> None:
    loss = at_start("linear")
    loss.parameters[:] = [1e300, -1e300, np.inf]
    none = reported(loss)
    assert none.verdict.kind == "no loss" and "not a finite number" in str(curve_in_words(none))
    flat = at_start("spiral")
    flat.parameters[:] = 0  # one half for every sample,
    flat.targets[:] = 0.5  # and right
    dead = reported(flat)
    assert len(dead.sample) == 0 and "every gradient of this batch is 0" in str(curve_in_words(dead))


@pytest.mark.parametrize("after", [0, 5, 33 + 7])
def test_it_can_be_interrupted_among_the_parameters_and_among_the_steps(after: int) -> None:
    loss = at_start("linear")
    asked: list[int] = []

    def interrupted() -> bool:
        asked.append(1)
        return len(asked) > after

    before = loss.parameters.copy()
    assert report(loss, GradientCheck(), interrupted=interrupted) is None
    assert len(asked) == after + 1
    np.testing.assert_array_equal(loss.parameters, before)


def test_undamped_errors_are_relative_to_the_gradient_alone() -> None:
    loss = at_start("spiral")
    found = compare(loss, GradientCheck(step=1e-14))
    assert found is not None and found.drowned
    plain = undamped(found)
    each = plain.arrays[2]
    expected = np.abs(each.analytic - each.numerical) / np.maximum(np.abs(each.analytic), np.abs(each.numerical))
    np.testing.assert_allclose(each.errors, expected, rtol=1e-14)
    assert plain.worst is not None and plain.worst.error > 0.1 and found.arrays[2].errors is not each.errors
    assert plain.loss == found.loss and not plain.agrees


def test_undamped_a_gradient_of_zero_agrees_and_kinks_stay_skipped() -> None:
    experiment = Experiment(
        data=Data(dataset=Xor(samples=20)), network=NetworkSpec(layers=(Affine(units=2), ReLU(), Affine(units=1)))
    )
    found = compare(BatchLoss(experiment, load(experiment.data), np.array([0, 0, 0, 0, 0, 0, 1, 1, 0.5]), np.arange(5)))
    assert found is not None
    plain = undamped(found)
    assert [each.skipped for each in plain.arrays] == [4, 2, 0, 0] and np.isnan(plain.arrays[0].errors).all()
    assert plain.arrays[2].errors.tolist() == [[0.0], [0.0]]
