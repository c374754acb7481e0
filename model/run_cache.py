"""What stands beside a run's recipe to spare the time of computing it again: the arrays of a branch.

    branches/0/parameters.npy              (parameters,) the final ones
    branches/0/network_state.npy           (states,) likewise: running statistics; only of a network that has a state
    branches/0/losses.npy                  (steps,) of the mini-batch of every step
    branches/0/squares.npy                 (steps, learning layers): squared norms of the layers' gradients
    branches/0/evaluations/steps.npy       (n,)
    branches/0/evaluations/values.npy      (n, 6): losses of training, validation, test; the same three accuracies
    branches/0/evaluations/measured.npy    (n, 6): whether the value is one; there is none of an empty part
    branches/0/checkpoints/steps.npy       (n,)
    branches/0/checkpoints/counts.npy      (n,): updates of the optimizer
    branches/0/checkpoints/epochs.npy      (n, 2): where the order of the batches began anew, and at which epoch
    branches/0/checkpoints/parameters.npy  (n, parameters)
    branches/0/checkpoints/state.npy       what the optimizer remembers, one checkpoint after the other
    branches/0/checkpoints/network_state.npy  (n, states); only of a network that has a state

A checkpoint's experiment is not written: it follows from the recipe.
"""

import math
from collections.abc import Iterator
from operator import attrgetter
from typing import get_args
from zipfile import ZipFile

import numpy as np

from model.arrays import Floats, Vector
from model.checkpoint import Checkpoint
from model.experiment import Experiment
from model.interventions import in_force
from model.message import QT_TRANSLATE_NOOP, Message
from model.npy_members import Array, MemberError, Members, write_array
from model.recipe_fitting import layout, state_layout
from model.record import Evaluation
from model.run_recipe import Cached
from model.saved_run import SavedBranch

INTEGERS, FLOATS, TRUTHS = "<i8", "<f8", "|b1"
KINDS = {"float64": "<f8", "float32": "<f4"}  # of an experiment's precision
CACHED: tuple[Cached, ...] = get_args(Cached)
FILES: dict[Cached, tuple[str, ...]] = {
    "parameters": ("parameters.npy",),
    "losses": ("losses.npy",),
    "squares": ("squares.npy",),
    "evaluations": tuple(f"evaluations/{name}.npy" for name in ("steps", "values", "measured")),
    "checkpoints": tuple(f"checkpoints/{name}.npy" for name in ("steps", "counts", "epochs", "parameters", "state")),
}
OF_STATE: dict[Cached, tuple[str, ...]] = {  # further ones of a network with a state
    "parameters": ("network_state.npy",),
    "checkpoints": ("checkpoints/network_state.npy",),
}
OBJECT = 600  # bytes that an Evaluation or a Checkpoint takes in memory beside its arrays, at most
MEASURED = ("train_loss", "validation_loss", "test_loss", "train_accuracy", "validation_accuracy", "test_accuracy")

AT_ONCE = 2048  # evaluations; between two pieces other threads have their turn
VALUES = [attrgetter(name) for name in MEASURED]


class BranchCache:
    """The arrays of one branch in the file: what they are called and what shape they must have."""

    def __init__(self, number: int, branch: SavedBranch) -> None:
        names = layout(branch.experiment)
        self.branch = branch
        self.at = f"branches/{number}/"
        self.kind = KINDS[branch.experiment.precision]
        self.parameters = names.size
        self.states = state_layout(branch.experiment).size
        self.squares = (branch.steps, len(names.learning_layers))
        self._evaluated = [each for each in branch.evaluations if each.step <= branch.steps]
        # From the first step to the last, or it would not be known from where to go on.
        whole = [each.step for each in branch.checkpoints[:1] + branch.checkpoints[-1:]] == [0, branch.steps]
        self._kept = list(branch.checkpoints) if whole else []

    def files(self, cached: Cached) -> tuple[str, ...]:
        """The members that it takes."""
        further = OF_STATE.get(cached, ()) if self.states else ()
        return tuple(self.at + name for name in (*FILES[cached], *further))

    def bytes(self, cached: Cached) -> int | None:
        """What it takes in memory; None where the branch has none that could be written."""
        size, branch = np.dtype(self.kind).itemsize, self.branch
        match cached:
            case "parameters":
                return None if final(branch) is None else size * (self.parameters + self.states)
            case "losses":
                return None if branch.losses is None or len(branch.losses) < branch.steps else 8 * branch.steps
            case "squares":
                known = branch.squares is not None and len(branch.squares) >= branch.steps
                return size * math.prod(self.squares) if known else None
            case "evaluations":
                return (62 + OBJECT) * len(self._evaluated) or None
            case "checkpoints":
                return sum(32 + OBJECT + each.bytes for each in self._kept) or None

    def write(self, archive: ZipFile, cached: Cached) -> None:
        """Write it, where `bytes` says that there is any."""
        steps, files = self.branch.steps, self.files(cached)
        match cached:
            case "parameters":
                write_array(archive, files[0], self.kind, (self.parameters,), _given(final(self.branch)))
                if self.states:
                    write_array(archive, files[1], self.kind, (self.states,), _given(final_state(self.branch)))
            case "losses":
                write_array(archive, files[0], FLOATS, (steps,), [each[:steps] for each in _given(self.branch.losses)])
            case "squares":
                values = [each[:steps] for each in _given(self.branch.squares)]
                write_array(archive, files[0], self.kind, self.squares, values)
            case "evaluations":
                _write_evaluations(archive, files, self._evaluated)
            case "checkpoints":
                _write_checkpoints(archive, files, self._kept, self.kind, self.parameters)
                if self.states:
                    states = (each.network_state for each in self._kept)
                    write_array(archive, files[5], self.kind, (len(self._kept), self.states), states)

    def read(self, members: Members, cached: Cached) -> dict[str, object]:
        """The fields of SavedBranch that it gives. Raises MemberError where it is not what the recipe says."""
        files = self.files(cached)
        match cached:
            case "parameters":
                found: dict[str, object] = {"parameters": members.array(files[0], self.kind, (self.parameters,))}
                if self.states:
                    found["network_state"] = members.array(files[1], self.kind, (self.states,))
                return found
            case "losses":
                return {"losses": members.array(files[0], FLOATS, (self.branch.steps,))}
            case "squares":
                return {"squares": members.array(files[0], self.kind, self.squares)}
            case "evaluations":
                return {"evaluations": self._evaluations(members, files)}
            case "checkpoints":
                return {"checkpoints": self._checkpoints(members, files)}

    def _evaluations(self, members: Members, files: tuple[str, ...]) -> tuple[Evaluation, ...]:
        steps = self._steps(members, files[0])
        shape = len(steps), len(MEASURED)
        values, measured = members.array(files[1], FLOATS, shape), members.array(files[2], TRUTHS, shape)
        if (measured.view(np.uint8) > 1).any() or not measured[:, 0].all():  # there is always a training loss
            raise MemberError(_impossible())
        found: list[Evaluation] = []
        for start in range(0, len(steps), AT_ONCE):
            rows = slice(start, start + AT_ONCE)
            columns = np.where(measured[rows], values[rows], np.array(None)).T.tolist()  # (6, rows): floats and Nones
            found.extend(map(Evaluation, steps[rows].tolist(), *columns))
        return tuple(found)

    def _checkpoints(self, members: Members, files: tuple[str, ...]) -> tuple[Checkpoint, ...]:
        steps = self._steps(members, files[0])
        n = len(steps)
        counts, epochs = members.array(files[1], INTEGERS, (n,)), members.array(files[2], INTEGERS, (n, 2))
        # A change of the batches begins another epoch without a step being done.
        most = np.stack([steps, steps, steps + len(self.branch.interventions)], axis=1)
        found = np.column_stack([counts, epochs])
        if steps[0] != 0 or steps[-1] != self.branch.steps or (found < 0).any() or (found > most).any():
            raise MemberError(_impossible())
        experiments = list(self._in_force(steps.tolist()))
        parameters = members.pieces(files[3], self.kind, (n, self.parameters), [self.parameters] * n)
        lengths = [remembered(each) * self.parameters for each in experiments]
        states = members.pieces(files[4], self.kind, (sum(lengths),), lengths)
        of_network = [np.zeros(0, self.kind)] * n
        if self.states:
            of_network = members.pieces(files[5], self.kind, (n, self.states), [self.states] * n)
        places = counts.tolist(), *epochs.T.tolist()
        columns = zip(steps.tolist(), experiments, parameters, states, *places, of_network, strict=True)
        return tuple(Checkpoint(*row) for row in columns)

    def _steps(self, members: Members, file: str) -> Array:
        """Rising step boundaries of the branch, (n,)."""
        n = members.rows(file)
        if not 0 < n <= self.branch.steps + 1:
            raise MemberError(_impossible())
        members.charge(n * OBJECT)
        steps = members.array(file, INTEGERS, (n,))
        if steps[0] < 0 or steps[-1] > self.branch.steps or (steps[1:] <= steps[:-1]).any():
            raise MemberError(_impossible())
        return steps

    def _in_force(self, steps: list[int]) -> Iterator[Experiment]:
        """The experiment at each of these rising boundaries, before the interventions there."""
        experiment, interventions, done = self.branch.experiment, self.branch.interventions, 0
        for step in steps:
            begin = done
            while done < len(interventions) and interventions[done].step < step:
                done += 1
            experiment = in_force(experiment, interventions[begin:done])
            yield experiment


def final(branch: SavedBranch) -> Vector | None:
    """The parameters after the last step, where they are known."""
    if branch.parameters is None and branch.checkpoints and branch.checkpoints[-1].step == branch.steps:
        return branch.checkpoints[-1].parameters
    return branch.parameters


def final_state(branch: SavedBranch) -> Vector | None:
    """The network's state after the last step, where it is known."""
    if branch.network_state is None and branch.checkpoints and branch.checkpoints[-1].step == branch.steps:
        return branch.checkpoints[-1].network_state
    return branch.network_state


def remembered(experiment: Experiment) -> int:
    """How many numbers per parameter the optimizer keeps from step to step."""
    one = np.zeros(1)
    return experiment.optimizer.rule(one, one).state.size


def _write_evaluations(archive: ZipFile, files: tuple[str, ...], evaluations: list[Evaluation]) -> None:
    """Where nothing was measured stands 0: not a number would not do, a diverging run has such losses."""
    n = len(evaluations)
    values, measured = np.zeros((n, len(MEASURED))), np.zeros((n, len(MEASURED)), bool)
    for start in range(0, n, AT_ONCE):
        rows = slice(start, start + AT_ONCE)
        for column, value in enumerate(VALUES):
            found: Array = np.array(list(map(value, evaluations[rows])), object)
            known = measured[rows, column]
            known[:] = np.not_equal(found, np.array(None))
            values[rows, column][known] = found[known]
    write_array(archive, files[0], INTEGERS, (n,), [np.array([each.step for each in evaluations])])
    write_array(archive, files[1], FLOATS, (n, len(MEASURED)), [values])
    write_array(archive, files[2], TRUTHS, (n, len(MEASURED)), [measured])


def _write_checkpoints(
    archive: ZipFile, files: tuple[str, ...], kept: list[Checkpoint], kind: str, parameters: int
) -> None:
    n = len(kept)
    write_array(archive, files[0], INTEGERS, (n,), [np.array([each.step for each in kept])])
    write_array(archive, files[1], INTEGERS, (n,), [np.array([each.count for each in kept])])
    epochs = np.array([(each.epoch_begun, each.epoch_first) for each in kept])
    write_array(archive, files[2], INTEGERS, (n, 2), [epochs])
    write_array(archive, files[3], kind, (n, parameters), (each.parameters for each in kept))
    remembered_in_all = sum(each.state.size for each in kept)
    write_array(archive, files[4], kind, (remembered_in_all,), (each.state for each in kept))


def _given(values: Floats | None) -> list[Floats]:
    return [] if values is None else [values]


def _impossible() -> Message:
    return Message(QT_TRANSLATE_NOOP("model", "holds numbers that no run of this recipe has"))
