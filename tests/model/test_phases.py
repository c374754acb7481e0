"""A step taken apart has the bits of the step that is done at once, and says when each number is known."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from model.experiment_file import from_plain
from model.phases import Phase, PhasedStep
from model.starters import starter
from model.trainer import Trainer

TANH = {"type": "tanh"}
ACTIVATIONS = ("identity", "sigmoid", "tanh", "relu", "leaky_relu", "elu")


def network(*parts):
    return [each if isinstance(each, dict) else {"type": "affine", "units": each} for each in parts]


def small(layers, loss="sigmoid_cross_entropy", **fields):
    plain = {
        "data": {"dataset": {"type": "gaussians", "samples": 29}, "test": 0.2},
        "network": {"layers": layers},
        "loss": {"type": loss},
        "batches": {"size": 8},
    }
    return from_plain(plain | fields)


def everything(trainer):
    snapshot = trainer.snapshot()
    vectors = snapshot.parameters, snapshot.gradient, snapshot.update, snapshot.batch, trainer.rule.state
    return [each.tobytes() for each in vectors], trainer.steps, trainer.rule.count, trainer.record.losses().tobytes()


@pytest.mark.parametrize("name", ["linear", "xor", "spiral", "vanishing", "curve", "iris", "digits"])
def test_it_has_the_bits_of_the_step_that_is_then_done(name):
    trainer = Trainer(starter(name))
    for _ in range(3):
        step = trainer.look_inside()
        trainer.step()
        snapshot = trainer.snapshot()
        assert step.step == trainer.steps - 1
        assert step.loss == snapshot.batch_loss
        assert_array_equal(step.gradient, snapshot.gradient)
        assert_array_equal(step.batch, snapshot.batch)
        signals = trainer._wirings[len(step.batch)].wiring.signals
        for values, gradient, signal in zip(step.values, step.gradients, signals, strict=True):
            assert_array_equal(values, signal.values)
            assert gradient is None if not signal.learns else np.array_equal(gradient, signal.gradient)


@settings(max_examples=20)
@given(
    activations=st.lists(st.sampled_from(ACTIVATIONS), max_size=3),
    units=st.integers(1, 4),
    done=st.integers(0, 6),
    precision=st.sampled_from(["float64", "float32"]),
)
def test_random_networks_go_on_as_if_nobody_had_looked(activations, units, done, precision):
    hidden = [part for name in activations for part in (units, {"type": name})]
    experiment = small(network(*hidden, 1), precision=precision, optimizer={"type": "adam"})
    watched, alone = Trainer(experiment), Trainer(experiment)
    watched.advance(done)
    alone.advance(done)
    step = watched.look_inside()
    assert everything(watched) == everything(alone)
    watched.advance(3)
    alone.advance(1)
    assert alone.snapshot().batch_loss == step.loss
    assert_array_equal(alone.snapshot().gradient, step.gradient)
    alone.advance(2)
    assert everything(watched) == everything(alone)


def test_the_phases_of_a_network_in_their_order():
    step = Trainer(small(network(3, TANH, 1))).look_inside()
    forward = [Phase("forward", 0), Phase("forward", 1), Phase("forward", 2)]
    backward = [Phase("backward", 2), Phase("backward", 1), Phase("backward", 0)]
    assert step.phases == (Phase("batch"), *forward, Phase("loss"), Phase("slope"), *backward, Phase("update"))
    assert step.last == 9


def test_a_layer_that_computes_nothing_has_no_phase_and_its_numbers_are_known_with_those_before():
    step = Trainer(starter("digits")).look_inside()  # flatten, affine, activation, affine
    assert Phase("forward", 0) not in step.phases
    assert Phase("backward", 0) not in step.phases
    assert step.knows_value(1, 0)
    assert not step.knows_value(2, 0)


def test_each_number_is_known_from_its_phase_on():
    step = Trainer(small(network(3, TANH, 1))).look_inside()

    def first(known, place):
        return next(step.phases[at] for at in range(len(step.phases)) if known(place, at))

    assert [first(step.knows_value, i) for i in range(4)] == list(step.phases[:4])
    assert [first(step.knows_gradient, i) for i in (3, 2, 1)] == [
        Phase("slope"),
        Phase("backward", 2),
        Phase("backward", 1),
    ]
    assert not step.knows_gradient(0, step.last)  # nobody asks how the data should change
    assert first(step.knows_parameter_gradient, 2) == Phase("backward", 2)
    assert first(step.knows_parameter_gradient, 0) == Phase("backward", 0)


def test_a_sample_is_its_row_and_the_batch_their_mean_or_sum():
    step = Trainer(small(network(3, TANH, 1))).look_inside()
    assert len(step.batch) == 8
    assert_array_equal(step.value(2, 5), step.values[2][5])
    assert_allclose(step.value(2, None), sum(step.values[2]) / 8, rtol=1e-15)
    assert_array_equal(step.slope(2, 5), step.gradients[2][5])
    assert_allclose(step.slope(2, None), sum(step.gradients[2]), rtol=1e-13)
    assert math.isclose(step.losses.mean(), step.loss, rel_tol=1e-14)


def test_weights_gradient_is_the_sum_of_what_the_rows_contribute():
    trainer = Trainer(small(network(3, TANH, 1)))
    step = trainer.look_inside()
    rows = [np.outer(step.value(0, row), step.slope(1, row)) for row in range(8)]
    gradient = trainer.network.layout.view(step.gradient, 0, "weights")
    assert_allclose(gradient, sum(rows), rtol=1e-12, atol=1e-15)


def test_nobody_can_write_to_what_was_met():
    step = Trainer(small(network(3, TANH, 1))).look_inside()
    arrays = [*step.values, *(g for g in step.gradients if g is not None), step.parameters, step.gradient, step.losses]
    for array in arrays:
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0


def test_a_loss_that_is_not_finite_ends_the_step():
    trainer = Trainer(starter("diverging"))
    while not trainer.look_inside().diverges:
        trainer.step()
    step = trainer.look_inside()
    assert [phase.kind for phase in step.phases[-2:]] == ["loss", "update"]
    assert "backward" not in {phase.kind for phase in step.phases}
    assert all(gradient is None for gradient in step.gradients)
    assert not step.gradient.any()
    assert not trainer.advance(1)
    assert trainer.diverged is not None
    assert trainer.diverged.step == step.step + 1


def test_what_is_known_of_a_step_that_ends_early():
    trainer = Trainer(starter("diverging"))
    while not trainer.look_inside().diverges:
        trainer.step()
    step: PhasedStep = trainer.look_inside()
    assert step.knows_value(len(step.values) - 1, step.last - 1)
    assert not any(step.knows_gradient(i, step.last) for i in range(len(step.gradients)))
