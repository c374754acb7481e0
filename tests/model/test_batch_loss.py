import numpy as np
import pytest
from numpy.testing import assert_array_equal

from model.batch_loss import PIECEWISE, BatchLoss
from model.experiment_file import changed
from model.layers import ACTIVATIONS
from model.layers.tanh import TanhLayer
from model.starters import starter
from model.trainer import Trainer


def of(name: str, batch: int = 10) -> tuple[BatchLoss, Trainer]:
    trainer = Trainer(starter(name))
    return BatchLoss(trainer.experiment, trainer.parts, trainer.network.parameters, np.arange(batch)), trainer


@pytest.mark.parametrize("name", ["xor", "spiral", "curve", "iris", "digits"])
def test_it_is_the_loss_and_the_gradient_of_the_training_step(name: str) -> None:
    trainer = Trainer(starter(name))
    before = trainer.network.parameters.copy()
    batch = trainer.batches.at(0)
    trainer.step()
    loss = BatchLoss(trainer.experiment, trainer.parts, before, batch)
    assert loss.value() == trainer.snapshot().batch_loss
    assert_array_equal(loss.gradient(), trainer.network.gradient)
    assert loss.samples == len(batch) == len(loss.targets)


def test_it_has_numbers_of_its_own() -> None:
    loss, trainer = of("xor")
    before = trainer.network.parameters.copy()
    loss.parameters[:] = 7
    loss.gradient()
    assert_array_equal(trainer.network.parameters, before)
    assert not trainer.network.gradient.any()


def test_it_computes_in_float64_whatever_the_experiment_says() -> None:
    experiment = changed(starter("xor"), precision="float32")
    trainer = Trainer(experiment)
    loss = BatchLoss(experiment, trainer.parts, trainer.network.parameters, np.arange(3))
    assert loss.gradient().dtype == np.float64
    assert_array_equal(loss.parameters, trainer.network.parameters.astype(np.float64))


def test_a_batch_that_is_none() -> None:
    trainer = Trainer(starter("linear"))
    for batch, error in ((np.zeros(0, np.intp), ValueError), (np.array([10**6]), IndexError)):
        with pytest.raises(error):
            BatchLoss(trainer.experiment, trainer.parts, trainer.network.parameters, batch)


def test_sides_are_those_of_the_inputs_of_piecewise_activations() -> None:
    loss, _ = of("digits", 4)  # one ReLU layer of 50 units
    loss.value()
    z = loss.wiring.signals[2].values
    assert_array_equal(loss.sides(), (z > 0).ravel())
    assert not of("spiral")[0].sides().size  # tanh is smooth


@pytest.mark.parametrize("kind", ACTIVATIONS, ids=lambda kind: kind.__name__)
def test_no_activation_with_a_kink_is_forgotten(kind) -> None:
    """The slope, or its slope, jumps at 0: f'(h) - 2 f'(0) + f'(-h) stays far above what bending makes of it."""
    h = 1e-3
    left, middle, right = kind().curve(np.array([-h, 0.0, h]))[1]
    assert (abs(right - 2 * middle + left) > 1e-4) == issubclass(kind, PIECEWISE)


def test_the_dice_are_those_of_the_step_and_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    thrown: list[float] = []
    monkeypatch.setattr(TanhLayer, "draws", True)
    monkeypatch.setattr(TanhLayer, "draw", lambda layer, random: thrown.append(random.random()))
    trainer = Trainer(starter("xor"))
    for step in (0, 3):
        loss = BatchLoss(trainer.experiment, trainer.parts, trainer.network.parameters, np.arange(4), step)
        loss.value()
        loss.gradient()
    first, second = thrown
    assert first != second


def test_an_infinite_loss_is_an_answer() -> None:
    loss, _ = of("curve")  # squared error
    loss.parameters[:] = 1e200
    assert loss.value() == np.inf
    loss.parameters[:] = np.nan
    assert np.isnan(loss.value())
