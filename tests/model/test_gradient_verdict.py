"""What a gradient check says, of right and wrong gradients and of good and bad steps."""

from dataclasses import replace

import numpy as np
import pytest

from model.batch_loss import BatchLoss
from model.data import Data, load
from model.datasets import Xor
from model.experiment import Experiment, NetworkSpec
from model.gradient_check import GradientCheck, compare, relative_errors
from model.gradient_verdict import verdict
from model.layers import Affine, ReLU, Tanh
from model.starters import starter
from model.trainer import Trainer


def network(*layers, samples: int = 20) -> Experiment:
    return Experiment(data=Data(dataset=Xor(samples=samples)), network=NetworkSpec(layers=layers))


def at(experiment: Experiment, parameters, batch=range(5)) -> BatchLoss:
    return BatchLoss(experiment, load(experiment.data), np.asarray(parameters), np.array(list(batch)))


def at_start(name: str) -> BatchLoss:
    trainer = Trainer(starter(name))
    return BatchLoss(trainer.experiment, trainer.parts, trainer.network.parameters, trainer.batches.at(0))


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
