import numpy as np
import pytest
from msgspec.structs import replace
from numpy.testing import assert_allclose, assert_array_equal

from model import prepared_data
from model.data import load
from model.fitting import input_shape
from model.network import Network
from model.prepared_data import PreparedData
from model.trainer import Trainer
from tests.model.straight_way import PLAIN


def prepared(experiment):
    network = Network(experiment.network.layers, input_shape(experiment), experiment.precision)
    network.initialize(seed=1)
    return PreparedData(load(experiment.data), network, experiment), network


def test_the_training_samples_lie_as_columns_in_the_precision_of_the_network():
    data, _ = prepared(replace(PLAIN, precision="float32"))
    train = load(PLAIN.data).train
    assert data.samples == 21
    assert data.inputs.shape == (2, 21) and data.targets.shape == (1, 21)
    assert data.inputs.dtype == data.targets.dtype == np.float32
    assert_array_equal(data.inputs.T, train.inputs.astype(np.float32))
    assert_array_equal(data.targets[0], np.where(train.targets == 1, 1, -1))  # one identity unit


@pytest.mark.parametrize("precision", ["float32", "float64"])
def test_large_data_is_not_copied_and_learnt_from_to_the_same_bit(monkeypatch, precision):
    experiment = replace(PLAIN, precision=precision)
    copied = Trainer(experiment)
    monkeypatch.setattr(prepared_data, "LARGE", 0)
    data, _ = prepared(experiment)
    gathered = Trainer(experiment)
    assert isinstance(data.inputs, prepared_data.TurnedRows)
    for trainer in copied, gathered:
        trainer.advance(7, bool)
    assert_array_equal(copied.network.parameters, gathered.network.parameters, strict=True)


def test_every_part_is_measured():
    data, network = prepared(PLAIN)
    measured = data.measure(12)
    assert measured.step == 12
    parts = load(PLAIN.data)
    for name in ("train", "validation", "test"):
        part = getattr(parts, name)
        y, t = network.outputs(part.inputs)[:, 0], np.where(part.targets == 1, 1, -1)
        assert_allclose(getattr(measured, f"{name}_loss"), ((y - t) ** 2).mean() / 2, rtol=1e-13)
        assert_allclose(getattr(measured, f"{name}_accuracy"), ((y > 0) == (t > 0)).mean(), rtol=1e-13)
