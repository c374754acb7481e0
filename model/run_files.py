"""A run as files that any other program reads: the recipe, the curves, the data and the weights.

    experiment.json   what was run: enough to get all the other files again, to the last bit
    loss.csv          one row a step, from step 0
    scores.csv        at the end: precision, recall and F1 of every class, or R^2 of a regression, for each part
    data.npz          x_train, t_train, x_validation, t_validation, x_test, t_test as the network sees them
    weights.npz       initial.layers[0].weights, ..., final.layers[0].weights, ...; running statistics likewise

    import numpy as np
    weights = np.load("weights.npz")
    x1 = np.load("data.npz")["x_test"] @ weights["final.layers[0].weights"] + weights["final.layers[0].bias"]

Numbers in the CSV are written with as many digits as it takes to read back the very same bits.
"""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from model.experiment_file import to_json
from model.fitting import input_shape
from model.loss_table import columns, rows
from model.network import Network
from model.score_table import score_table
from model.trainer import Trainer


def write_run(trainer: Trainer, folder: Path) -> tuple[Path, ...]:
    """Write the five files of a run into `folder`, which has to be there. Returns their paths.

    All are written under another name first and take their own when the last one is complete: where writing fails
    (OSError: no space left, no permission), earlier files of these names stay as they were.
    """
    writers: dict[str, Callable[[Path], None]] = {
        "experiment.json": lambda path: _write_bytes(path, to_json(trainer.experiment)),
        "loss.csv": lambda path: _write_rows(path, trainer),
        "scores.csv": lambda path: _write_scores(path, trainer),
        "data.npz": lambda path: _write_arrays(path, data_arrays(trainer)),
        "weights.npz": lambda path: _write_arrays(path, weight_arrays(trainer)),
    }
    paths = {folder / name: folder / f"{name}.part" for name in writers}
    try:
        for write, part in zip(writers.values(), paths.values(), strict=True):
            write(part)
        for path, part in paths.items():
            part.replace(path)
    finally:
        for part in paths.values():
            part.unlink(missing_ok=True)
    return tuple(paths)


def data_arrays(trainer: Trainer) -> dict[str, np.ndarray[Any, Any]]:
    """Inputs x (n, *shape) and encoded targets t (n, outputs) of each part, in the precision of the network."""
    dtype, parts = trainer.network.parameters.dtype, trainer.parts
    arrays: dict[str, np.ndarray[Any, Any]] = {}
    for name, part in (("train", parts.train), ("validation", parts.validation), ("test", parts.test)):
        arrays[f"x_{name}"] = part.inputs.astype(dtype)
        arrays[f"t_{name}"] = trainer.encoding.encode(part.targets).astype(dtype)
    return arrays


def weight_arrays(trainer: Trainer) -> dict[str, np.ndarray[Any, Any]]:
    """Every array that is learnt, before the first step and now, under names such as `final.layers[0].weights`."""
    experiment = trainer.experiment
    start = Network(experiment.network.layers, input_shape(experiment), experiment.precision)
    start.initialize(experiment.weights.seed)
    arrays: dict[str, np.ndarray[Any, Any]] = {}
    for when, network in (("initial", start), ("final", trainer.network)):
        for entry, values in network.layout.views(network.parameters):
            arrays[f"{when}.{entry.full_name}"] = values
        for entry, values in network.state_layout.views(network.state):
            arrays[f"{when}.{entry.full_name}"] = values
    return arrays


def _write_bytes(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _write_rows(path: Path, trainer: Trainer) -> None:
    classes = trainer.experiment.data.dataset.task == "classification"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns(classes=classes))
        writer.writerows(rows(trainer.record, trainer.batches.epochs, classes=classes))


def _write_scores(path: Path, trainer: Trainer) -> None:
    header, found = score_table(trainer)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(found)


def _write_arrays(path: Path, arrays: dict[str, np.ndarray[Any, Any]]) -> None:
    with path.open("wb") as file:  # an open file: to a bare name NumPy would append ".npz"
        np.savez(file, allow_pickle=False, **arrays)
