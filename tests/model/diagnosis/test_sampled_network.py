import numpy as np
import pytest

from model.data import load
from model.diagnosis.sampled_network import ENOUGH, MOST_SAMPLES, SampledNetwork
from model.experiment_file import from_plain
from model.pictures import Pictures
from model.saturation import saturation
from model.starters import starter
from model.trainer import Trainer
from tests.model.diagnosis.experiments import affine, experiment, stack


def sampled_and_numbers(of, steps=50):
    trainer = Trainer(of)
    trainer.advance(steps)
    return SampledNetwork(of, trainer.parts), trainer


@pytest.mark.parametrize("name", ["spiral", "digits", "vanishing"])
def test_it_counts_what_the_activation_panel_counts(name):
    """The panel looks at each column by itself; here one pass shows them all."""
    sampled, trainer = sampled_and_numbers(starter(name))
    pictures = Pictures(trainer.experiment, trainer.parts)
    numbers = trainer.snapshot().numbers
    columns = sampled.columns(numbers)
    assert columns
    for each in columns:
        z = pictures.pre_activations(numbers, each.column)
        assert each.found == saturation(each.activation, z)


def test_images_are_counted_by_their_pixels():
    layers = [{"type": "convolution", "filters": 3, "size": 3}, {"type": "relu"}, {"type": "flatten"}, affine(10)]
    of = from_plain(
        {
            "format": "downhill-experiment",
            "data": {"dataset": {"type": "digits"}},
            "network": {"layers": layers},
            "loss": {"type": "softmax_cross_entropy"},
        }
    )
    sampled, trainer = sampled_and_numbers(of, 3)
    (column,) = sampled.columns(trainer.network.numbers)
    assert column.found.units == 3 and 0 <= column.flattest < 3
    assert column.found.samples > sampled.samples  # pixels of samples


def test_a_large_network_is_looked_at_on_fewer_samples():
    small = SampledNetwork(*of_samples(stack(1, 4, "tanh")))
    large = SampledNetwork(*of_samples(stack(12, 512, "tanh")))
    assert small.samples == MOST_SAMPLES
    assert ENOUGH <= large.samples < 100 and large.is_enough


def of_samples(layers):
    made = experiment({"type": "xor", "samples": 2000}, layers)
    return made, load(made.data)


def test_the_losses_along_the_update_are_those_before_and_after_it():
    of = experiment("xor", stack(1, 4, "tanh"), batches={"size": 1000}, data={"test": 0.0})
    trainer = Trainer(of)
    sampled = SampledNetwork(of, trainer.parts)
    before = trainer.evaluate().train_loss
    trainer.advance(1)
    after = trainer.evaluate().train_loss
    snapshot = trainer.snapshot()
    assert sampled.losses_along(snapshot.numbers, snapshot.update, (0, 1)) == pytest.approx([before, after])


def test_the_deadest_unit_and_the_most_saturated_one():
    sampled, trainer = sampled_and_numbers(experiment("xor", stack(1, 4, "relu")), 0)
    biases = trainer.network.layout.view(trainer.network.parameters, 0, "bias")
    biases[...] = 0, 0, -1e6, 0
    (column,) = sampled.columns(trainer.network.numbers)
    assert column.flattest == 2 and column.found.dead == 1

    sampled, trainer = sampled_and_numbers(experiment("xor", stack(1, 4, "tanh")), 0)
    trainer.network.layout.view(trainer.network.parameters, 0, "bias")[...] = 0, 1e6, 0, 0
    (column,) = sampled.columns(trainer.network.numbers)
    assert column.flattest == 1


def test_a_diverged_network_is_looked_at_quietly():
    sampled, trainer = sampled_and_numbers(experiment("xor", stack(2, 4, "relu")), 1)
    numbers = np.full_like(trainer.network.numbers, 1e300)
    assert all(0 <= each.flattest < 4 for each in sampled.columns(numbers))
    sampled.losses_along(numbers, trainer.snapshot().update, (0, 1, 100))
