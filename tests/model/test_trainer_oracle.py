"""A whole training beside another one, written the slow way: no homogeneous coordinates, no shared vector, no buffers,
its own losses, activations and update rules, in extended precision. A thousand steps, to 1e-10."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from model.batches import Batches
from model.data import Data
from model.datasets import Gaussians, Iris, Plane, Xor
from model.experiment import BatchesSpec, Experiment, NetworkSpec
from model.layers import ELU, Affine, Identity, LeakyReLU, ReLU, Sigmoid, Softmax, Tanh
from model.losses import MeanSquaredError, SigmoidCrossEntropy, SoftmaxCrossEntropy
from model.optimizers import SGD, AdaGrad, Adam, Momentum, RMSProp
from model.trainer import Trainer

STEPS = 1000
Long = np.longdouble

FUNCTIONS = {
    "tanh": (np.tanh, lambda z: 1 / np.cosh(z) ** 2),
    "sigmoid": (lambda z: 1 / (1 + np.exp(-z)), lambda z: 1 / (2 + np.exp(z) + np.exp(-z))),
    "relu": (lambda z: np.where(z > 0, z, 0), lambda z: np.where(z > 0, 1, 0)),
    "leaky_relu": (lambda z: np.where(z > 0, z, Long(0.1) * z), lambda z: np.where(z > 0, 1, Long(0.1))),
    "elu": (lambda z: np.where(z > 0, z, np.exp(z) - 1), lambda z: np.where(z > 0, 1, np.exp(z))),
    "identity": (lambda z: z, np.ones_like),
}


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def last_slope(name, y, t):
    """dL/dz of one sample, z being what goes into the last activation."""
    if name == "cross entropy of a softmax":
        return softmax(y) - t
    if name == "cross entropy of a sigmoid":
        return 1 / (1 + np.exp(-y)) - t
    if name == "squared error of a softmax":
        p = softmax(y)
        jacobian = np.stack([np.diag(row) - np.outer(row, row) for row in p])
        return np.einsum("nij,nj->ni", jacobian, p - t)
    f, slope = FUNCTIONS[name.removeprefix("squared error of ")]
    return (f(y) - t) * slope(y)


def sgd(w, g, memory, k, rate):
    return w - rate * g


def momentum(w, g, memory, k, rate):
    memory["v"] = Long(0.9) * memory.get("v", 0) - rate * g
    return w + memory["v"]


def adagrad(w, g, memory, k, rate):
    memory["h"] = memory.get("h", 0) + g**2
    return w - rate * g / (np.sqrt(memory["h"]) + Long(1e-7))


def rmsprop(w, g, memory, k, rate):
    memory["h"] = Long(0.9) * memory.get("h", 0) + (1 - Long(0.9)) * g**2
    return w - rate * g / (np.sqrt(memory["h"]) + Long(1e-7))


def adam(w, g, memory, k, rate):
    memory["m"] = Long(0.9) * memory.get("m", 0) + (1 - Long(0.9)) * g
    memory["v"] = Long(0.999) * memory.get("v", 0) + (1 - Long(0.999)) * g**2
    m, v = memory["m"] / (1 - Long(0.9) ** k), memory["v"] / (1 - Long(0.999) ** k)
    return w - rate * m / (np.sqrt(v) + Long(1e-7))


def slow_training(trainer, names, loss, rule, rate):
    """Weights and biases after STEPS steps, from the trainer's own initial ones and batches."""
    views = {(e.layer, e.name): v.astype(Long) for e, v in trainer.network.layout.views(trainer.network.parameters)}
    places = sorted({layer for layer, _ in views})
    w, b = [views[p, "weights"] for p in places], [views[p, "bias"] for p in places]
    memories = [({}, {}) for _ in places]
    x_all = trainer.parts.train.inputs.astype(Long)
    t_all = trainer.encoding.encode(trainer.parts.train.targets).astype(Long)
    batches = Batches(len(x_all), trainer.experiment.batches.size, trainer.experiment.batches.seed)
    for k in range(1, STEPS + 1):
        x, t = x_all[batches.at(k - 1)], t_all[batches.at(k - 1)]
        a, z = [x], []
        for i in range(len(w)):
            z.append(a[i] @ w[i] + b[i])
            a.append(FUNCTIONS[names[i]][0](z[i]) if i < len(names) else z[i])
        delta = last_slope(loss, z[-1], t) / len(x)
        gradients = []
        for i in reversed(range(len(w))):
            gradients.insert(0, (a[i].T @ delta, delta.sum(axis=0)))
            if i:
                delta = (delta @ w[i].T) * FUNCTIONS[names[i - 1]][1](z[i - 1])
        for i, (dw, db) in enumerate(gradients):
            w[i] = rule(w[i], dw, memories[i][0], k, rate)
            b[i] = rule(b[i], db, memories[i][1], k, rate)
    return np.concatenate([part.ravel() for pair in zip(w, b, strict=True) for part in pair])


@pytest.mark.parametrize(
    ("dataset", "hidden", "last", "loss", "optimizer", "rule"),
    [
        (Gaussians, (Tanh(), Tanh()), (1, Tanh()), "squared error of tanh", SGD(learning_rate=0.1), sgd),
        (Iris, (Sigmoid(),), (3, Identity()), "cross entropy of a softmax", Momentum(learning_rate=0.02), momentum),
        (Plane, (LeakyReLU(),), (1, None), "squared error of identity", AdaGrad(learning_rate=0.05), adagrad),
        (Xor, (ELU(), Tanh()), (1, None), "cross entropy of a sigmoid", RMSProp(learning_rate=0.003), rmsprop),
        (Iris, (ReLU(), Tanh()), (3, Softmax()), "squared error of a softmax", Adam(learning_rate=0.005), adam),
        (Gaussians, (Tanh(),), (1, Sigmoid()), "squared error of sigmoid", Adam(learning_rate=0.005), adam),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_a_thousand_steps(dataset, hidden, last, loss, optimizer, rule):
    layers = [layer for activation in hidden for layer in (Affine(units=4), activation)]
    layers += [Affine(units=last[0])] + ([last[1]] if last[1] else [])
    losses = {"cross entropy of a softmax": SoftmaxCrossEntropy(), "cross entropy of a sigmoid": SigmoidCrossEntropy()}
    experiment = Experiment(
        data=Data(dataset=dataset() if dataset is Iris else dataset(samples=60), standardize=dataset is Iris),
        network=NetworkSpec(layers=tuple(layers)),
        loss=losses.get(loss, MeanSquaredError()),
        optimizer=optimizer,
        batches=BatchesSpec(size=7),  # 48 or 120 samples: the last batch is smaller
    )
    trainer = Trainer(experiment)
    start = trainer.network.parameters.copy()
    names = [type(activation).__name__.lower().replace("leakyrelu", "leaky_relu") for activation in hidden]
    expected = slow_training(trainer, names, loss, rule, Long(optimizer.learning_rate))
    trainer.advance(STEPS)
    assert trainer.steps == STEPS
    assert np.abs(trainer.network.parameters - start).max() > 0.1  # it has gone somewhere
    assert_allclose(trainer.network.parameters, expected.astype(float), rtol=0, atol=1e-10)
