"""What is learnt without a gradient: a training step alone moves it, and it is kept wherever the parameters are."""

import numpy as np
import pytest
from msgspec.structs import replace
from numpy.testing import assert_array_equal

from model.batch_loss import BatchLoss
from model.experiment import Experiment, NetworkSpec
from model.gradient_check import compare
from model.layers import Affine, BatchNorm
from model.optimizers import SGD
from model.pictures import Pictures
from model.run_file import read, write
from model.run_files import weight_arrays
from model.timeline import Timeline
from model.timeline_file import opened, saved
from model.trainer import Trainer
from tests.model.straight_way import DIVERGING, NORMED, now


@pytest.fixture
def trainer() -> Trainer:
    made = Trainer(NORMED)
    made.advance(20)
    return made


def test_only_a_training_step_moves_it(trainer: Trainer) -> None:
    before = trainer.network.state.copy()
    assert before.size == 10 and (before[:3] != 0).all()
    trainer.evaluate()
    trainer.look_inside()
    trainer.network.outputs(trainer.parts.test.inputs)
    Pictures(trainer.experiment, trainer.parts).output_map(trainer.snapshot().numbers, 5)
    batch = trainer.batches.at(trainer.steps)
    compare(BatchLoss(trainer.experiment, trainer.parts, trainer.network.parameters, batch, trainer.steps))
    assert_array_equal(trainer.network.state, before)
    trainer.step()
    assert (trainer.network.state != before).all()


def test_a_look_inside_changes_nothing_that_comes(trainer: Trainer) -> None:
    alone = Trainer(NORMED)
    alone.advance(20)
    for _ in range(3):
        step = trainer.look_inside()
        trainer.step()
        assert step.loss == trainer.snapshot().batch_loss
    alone.advance(3)
    assert now(trainer) == now(alone)


def test_an_evaluation_does_not_depend_on_the_others(trainer: Trainer) -> None:
    inputs = trainer.parts.train.inputs
    together = trainer.network.outputs(inputs)
    np.testing.assert_allclose([trainer.network.outputs(each[None])[0] for each in inputs], together, rtol=1e-12)


def test_pictures_take_the_statistics_of_their_snapshot(trainer: Trainer) -> None:
    pictures, early = Pictures(trainer.experiment, trainer.parts), trainer.snapshot()
    before = trainer.network.outputs(trainer.parts.test.inputs)
    trainer.advance(30)
    assert not early.state.flags.writeable and (early.state != trainer.network.state).any()
    assert_array_equal(pictures.predictions(early.numbers, trainer.parts.test).outputs, before)


def test_a_divergence_takes_it_back_with_the_parameters() -> None:
    """The run ends as one that was stopped at its last finite loss."""
    layers = (BatchNorm(), *DIVERGING.network.layers)
    experiment: Experiment = replace(DIVERGING, network=NetworkSpec(layers=layers), optimizer=SGD(learning_rate=1e80))
    run = Trainer(experiment)
    run.advance(1000)
    assert run.diverged and run.diverged.step == run.steps + 2  # a step was done, and is undone
    alone = Trainer(experiment)
    for _ in range(run.steps):
        alone.step()
    assert_array_equal(run.network.numbers, alone.network.numbers)


@pytest.mark.parametrize("precision", ["float64", "float32"])
def test_a_file_holds_it(precision, tmp_path) -> None:
    timeline = Timeline(replace(NORMED, precision=precision))
    timeline.advance(90)
    write(tmp_path / "run.downhill", saved(timeline, arrays=True))
    stored = read(tmp_path / "run.downhill")
    assert stored.notes == () and stored.branches[0].network_state is not None
    again, notes = opened(stored)
    assert notes == []
    assert_array_equal(again.trainer.network.numbers, timeline.trainer.network.numbers)
    again.go_to(30)
    timeline.go_to(30)
    assert_array_equal(again.trainer.network.numbers, timeline.trainer.network.numbers)


def test_a_network_without_a_state_has_the_files_it_always_had(tmp_path) -> None:
    timeline = Timeline(replace(NORMED, network=NetworkSpec(layers=(Affine(units=1),))))
    timeline.advance(3)
    write(tmp_path / "run.downhill", saved(timeline, arrays=True))
    with np.load(tmp_path / "run.downhill") as arrays:
        assert not [name for name in arrays.files if "network_state" in name]


def test_the_weights_of_a_headless_run_name_it(trainer: Trainer) -> None:
    arrays = weight_arrays(trainer)
    assert_array_equal(arrays["initial.layers[1].running_variance"], [1, 1, 1])
    assert_array_equal(arrays["final.layers[1].running_mean"], trainer.network.state[:3])
