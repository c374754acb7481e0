"""What one training step costs: Trainer.step() against the same work written out by hand, and against PyTorch eager.

    python tests/benchmarks/step.py

Rounds of the two are interleaved and medians compared, so that a machine that speeds up or slows down meanwhile
changes both. PyTorch is reported where it is installed; it is no dependency of the project.
"""

import statistics
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parent)]

from hand_written import HandWritten

from model.experiment_file import from_plain
from model.trainer import Trainer

ALL_FEATURES = ["x1", "x2", "x1^2", "x2^2", "x1 x2", "sin x1", "sin x2"]
ROUNDS, SECONDS_A_ROUND = 25, 0.06


def trainer(sizes: list[int], batch: int, *, softmax: bool = False) -> Trainer:
    """A trainer of tanh layers on the spiral (or, with softmax, on the digits), SGD."""
    layers: list[dict] = [{"type": "flatten"}] if softmax else []
    for units in sizes[1:]:
        layers += [{"type": "affine", "units": units}, {"type": "tanh"}]
    layers = layers[:-1]  # the output is a score
    data = {"dataset": {"type": "digits" if softmax else "spiral"}}
    if sizes[0] == len(ALL_FEATURES):
        data["features"] = ALL_FEATURES
    loss = "softmax_cross_entropy" if softmax else "mean_squared_error"
    experiment = {
        "data": data,
        "network": {"layers": layers},
        "loss": {"type": loss},
        "optimizer": {"type": "sgd", "learning_rate": 0.03},
        "batches": {"size": batch},
    }
    return Trainer(from_plain(experiment))


def hand_written(made: Trainer, sizes: list[int], batch: int, *, softmax: bool) -> HandWritten:
    train = made.parts.train
    inputs = train.inputs.reshape(len(train.inputs), -1)
    return HandWritten(inputs, made.encoding.encode(train.targets), sizes, batch, 0.03, softmax=softmax)


def torch_step(made: Trainer, sizes: list[int], batch: int, *, softmax: bool) -> Callable[[], None] | None:
    """The same step in PyTorch eager on one thread; None where PyTorch is not installed."""
    try:
        import torch
    except ImportError:
        return None
    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)
    layers: list = []
    for n_in, n_out in pairwise(sizes):
        layers += [torch.nn.Linear(n_in, n_out), torch.nn.Tanh()]
    network = torch.nn.Sequential(*layers[:-1])
    optimizer = torch.optim.SGD(network.parameters(), lr=0.03)
    train = made.parts.train
    x = torch.tensor(train.inputs.reshape(len(train.inputs), -1).copy())
    t = torch.tensor(made.encoding.encode(train.targets))
    state = {"at": 0, "order": torch.randperm(len(x))}

    def step() -> None:
        if state["at"] + batch > len(x):
            state["at"], state["order"] = 0, torch.randperm(len(x))
        rows = state["order"][state["at"] : state["at"] + batch]
        state["at"] += batch
        y = network(x[rows])
        squares = ((y - t[rows]) ** 2).sum() / (2 * batch) if not softmax else None
        loss = torch.nn.functional.cross_entropy(y, t[rows]) if squares is None else squares
        optimizer.zero_grad()
        loss.backward()
        for parameter in network.parameters():
            parameter.grad.norm().item()
        optimizer.step()
        assert torch.isfinite(loss)

    return step


def microseconds(step: Callable[[], object], count: int) -> float:
    start = time.perf_counter()
    for _ in range(count):
        step()
    return (time.perf_counter() - start) / count * 1e6


def compare(sizes: list[int], batch: int, *, softmax: bool = False) -> str:
    """One row of the table."""
    made = trainer(sizes, batch, softmax=softmax)
    steps: list[Callable[[], object]] = [made.step, hand_written(made, sizes, batch, softmax=softmax).step]
    pytorch = torch_step(made, sizes, batch, softmax=softmax)
    if pytorch is not None:
        steps.append(pytorch)
    counts = [max(5, int(SECONDS_A_ROUND / (microseconds(step, 50) * 1e-6))) for step in steps]
    rounds = [[microseconds(step, n) for step, n in zip(steps, counts, strict=True)] for _ in range(ROUNDS)]
    ours, theirs, *eager = (statistics.median(column) for column in zip(*rounds, strict=True))
    shape = "-".join(map(str, sizes))
    torch_text = f"{eager[0]:.0f} us" if eager else "not installed"
    return f"| {shape}, batch {batch} | {ours:.1f} us | {theirs:.1f} us | {ours / theirs:.2f} | {torch_text} |"


if __name__ == "__main__":
    print("| network | Trainer.step() | by hand | ratio | PyTorch eager |")
    print("|---|---|---|---|---|")
    print(compare([2, 4, 2, 1], 10))
    print(compare([2, 8, 8, 8, 1], 10))
    print(compare([7, 8, 8, 8, 8, 8, 8, 1], 10))
    print(compare([64, 50, 10], 100, softmax=True))
