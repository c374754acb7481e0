"""Every fault is found by the gradient check, on several networks, and where it cannot show that is said."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from model.batch_loss import BatchLoss
from model.data import Data, load
from model.datasets import Digits, Iris, Sine, Spiral, Xor
from model.experiment import Experiment, NetworkSpec
from model.faults import FAULTS, Fault, hidden, places, tampering
from model.gradient_check import Comparison, compare
from model.gradient_verdict import verdict
from model.layers import (
    ELU,
    Affine,
    BatchNorm,
    Convolution,
    Dropout,
    Flatten,
    Identity,
    LeakyReLU,
    Maxout,
    MaxPooling,
    ReLU,
    Sigmoid,
    Softmax,
    Tanh,
)
from model.losses import MeanSquaredError, SigmoidCrossEntropy, SoftmaxCrossEntropy

every_fault = pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)


def made(dataset, loss, *layers) -> Experiment:
    return Experiment(data=Data(dataset=dataset), network=NetworkSpec(layers=layers), loss=loss)


# Hidden layers of 4 after 4: square matrices, where a transposed gradient has the right shape.
NETWORKS = {
    "tanh": made(
        Spiral(), MeanSquaredError(), Affine(units=4), Tanh(), Affine(units=4), Tanh(), Affine(units=1), Tanh()
    ),
    "sigmoid": made(
        Xor(), SigmoidCrossEntropy(), Affine(units=4), Sigmoid(), Affine(units=4), Sigmoid(), Affine(units=1)
    ),
    "relu": made(Iris(), SoftmaxCrossEntropy(), Affine(units=4), ReLU(), Affine(units=4), LeakyReLU(), Affine(units=3)),
    "softmax": made(Iris(), MeanSquaredError(), Affine(units=4), ELU(), Affine(units=3), Softmax()),
    "regression": made(
        Sine(), MeanSquaredError(), Affine(units=3), Tanh(), Affine(units=3), Sigmoid(), Affine(units=1)
    ),
}
NETWORKS["maxout"] = made(
    Iris(),
    SoftmaxCrossEntropy(),
    Maxout(units=4),
    Affine(units=4),
    Tanh(),
    Dropout(rate=0.2),
    BatchNorm(),
    Affine(units=3),
)
NETWORKS["convolution"] = made(
    Digits(),
    SoftmaxCrossEntropy(),
    Convolution(filters=2),
    ReLU(),
    MaxPooling(size=3, stride=3),
    Flatten(),
    Affine(units=10),
)
every_network = pytest.mark.parametrize("name", NETWORKS)


def at(experiment: Experiment, batch: int = 8, seed: int = 3) -> BatchLoss:
    parts = load(experiment.data)
    size = BatchLoss(experiment, parts, np.zeros(1), np.array([0])).layout.size
    return BatchLoss(experiment, parts, np.random.default_rng(seed).normal(size=size), np.arange(batch))


def compared(loss: BatchLoss, fault: Fault, layer: int) -> Comparison:
    found = compare(loss, tamper=tampering(fault, layer))
    assert found is not None
    return found


@every_network
@every_fault
def test_it_is_found_in_every_layer_where_it_can_show(fault: Fault, name: str) -> None:
    loss = at(NETWORKS[name])
    shown = 0
    for layer in places(fault, loss.network.specs):
        found = compared(loss, fault, layer)
        if hidden(fault, layer, loss):
            assert found.agrees
            continue
        shown += 1
        assert verdict(found, loss).kind == "disagrees"
        assert found.worst is not None and found.worst.error > 0.05
    assert shown


@pytest.mark.parametrize("name", ["tanh", "sigmoid", "relu"])
@every_fault
def test_it_is_found_in_a_square_layer(fault: Fault, name: str) -> None:
    loss = at(NETWORKS[name])
    assert loss.layout.entry(2, "weights").shape == (4, 4)
    assert hidden(fault, 2, loss) is None
    assert not compared(loss, fault, 2).agrees


@every_fault
def test_only_what_it_spoils_is_wrong(fault: Fault) -> None:
    """In layer 2 of 0, 2, 4: a missing derivative is wrong there and before, a sum over the batch everywhere."""
    loss = at(NETWORKS["tanh"])
    found = compared(loss, fault, 2)
    wrong = [
        each.entry.full_name for each in found.arrays if each.worst and each.worst.error > found.settings.tolerance
    ]
    weights, bias = "layers[2].weights", "layers[2].bias"
    before = ["layers[0].weights", "layers[0].bias"]
    expected = {
        "sign flipped": [weights],
        "weights transposed": [weights],
        "bias forgotten": [bias],
        "derivative omitted": [*before, weights, bias],
        "batch not divided": [*before, weights, bias, "layers[4].weights", "layers[4].bias"],
    }
    assert wrong == next(expected[name] for name, each in FAULTS.items() if each is fault)


@every_fault
def test_switched_off_it_leaves_nothing_behind(fault: Fault) -> None:
    loss = at(NETWORKS["sigmoid"])
    right = loss.gradient().copy()
    fault.tamper(loss, places(fault, loss.network.specs)[0])
    assert (loss.network.gradient != right).any()
    assert_array_equal(loss.gradient(), right)


def test_by_hand() -> None:
    loss = at(NETWORKS["tanh"])
    right = {(e.layer, e.name): v.copy() for e, v in loss.layout.views(loss.gradient())}

    def spoilt(name: str) -> dict:
        loss.gradient()
        FAULTS[name].tamper(loss, 2)
        return {(e.layer, e.name): v.copy() for e, v in loss.layout.views(loss.network.gradient)}

    assert_array_equal(spoilt("sign flipped")[2, "weights"], -right[2, "weights"])
    assert_array_equal(spoilt("weights transposed")[2, "weights"], right[2, "weights"].T)
    assert_array_equal(spoilt("bias forgotten")[2, "bias"], 0)
    assert_array_equal(spoilt("batch not divided")[0, "bias"], 8 * right[0, "bias"])
    loss.gradient()
    x, dy = loss.wiring.signals[2].values, loss.wiring.signals[4].gradient
    np.testing.assert_allclose(spoilt("derivative omitted")[2, "weights"], x.T @ dy, rtol=1e-13)


def test_where_it_cannot_show_that_is_said() -> None:
    def said(fault: str, loss: BatchLoss, layer: int) -> str:
        message = hidden(FAULTS[fault], layer, loss)
        assert compared(loss, FAULTS[fault], layer).agrees
        return str(message)

    tanh, relu = NETWORKS["tanh"], NETWORKS["relu"]
    assert "one sample" in said("batch not divided", at(tanh, batch=1), 4)
    assert "single row or column" in said("weights transposed", at(tanh), 4)  # (4, 1)
    all_open = at(relu)
    all_open.layout.view(all_open.parameters, 2, "bias")[:] = 100  # every pre-activation above 0: slope 1
    assert "the slope is 1" in said("derivative omitted", all_open, 2)
    dead = at(relu)
    dead.layout.view(dead.parameters, 0, "bias")[:] = -1000
    assert "is 0" in said("bias forgotten", dead, 0)
    assert "is 0" in said("sign flipped", dead, 0)


def test_a_symmetric_square_gradient_hides_a_transposition() -> None:
    """Two tanh units, alike in every weight: the gradient of the weights between them has all elements equal."""
    experiment = made(Xor(), MeanSquaredError(), Affine(units=2), Tanh(), Affine(units=2), Tanh(), Affine(units=1))
    loss = at(experiment)
    loss.parameters[:] = 0.3
    message = hidden(FAULTS["weights transposed"], 2, loss)
    assert message is not None and "symmetric" in str(message)
    assert compared(loss, FAULTS["weights transposed"], 2).agrees


def test_places() -> None:
    layers = (Affine(units=2), Identity(), Affine(units=2), Tanh(), Affine(units=2), Softmax())
    assert places(FAULTS["sign flipped"], layers) == (0, 2, 4)
    assert places(FAULTS["derivative omitted"], layers) == (2, 4)
    assert places(FAULTS["batch not divided"], layers) == (4,)
    assert places(FAULTS["derivative omitted"], (Affine(units=1),)) == ()


def test_there_are_five_and_each_says_what_it_is() -> None:
    assert len(FAULTS) == 5
    assert all(fault.label and fault.meaning and fault.hides for fault in FAULTS.values())
