import msgspec
import pytest

from model.data import Data
from model.datasets import Spiral
from model.experiment import BatchesSpec, EvaluationSpec, Experiment, NetworkSpec, Stop, Weights
from model.layers import Affine, Tanh
from model.losses import MeanSquaredError
from model.optimizers import SGD

LAYERS = (Affine(units=4), Tanh(), Affine(units=1))


def test_defaults():
    experiment = Experiment(data=Data(dataset=Spiral()), network=NetworkSpec(layers=LAYERS))
    assert experiment.loss == MeanSquaredError()
    assert experiment.optimizer == SGD(learning_rate=0.1)
    assert (experiment.weights, experiment.batches) == (Weights(seed=1), BatchesSpec(size=10, seed=1))
    assert (experiment.evaluation, experiment.stop) == (EvaluationSpec(every=1, unit="epoch"), Stop())
    assert experiment.precision == "float64"
    assert experiment.version == 1


def test_an_experiment_is_a_value():
    one, other = (Experiment(data=Data(dataset=Spiral()), network=NetworkSpec(layers=LAYERS)) for _ in range(2))
    assert one == other and hash(one) == hash(other)
    assert msgspec.structs.replace(one, weights=Weights(seed=2)) != one
    with pytest.raises(AttributeError):
        one.loss = MeanSquaredError()
