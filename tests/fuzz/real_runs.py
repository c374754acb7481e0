"""Runs with everything that a file can hold, in the right shapes; the numbers are noise."""

import numpy as np
from msgspec.structs import replace

from model.checkpoint import Checkpoint
from model.clipping import Clipping
from model.experiment import NetworkSpec
from model.experiment_file import changed
from model.interventions import (
    ChangeBatchSize,
    ChangeClipping,
    ChangeData,
    ChangeOptimizer,
    ChangeRegularization,
    ChangeSchedule,
    SetParameter,
    in_force,
)
from model.layers import Affine, BatchNorm, Tanh
from model.optimizers import SGD, Adam
from model.recipe_fitting import layout, state_layout
from model.record import Evaluation
from model.regularization import Regularization
from model.run_cache import remembered
from model.saved_run import SavedBranch, SavedRun
from model.schedules import Cosine
from model.starters import starter


def branch(experiment, interventions=(), steps=120, **fields):
    """A branch with every array."""
    noise, names, states = np.random.default_rng(steps), layout(experiment), state_layout(experiment).size
    kept = []
    for step in sorted({0, steps // 3, steps // 2, steps}):
        there = in_force(experiment, [each for each in interventions if each.step < step])
        state = noise.normal(size=names.size * remembered(there))
        arrays = noise.normal(size=names.size).astype(there.precision), state.astype(there.precision)
        place = {"count": step, "epoch_begun": step // 2, "epoch_first": step // 10}
        network_state = noise.normal(size=states).astype(there.precision)
        kept.append(Checkpoint(step, there, *arrays, **place, network_state=network_state))
    return SavedBranch(
        name=fields.pop("name", "first"),
        experiment=experiment,
        interventions=tuple(interventions),
        steps=steps,
        losses=noise.normal(size=steps) ** 2,
        squares=(noise.normal(size=(steps, len(names.learning_layers))) ** 2).astype(experiment.precision),
        evaluations=tuple(Evaluation(step, 1.5, None, float("nan"), 0.5, None, 1.0) for step in range(0, steps, 20)),
        checkpoints=tuple(kept),
        **fields,
    )


def interventions(experiment):
    """One of each kind."""
    data = experiment.data.__class__(dataset=experiment.data.dataset, seed=7)
    return (
        ChangeOptimizer(step=20, optimizer=SGD(learning_rate=0.5)),
        SetParameter(step=30, layer=0, name="weights", at=(0, 1), value=-2.5),
        ChangeOptimizer(step=60, optimizer=Adam()),
        ChangeBatchSize(step=60, size=7),
        ChangeData(step=100, data=data),
        ChangeSchedule(step=100, schedule=Cosine(horizon=90)),
        ChangeRegularization(step=110, regularization=Regularization(l1=0.001, l2=0.01)),
        ChangeClipping(step=110, clipping=Clipping(norm=0.5)),
    )


def runs():
    """Runs of several kinds: one branch, several, a recipe without arrays, single precision, with statistics."""
    spiral, curve = starter("spiral"), changed(starter("curve"), precision="float32")
    changes = interventions(spiral)
    normed = replace(spiral, network=NetworkSpec(layers=(Affine(units=3), BatchNorm(), Tanh(), Affine(units=1))))
    parted = branch(spiral, changes[:2], steps=90, name="ä: 2", parent=0, parted_at=50)
    return (
        SavedRun((branch(spiral),), 0, 100),
        SavedRun((branch(spiral, changes), parted, branch(curve, steps=50)), 1, 90),
        SavedRun((SavedBranch("recipe", spiral, changes, 10**6),), 0, 5),
        SavedRun((branch(curve, interventions(curve), steps=130),), 0, 130),
        SavedRun((branch(normed, steps=70), branch(spiral, steps=30)), 0, 50),
    )
