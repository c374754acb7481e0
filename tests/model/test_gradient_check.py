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
    tiny,
)
from model.gradient_verdict import skipped_in_words
from model.hyperparameter import hyperparameters
from model.layers import ELU, Affine, Identity, LeakyReLU, ReLU
from model.starters import starter
from model.trainer import Trainer

SMALL = (
    "linear",
    "xor",
    "spiral",
    "vanishing",
    "diverging",
    "curve",
    "iris",
)  # each of their parameters can be tried in milliseconds


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


def test_the_wrong_arrays_are_named_in_order() -> None:
    loss = at_start("spiral")

    def spoil(loss: BatchLoss) -> None:
        for layer, name in ((4, "bias"), (0, "weights")):
            loss.layout.view(loss.network.gradient, layer, name).flat[0] += 1

    found = compare(loss, tamper=spoil)
    assert found is not None
    assert [each.entry.full_name for each in found.wrong] == ["layers[0].weights", "layers[4].bias"]
    right = compare(loss)
    assert right is not None and right.wrong == ()


def test_an_index_and_its_place_in_an_array() -> None:
    found = compare(at_start("iris"))
    assert found is not None
    entry = found.arrays[2].entry
    each = found.array_of(entry.start + 7)
    assert each is found.arrays[2] and each.place_of(entry.start + 7) == (2, 1)  # (6, 3)
