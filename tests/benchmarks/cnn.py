"""What an epoch of a small convolutional network costs, against PyTorch eager on one thread.

    python tests/benchmarks/cnn.py

Convolution of 16 filters 5x5, ReLU, max pooling 2x2, affine 100, ReLU, affine 10, softmax cross entropy, SGD; 4,000
images of 28x28 in batches of 100, float32. The images are noise: time does not depend on what they show. Epochs of the
two are interleaved and medians compared. PyTorch is reported where it is installed; it is no dependency of the project.
At the end, where the time of a step goes.
"""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2])]

import numpy as np

from model.layers import Affine, Convolution, Flatten, LayerSpec, MaxPooling, ReLU
from model.losses import SoftmaxCrossEntropy
from model.network import Network
from model.optimizers import SGD

IMAGES, BATCH, EPOCHS, LEARNING_RATE = 4000, 100, 7, 0.03
LAYERS: tuple[LayerSpec, ...] = (
    Convolution(filters=16, size=5),
    ReLU(),
    MaxPooling(),
    Flatten(),
    Affine(units=100),
    ReLU(),
    Affine(units=10),
)


class Ours:
    """The steps of `Trainer.step` on images that are not in the table of data sets."""

    def __init__(self, images: np.ndarray, classes: np.ndarray) -> None:
        self.network = Network(LAYERS, (1, 28, 28), "float32")
        self.network.initialize(1)
        self.wiring = self.network.wire(BATCH)
        self.targets = np.zeros((BATCH, 10), np.float32, order="F")
        self.loss = SoftmaxCrossEntropy().wire(self.wiring.output, self.targets)
        self.rule = SGD(learning_rate=LEARNING_RATE).rule(self.network.parameters, self.network.gradient)
        self.images = np.ascontiguousarray(images.reshape(IMAGES, -1).T)
        self.classes = np.ascontiguousarray(np.eye(10, dtype=np.float32)[classes].T)
        self.random = np.random.default_rng(1)

    def epoch(self) -> None:
        rows, targets = self.wiring.input.with_one.T[:-1], self.targets.T
        order = self.random.permutation(IMAGES)
        for first in range(0, IMAGES, BATCH):
            batch = order[first : first + BATCH]
            self.images.take(batch, 1, rows, "clip")
            self.classes.take(batch, 1, targets, "clip")
            self.wiring.forward()
            assert np.isfinite(self.loss.forward())
            self.loss.backward()
            self.wiring.backward()
            self.rule.update()

    def profile(self) -> list[tuple[str, float, float]]:
        """For each layer its name and the ms of forward and backward."""
        found = []
        for spec, layer in zip(LAYERS, self.wiring.layers, strict=True):
            if layer:
                found.append((spec.label, *(1000 * seconds(call, 20) for call in (layer.forward, layer.backward))))
        return found


def pytorch(images: np.ndarray, classes: np.ndarray) -> Callable[[], None] | None:
    """An epoch in PyTorch eager on one thread; None where PyTorch is not installed."""
    try:
        import torch
    except ImportError:
        return None
    torch.set_num_threads(1)
    network = torch.nn.Sequential(
        torch.nn.Conv2d(1, 16, 5),
        torch.nn.ReLU(),
        torch.nn.MaxPool2d(2),
        torch.nn.Flatten(),
        torch.nn.Linear(2304, 100),
        torch.nn.ReLU(),
        torch.nn.Linear(100, 10),
    )
    optimizer = torch.optim.SGD(network.parameters(), lr=LEARNING_RATE)
    x, t = torch.tensor(images), torch.tensor(classes)

    def epoch() -> None:
        order = torch.randperm(IMAGES)
        for first in range(0, IMAGES, BATCH):
            batch = order[first : first + BATCH]
            loss = torch.nn.functional.cross_entropy(network(x[batch]), t[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            assert torch.isfinite(loss)

    return epoch


def seconds(call: Callable[[], object], times: int = 1) -> float:
    """The median of `times` calls."""
    found: list[float] = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        found.append(time.perf_counter() - start)
    return statistics.median(found)


if __name__ == "__main__":
    noise = np.random.default_rng(2)
    images = noise.random((IMAGES, 1, 28, 28), np.float32)
    classes = noise.integers(0, 10, IMAGES)
    ours, theirs = Ours(images, classes), pytorch(images, classes)
    epochs = [ours.epoch, *([theirs] if theirs else [])]
    for epoch in epochs:
        epoch()
    rounds = [[seconds(epoch) for epoch in epochs] for _ in range(EPOCHS)]
    times = [statistics.median(column) for column in zip(*rounds, strict=True)]
    print(f"epoch of {IMAGES:,} images, batch {BATCH}, float32: {times[0]:.3f} s")
    if theirs:
        print(f"PyTorch eager, one thread: {times[1]:.3f} s; ratio {times[0] / times[1]:.2f}")
    else:
        print("PyTorch eager: not installed")
    for name, forward, backward in ours.profile():
        print(f"  {name:<12} forward {forward:6.3f} ms   backward {backward:6.3f} ms")
