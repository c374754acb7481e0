"""One training step under the magnifying glass: its phases, and every number that is met on the way.

`Trainer.step` does a step at once. Here the same step is taken apart, one layer at a time:

    batch      draw the mini-batch x, t
    forward    layer 0, layer 1, ...: each computes its output from that of the layer before
    loss       one number L for the whole batch
    slope      the loss says how L changes with every output: dL/dy, the gradient that sets out on its way back
    backward   ..., layer 1, layer 0: each turns the gradient of its output into that of its input, and leaves the
               gradient of its own parameters behind
    update     the optimizer moves the parameters; a penalty on the weights and clipping belong here, so that all
               gradients met before are those of the data loss (see `update`)

It is done on the very arrays that `step` works on, by the same calls in the same order, so the numbers are those of the
fast step to the last bit. Every signal has memory of its own: at the end all that was met on the way is still there.

**One sample of a batch.** The layers work on the whole batch, one row for each sample. A sample's numbers are its row;
computed again alone they would be rounded differently. Because L is the *mean* over the batch, a row of a gradient is
already divided by the batch size, and the gradient of a weight is the *sum* of what the rows contribute.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from model.arrays import Floats, Indices, Vector
from model.layers import Layer
from model.losses import LossSpec
from model.network import Network
from model.optimizers import Rule
from model.signal import Signal
from model.snapshot import frozen_copy
from model.step_wiring import StepWiring

Kind = Literal["batch", "forward", "loss", "slope", "backward", "update"]


@dataclass(frozen=True)
class Phase:
    """One part of a step. `layer`: its place in network.layers, for "forward" and "backward"."""

    kind: Kind
    layer: int = -1


@dataclass(frozen=True, eq=False)
class PhasedStep:
    """A step that is not done yet, with everything that is met in it up to its update.

    Arrays have one row for each sample of the batch; nobody can write to them. `values[i]` goes into layer i, and
    `values[-1]` are the outputs; `gradients[i]` is dL/dvalues[i], None where nobody asks for it. Where the loss is not
    a finite number the step ends there, as it does in training, and there is no gradient.
    """

    step: int  # steps done before it
    phases: tuple[Phase, ...]
    batch: Indices  # its training samples, (batch,)
    values: tuple[Floats, ...]
    targets: Floats  # as the loss compares them, (batch, outputs)
    predictions: Floats  # what the outputs say in the units of the targets, (batch, outputs)
    losses: Vector  # of each sample, (batch,); the loss is their mean
    loss: float
    gradients: tuple[Floats | None, ...]
    parameters: Vector  # before the update
    gradient: Vector  # dL/d(every parameter) of the data loss; zeros where the loss is not finite
    state: Vector  # what the optimizer remembers before the update
    count: int  # updates that it has done before

    @property
    def diverges(self) -> bool:
        return not math.isfinite(self.loss)

    @property
    def last(self) -> int:
        """The place of the update, the last phase."""
        return len(self.phases) - 1

    def knows_value(self, place: int, at: int) -> bool:
        """Whether `values[place]` has been computed when phase `at` is done."""
        return at >= self._value_known[place]

    def knows_gradient(self, place: int, at: int) -> bool:
        """Whether `gradients[place]` has been computed when phase `at` is done."""
        return self.gradients[place] is not None and at >= self._gradient_known[place]

    def knows_parameter_gradient(self, layer: int, at: int) -> bool:
        """Whether the gradient of this layer's parameters has been computed when phase `at` is done."""
        return Phase("backward", layer) in self.phases[: at + 1]

    def value(self, place: int, row: int | None) -> Vector:
        """`values[place]` of one sample of the batch, (n,); of None: the mean over the batch."""
        values = self.values[place].reshape(len(self.batch), -1)
        return values.mean(axis=0) if row is None else values[row]

    def slope(self, place: int, row: int | None) -> Vector:
        """`gradients[place]` of one sample of the batch, (n,); of None: the sum over the batch."""
        gradient = self.gradients[place]
        assert gradient is not None, "nobody asked for this gradient"
        rows = gradient.reshape(len(self.batch), -1)
        return rows.sum(axis=0) if row is None else rows[row]

    @cached_property
    def _value_known(self) -> list[int]:
        """For each place the phase that computes it: a layer without a phase hands on what it was given."""
        known = [0]
        for layer in range(len(self.values) - 1):
            phase = Phase("forward", layer)
            known.append(self.phases.index(phase) if phase in self.phases else known[-1])
        return known

    @cached_property
    def _gradient_known(self) -> list[int]:
        known = [self.phases.index(Phase("slope")) if Phase("slope") in self.phases else len(self.phases)]
        for layer in reversed(range(len(self.gradients) - 1)):
            phase = Phase("backward", layer)
            known.append(self.phases.index(phase) if phase in self.phases else known[-1])
        return known[::-1]


def phases_of(layers: Sequence[Layer | None], first_learning: int) -> tuple[Phase, ...]:
    """The phases of a step through `layers`, in order.

    A layer that is None computes nothing and has no phase. No gradient goes to the layers before `first_learning`.
    """
    working = [place for place, layer in enumerate(layers) if layer]
    forward = [Phase("forward", place) for place in working]
    backward = [Phase("backward", place) for place in reversed(working) if place >= first_learning]
    return (Phase("batch"), *forward, Phase("loss"), Phase("slope"), *backward, Phase("update"))


def phased_step(
    step: int, batch: Indices, at_work: StepWiring, network: Network, loss: LossSpec, rule: Rule
) -> PhasedStep:
    """Do all phases but the update. The batch lies in `at_work` already, and the dice are thrown.

    `network.gradient` is afterwards what it was before: that of the last step which was really done.
    """
    wiring, kept = at_work.wiring, network.gradient.copy()
    phases = phases_of(wiring.layers, wiring.first_learning)
    gradient, met, value = np.zeros_like(kept), False, math.nan
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):  # the loss is looked at itself
        for phase in phases:
            layer = wiring.layers[phase.layer] if phase.layer >= 0 else None
            if phase.kind == "forward" and layer:
                layer.forward()
            elif phase.kind == "loss":
                value = at_work.loss.forward()
                if not math.isfinite(value):
                    phases = (*phases[: phases.index(phase) + 1], phases[-1])
                    break
            elif phase.kind == "slope":
                at_work.loss.backward()
                met = True
            elif phase.kind == "backward" and layer:
                layer.backward()
        if met:
            gradient = network.gradient.copy()
        network.gradient[:] = kept
        outputs = wiring.output.values
        return PhasedStep(
            step=step,
            phases=phases,
            batch=batch,
            values=tuple(frozen_copy(signal.values) for signal in wiring.signals),
            targets=frozen_copy(at_work.loss.t),
            predictions=frozen_copy(loss.predict(outputs)),
            losses=frozen_copy(loss.of_each(outputs, at_work.loss.t)),
            loss=value,
            gradients=tuple(_gradient(signal) if met else None for signal in wiring.signals),
            parameters=frozen_copy(network.parameters),
            gradient=frozen_copy(gradient),
            state=frozen_copy(rule.state),
            count=rule.count,
        )


def _gradient(signal: Signal) -> Floats | None:
    return frozen_copy(signal.gradient) if signal.learns else None
