"""What the diagram shows inside a training step: the numbers in the neurons, and what flows along the links.

Forward, a link carries its share of the sum, x_i w_ik. Backward, it carries the share of the gradient that goes back
through the same weight, dL/dz_k w_ik; into the data no gradient flows, and the first links show what is left behind for
their weights, dL/dw_ik. At the update every link shows by how much its weight was moved. What a filter or a Maxout
carries is no single number a link, and is not drawn.
"""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from gui.network_view.columns import Diagram
from gui.selection import INPUTS
from model.arrays import Vector
from model.layers import Affine
from model.phases import Phase, PhasedStep

Quantity = Literal["x", "z", "y", "dL/dy", "dL/dz"]
Carried = Literal["value", "gradient", "dL/dw", "update"]  # what the links show


@dataclass(frozen=True, eq=False)
class Numbers:
    """One number for each neuron of a column, (units,), and what they are."""

    quantity: Quantity
    values: Vector


@dataclass(frozen=True, eq=False)
class Flow:
    """One phase of a step, as it is drawn."""

    phase: Phase
    columns: dict[int, Numbers]  # by stage; columns that nothing has reached yet are missing
    before: dict[int, Numbers]  # the same while it is still on its way
    links: Vector  # in the layout of the parameters: what flows, 0 where nothing does
    carried: Carried | None = None
    flowing: int | None = None  # the stage whose links are at work
    lit: frozenset[int] = field(default_factory=frozenset[int])  # the stages at work
    loss: float | None = None  # once it is known
    loss_lit: bool = False

    def shown(self, share: float) -> dict[int, Numbers]:
        """The numbers in the columns when `share` of the way is done."""
        return self.columns if share >= 1 or self.flowing is None else self.before

    @property
    def backward(self) -> bool:
        """Things flow from right to left."""
        return self.phase.kind in ("slope", "backward")


def flow_of(step: PhasedStep, at: int, row: int | None, diagram: Diagram, update: Vector | None) -> Flow:
    """The drawing of phase `at` with the numbers of one sample, or of the whole batch (row None).

    `update`: what was added to the parameters; None before that.
    """
    phase = step.phases[at]
    links = np.zeros(diagram.layout.size)
    carried: Carried | None = None
    flowing = _flowing(phase, diagram)
    if flowing is not None and isinstance(diagram.experiment.network.layers[phase.layer], Affine):
        entry = diagram.layout.entry(phase.layer, "weights")
        links[entry.start : entry.stop] = _along(step, phase, row, diagram).ravel()
        carried = "value" if phase.kind == "forward" else "dL/dw" if step.gradients[phase.layer] is None else "gradient"
    elif phase.kind == "update" and update is not None:
        links, carried = np.asarray(update, np.float64), "update"
    at_loss = step.phases.index(Phase("loss"))
    return Flow(
        phase=phase,
        columns=_columns(step, at, row, diagram),
        before=_columns(step, at - 1, row, diagram),
        links=links,
        carried=carried,
        flowing=flowing,
        lit=_lit(phase, diagram),
        loss=step.loss if at >= at_loss else None,
        loss_lit=phase.kind in ("loss", "slope"),
    )


def _flowing(phase: Phase, diagram: Diagram) -> int | None:
    return next((i for i, stage in enumerate(diagram.stages) if stage.affine == phase.layer), None)


def _along(step: PhasedStep, phase: Phase, row: int | None, diagram: Diagram) -> Vector:
    """What each weight of an affine layer carries, (n_in, n_out)."""
    layer = phase.layer
    weights = diagram.layout.view(step.parameters, layer, "weights")
    with np.errstate(over="ignore", invalid="ignore"):  # a run on its way out
        if phase.kind == "forward":
            return step.value(layer, row)[:, None] * weights
        if step.gradients[layer] is not None:
            return step.slope(layer + 1, row)[None, :] * weights
        if row is None:
            return diagram.layout.view(step.gradient, layer, "weights")
        return np.outer(step.value(layer, row), step.slope(layer + 1, row))


def _columns(step: PhasedStep, at: int, row: int | None, diagram: Diagram) -> dict[int, Numbers]:
    """For each column the last number that was computed of it: z, then y, then dL/dy, then dL/dz.

    Of a feature map it is the mean of its values, and the sum of its gradients.
    """
    found = {INPUTS: Numbers("x", step.value(0, row))}
    for place, stage in enumerate(diagram.stages):
        z, y = stage.affine + 1, stage.output + 1
        candidates: list[Numbers] = []
        if step.knows_value(z, at):
            candidates.append(Numbers("z" if y != z else "y", step.value(z, row).reshape(stage.units, -1).mean(axis=1)))
        if step.knows_value(y, at):
            candidates.append(Numbers("y", step.value(y, row).reshape(stage.units, -1).mean(axis=1)))
        if step.knows_gradient(y, at):
            candidates.append(Numbers("dL/dy", step.slope(y, row).reshape(stage.units, -1).sum(axis=1)))
        if y != z and step.knows_gradient(z, at):
            candidates.append(Numbers("dL/dz", step.slope(z, row).reshape(stage.units, -1).sum(axis=1)))
        if candidates:
            found[place] = candidates[-1]
    return found


def _lit(phase: Phase, diagram: Diagram) -> frozenset[int]:
    if phase.kind == "batch":
        return frozenset({INPUTS})
    if phase.kind == "update":
        return frozenset(range(len(diagram.stages)))
    at_work = (i for i, stage in enumerate(diagram.stages) if stage.affine <= phase.layer <= stage.output)
    return frozenset(at_work) if phase.layer >= 0 else frozenset()
