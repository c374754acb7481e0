from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from model.batch_loss import BatchLoss
from model.data import Data, load
from model.datasets import Xor
from model.experiment import Experiment, NetworkSpec
from model.gradient_check import (
    GradientCheck,
    central_difference,
    compare,
    relative_errors,
    skipped_in_words,
    tiny,
)
from model.gradient_verdict import verdict
from model.hyperparameter import hyperparameters
from model.layers import ELU, Affine, Identity, LeakyReLU, ReLU, Tanh
from model.starters import STARTERS, starter
from model.trainer import Trainer

SMALL = [name for name in STARTERS if name != "digits"]  # which has 3,760 parameters


def network(*layers, samples: int = 20) -> Experiment:
    return Experiment(data=Data(dataset=Xor(samples=samples)), network=NetworkSpec(layers=layers))


def at(experiment: Experiment, parameters, batch=range(5)) -> BatchLoss:
    return BatchLoss(experiment, load(experiment.data), np.asarray(parameters), np.array(list(batch)))


def at_start(name: str) -> BatchLoss:
    trainer = Trainer(starter(name))
    return BatchLoss(trainer.experiment, trainer.parts, trainer.network.parameters, trainer.batches.at(0))


def test_the_difference_of_a_parabola_is_exact() -> None:
    """y = w x + b with squared error is a parabola in every parameter: no third derivative, no truncation."""
    loss = at(network(Affine(units=1)), [0.5, -0.25, 0.1])
    x, t = loss.wiring.input.values, loss.targets[:, 0]
    residual = x @ [0.5, -0.25] + 0.1 - t
    by_hand = [np.mean(residual * x[:, 0]), np.mean(residual * x[:, 1]), np.mean(residual)]
    found = [central_difference(loss, i, 0.5, loss.sides())[0] for i in range(3)]
    assert_allclose(found, by_hand, rtol=1e-14)
    assert_array_equal(loss.parameters, [0.5, -0.25, 0.1])


@pytest.mark.parametrize("name", SMALL)
@pytest.mark.parametrize("steps", [0, 60])
def test_it_agrees_on_every_starter_anywhere_on_its_way(name: str, steps: int) -> None:
    trainer = Trainer(starter(name))
    trainer.advance(steps if name != "diverging" else 2)
    loss = BatchLoss(trainer.experiment, trainer.parts, trainer.network.parameters, trainer.batches.at(trainer.steps))
    found = compare(loss)
    assert found is not None and found.agrees and found.worst is not None
    assert found.worst.error < 1e-4
    assert found.parameters == loss.layout.size


def test_arrays_have_the_shape_of_the_parameters_and_the_worst_is_named() -> None:
    loss = at_start("iris")

    def spoil(loss: BatchLoss) -> None:
        loss.layout.view(loss.network.gradient, 2, "weights")[4, 1] += 0.5

    found = compare(loss, tamper=spoil)
    assert found is not None and not found.agrees
    for each, entry in zip(found.arrays, loss.layout.entries, strict=True):
        assert each.entry == entry
        assert {a.shape for a in (each.analytic, each.numerical, each.errors, each.kinks)} == {entry.shape}
    worst = found.worst
    assert worst is not None and worst.name == "layers[2].weights[4, 1]"
    assert loss.layout.locate(worst.index)[1] == (4, 1)
    assert worst.analytic - worst.numerical == pytest.approx(0.5, rel=1e-6)
    assert worst.error == pytest.approx(0.5 / max(abs(worst.analytic), abs(worst.numerical)), rel=1e-6)


def test_relative_errors_by_hand() -> None:
    a = np.array([1.0, -1.0, 0.0, 1e-9, np.nan, 2.0])
    n = np.array([1.5, 1.0, 0.0, 0.0, 1.0, np.inf])
    assert_allclose(relative_errors(a, n, 1e-6), [1 / 3, 2, 0, 1e-3, np.inf, np.inf])


def test_tiny_grows_with_the_loss_and_with_a_smaller_step() -> None:
    loss = at_start("linear")
    assert tiny(loss, 100.0, GradientCheck()) > tiny(loss, 1.0, GradientCheck())
    assert tiny(loss, 1.0, GradientCheck(step=1e-8)) == pytest.approx(1000 * tiny(loss, 1.0, GradientCheck()))


@pytest.mark.parametrize("kink", [ReLU(), LeakyReLU(), ELU(alpha=0.5)])
def test_parameters_whose_step_crosses_a_kink_are_skipped_and_counted(kink) -> None:
    """All first weights 0: every pre-activation is exactly at the kink, and each first parameter moves it across."""
    experiment = network(Affine(units=2), kink, Affine(units=1))
    found = compare(at(experiment, [0, 0, 0, 0, 0, 0, 1, 1, 0.5]))
    assert found is not None
    assert [each.skipped for each in found.arrays] == [4, 2, 0, 0]
    assert found.skipped == 6 and found.agrees
    assert np.isnan(found.arrays[0].errors).all() and found.arrays[0].worst is None
    assert str(skipped_in_words(found)).startswith("Skipped: 6 of 9 parameters, because a step of 1e-05 crosses")


def test_a_kink_far_away_is_not_skipped() -> None:
    experiment = network(Affine(units=1), ReLU(), Affine(units=1))
    found = compare(at(experiment, [0.1, 0.1, 50, 1, 0]))
    assert found is not None and found.skipped == 0 and found.agrees


def test_without_skipping_a_kink_would_be_taken_for_a_mistake() -> None:
    loss = at(network(Affine(units=1), ReLU(), Affine(units=1)), [0, 0, 0, 1, 0.0])
    gradient = loss.gradient().copy()
    numerical, kink = central_difference(loss, 2, 1e-5, loss.sides())
    assert kink and gradient[2] == 0 and abs(numerical) > 0.01


def test_it_can_be_interrupted_and_tells_how_far_it_is() -> None:
    loss = at_start("xor")
    before = loss.parameters.copy()
    told: list[int] = []
    assert compare(loss, interrupted=lambda: len(told) == 5, progress=told.append) is None
    assert told == [1, 2, 3, 4, 5]
    assert_array_equal(loss.parameters, before)


def test_float32_experiments_are_checked_in_float64() -> None:
    experiment = Experiment(
        data=Data(dataset=Xor(samples=20)),
        network=NetworkSpec(layers=(Affine(units=1), Identity())),
        precision="float32",
    )
    found = compare(at(experiment, np.array([0.3, 0.2, 0.1], np.float32)))
    assert found is not None and found.agrees and found.arrays[0].analytic.dtype == np.float64


def test_the_settings_are_declared() -> None:
    step, tolerance = hyperparameters(GradientCheck)
    assert (step.default, step.scale) == (1e-5, "log") and tolerance.default == 1e-4


# The verdict


def judged(loss: BatchLoss, settings: GradientCheck | None = None, tamper=None) -> tuple[str, str]:
    found = compare(loss, settings, tamper)
    assert found is not None
    said = verdict(found, loss)
    assert (said.kind == "agrees") == found.agrees
    return said.kind, str(said.message)


def test_agreement_in_words() -> None:
    kind, words = judged(at_start("xor"))
    assert kind == "agrees" and words.startswith("Backpropagation and differences agree") and "layers[" in words


def test_a_mistake_is_named_with_both_numbers() -> None:
    def spoil(loss: BatchLoss) -> None:
        loss.network.gradient[0] = 1.25

    kind, words = judged(at_start("xor"), tamper=spoil)
    assert kind == "disagrees"
    assert "layers[0].weights[0, 0]" in words and "1.25" in words and "backward pass" in words


@pytest.mark.parametrize(("step", "kind"), [(0.5, "step too large"), (1e-13, "step too small")])
def test_a_bad_step_gets_the_blame_and_not_backpropagation(step: float, kind: str) -> None:
    said, words = judged(at_start("spiral"), GradientCheck(step=step))
    assert said == kind and f"The step {step} is too" in words


def test_a_step_that_is_too_small_in_spite_of_all_allowances() -> None:
    """The same numbers, judged as if rounding were not allowed for."""
    loss = at_start("spiral")
    found = compare(loss, GradientCheck(step=1e-12))
    assert found is not None
    arrays = [replace(each, errors=relative_errors(each.analytic, each.numerical, 1e-300)) for each in found.arrays]
    said = verdict(replace(found, arrays=tuple(arrays)), loss)
    assert said.kind == "step too small" and "rounding drowns the difference" in str(said.message)


def test_a_mistake_in_small_gradients_is_still_a_mistake() -> None:
    """All gradients below 1e-6: too small to be called right to 4 digits, large enough to see a sign that is wrong."""
    loss = at(network(Affine(units=1), Tanh(), Affine(units=1)), [1, 1, 0, 1e-7, 1.0])
    loss.parameters[-1] += -loss.gradient()[-1]  # the last bias where its gradient is 0

    def flip(loss: BatchLoss) -> None:
        loss.network.gradient[:3] *= -1

    found = compare(loss, tamper=flip)
    assert found is not None and found.worst is not None
    assert np.abs(found.arrays[0].analytic).max() < found.least
    assert judged(loss, tamper=flip)[0] == "disagrees"


def test_where_everything_crosses_a_kink_nothing_is_said_of_backpropagation() -> None:
    loss = at(network(Affine(units=2), ReLU()), [0] * 6)
    assert judged(loss)[0] == "all skipped"


def test_a_loss_that_is_no_number() -> None:
    loss = at(network(Affine(units=1)), [1e200, 0, 0])
    kind, words = judged(loss)
    assert kind == "no loss" and "inf" in words


def test_gradients_below_rounding_are_not_called_right() -> None:
    """A loss of 1e40: its last digit is worth more than what a step of 1e-5 changes."""
    kind, words = judged(at(network(Affine(units=1)), [1e20, 0, 0]))
    assert kind == "drowned" and "rounding" in words


def test_the_verdict_says_what_was_skipped() -> None:
    experiment = network(Affine(units=2), ReLU(), Affine(units=1))
    kind, words = judged(at(experiment, [0, 0, 0, 0, 0, 0, 1, 1, 0.5]))
    assert kind == "agrees" and "Skipped: 6 of 9" in words
