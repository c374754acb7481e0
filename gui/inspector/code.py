"""The code that computed a number: the very functions at work, found from what the experiment says."""

import inspect
import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from gui.run import Run
from model.clipping import clip
from model.evaluation import PartEvaluation
from model.experiment import Experiment
from model.layers import Block, LayerSpec
from model.losses import LossSpec
from model.optimizers import Optimizer
from model.record import Record
from model.regularization import PenaltyGradient
from model.schedules import ConstantRate
from model.signal import Signal
from model.trainer import Trainer

ROOT = Path(__file__).parents[2]

Function = Callable[..., object]


@dataclass(frozen=True)
class Source:
    """A piece of a file."""

    name: str  # such as AffineLayer.forward
    path: Path
    first: int  # its first line, counted from 1
    text: str  # its lines, as they stand in the file

    @property
    def last(self) -> int:
        return self.first + self.text.count("\n") - (1 if self.text.endswith("\n") else 0)

    @property
    def file(self) -> str:
        """The file's name as it is written everywhere: model/layers/affine.py."""
        return self.path.relative_to(ROOT).as_posix()


@cache
def source_of(function: Function) -> Source:
    """Where `function` stands."""
    lines, first = inspect.getsourcelines(function)
    path = inspect.getsourcefile(function)
    assert path is not None, "the model is written in files"
    return Source(function.__qualname__, Path(path), first, "".join(lines))


def layer_code(run: Run, layer: int, *, forward: bool = True, backward: bool = True) -> tuple[Function, ...]:
    """What layer `layer` of the network runs. One that computes nothing says so in its `wire`."""
    spec: LayerSpec = run.experiment.network.layers[layer]
    before, behind = run.shapes[layer], run.shapes[layer + 1]
    size, states = (
        sum(math.prod(shape) for shape in shapes.values())
        for shapes in (spec.parameter_shapes(before), spec.state_shapes(before))
    )
    block = Block(np.zeros(size), np.zeros(size), np.zeros(states), learns=True)
    wired, _ = spec.wire(Signal.of_size(1, before, np.dtype(np.float64), learns=True), behind, block)
    if wired is None:
        return (type(spec).wire,)
    kind = type(wired)
    return (*((kind.forward,) if forward else ()), *((kind.backward,) if backward else ()))


def loss_code(loss: LossSpec, outputs: int, *, forward: bool = True, backward: bool = True) -> tuple[Function, ...]:
    """What the loss runs."""
    kind = type(loss.wire(Signal.of_size(1, (outputs,), np.dtype(np.float64), learns=True), np.zeros((1, outputs))))
    return (*((kind.forward,) if forward else ()), *((kind.backward,) if backward else ()))


def optimizer_code(optimizer: Optimizer) -> tuple[Function, ...]:
    """What the optimizer runs."""
    return (type(optimizer.rule(np.zeros(1), np.zeros(1))).update,)


def update_code(experiment: Experiment) -> tuple[Function, ...]:
    """What an update runs: the optimizer, and before it the penalty, clipping and schedule that are in force."""
    found: list[Function] = []
    if not experiment.regularization.is_free:
        found.append(PenaltyGradient.add_to)
    if experiment.clipping.norm is not None:
        found.append(clip)
    if not isinstance(experiment.schedule, ConstantRate):
        found.append(type(experiment.schedule).factor)
    return (*found, *optimizer_code(experiment.optimizer))


def batch_code() -> tuple[Function, ...]:
    """Where a batch is drawn."""
    return (Trainer._draw_batch,)


def measure_code(measure: str, loss: LossSpec, outputs: int) -> tuple[Function, ...]:
    """What measured a point of a curve (see `CurvePoint.measure`)."""
    if measure.startswith("gradient"):
        return Record.add, Record.gradient_norms
    if measure == "batch loss":
        return Trainer.step, *loss_code(loss, outputs, backward=False)
    if measure.endswith("accuracy"):
        return (PartEvaluation._measured,)
    return PartEvaluation._measured, *loss_code(loss, outputs, backward=False)
