"""The files of a run, read back by other means than those that wrote them."""

import csv
import errno
from pathlib import Path

import numpy as np
import pytest
from msgspec import structs

from model import run_files
from model.experiment import EvaluationSpec, Experiment, Stop
from model.experiment_file import changed, from_json
from model.run_files import write_run
from model.starters import starter
from model.trainer import Trainer

ALL = ["data.npz", "experiment.json", "loss.csv", "scores.csv", "weights.npz"]


def short(name: str, steps: int = 7, every: int = 3, **data: float) -> Experiment:
    experiment = starter(name)
    return changed(
        experiment,
        data=structs.replace(experiment.data, **data),
        evaluation=EvaluationSpec(every=every, unit="step"),
        stop=Stop(step=steps),
    )


def trained(experiment: Experiment) -> Trainer:
    trainer = Trainer(experiment)
    trainer.advance(10**6)
    return trainer


def table(folder: Path) -> list[dict[str, str]]:
    with (folder / "loss.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_five_files_and_nothing_else_are_left(tmp_path: Path) -> None:
    written = write_run(trained(short("linear")), tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(path.name for path in written) == ALL


def test_the_experiment_reads_back_as_it_was_run(tmp_path: Path) -> None:
    experiment = short("iris", validation=0.2)
    write_run(trained(experiment), tmp_path)
    assert from_json((tmp_path / "experiment.json").read_bytes()) == experiment


def test_one_row_a_step_from_zero_with_evaluations_where_they_were_made(tmp_path: Path) -> None:
    write_run(trained(short("linear")), tmp_path)
    rows = table(tmp_path)
    assert [row["step"] for row in rows] == [str(step) for step in range(8)]
    assert [row["step"] for row in rows if row["test_accuracy"]] == ["0", "3", "6", "7"]
    assert [row["step"] for row in rows if not row["batch_loss"]] == ["0"]
    assert all(bool(row["train_loss"]) == bool(row["test_loss"]) == bool(row["train_accuracy"]) for row in rows)
    assert not any(row["validation_loss"] or row["validation_accuracy"] for row in rows)  # no validation part


def test_the_header_of_classes_and_of_a_regression(tmp_path: Path) -> None:
    columns = "step,epoch,batch_loss,train_loss,validation_loss,test_loss"
    write_run(trained(short("curve")), tmp_path)
    assert (tmp_path / "loss.csv").read_text().splitlines()[0] == columns
    write_run(trained(short("xor")), tmp_path)
    accuracies = ",train_accuracy,validation_accuracy,test_accuracy"
    assert (tmp_path / "loss.csv").read_text().splitlines()[0] == columns + accuracies


def test_epochs_are_those_that_are_done(tmp_path: Path) -> None:
    write_run(trained(short("linear", steps=57)), tmp_path)  # 280 training samples in batches of 10: 28 steps an epoch
    epochs = [int(row["epoch"]) for row in table(tmp_path)]
    assert epochs == [0] * 28 + [1] * 28 + [2] * 2


def test_numbers_read_back_to_the_last_bit(tmp_path: Path) -> None:
    trainer = trained(short("spiral", validation=0.1))
    write_run(trainer, tmp_path)
    rows = table(tmp_path)
    assert [float(row["batch_loss"]) for row in rows[1:]] == trainer.record.losses().tolist()
    measured = [row for row in rows if row["train_loss"]]
    names = [name for name in rows[0] if name.startswith(("train_", "validation_", "test_"))]
    assert len(names) == 6
    for name in names:
        assert [float(row[name]) for row in measured] == [getattr(e, name) for e in trainer.record.evaluations]


def test_a_run_before_its_first_step_has_one_row(tmp_path: Path) -> None:
    write_run(Trainer(short("curve")), tmp_path)
    assert len(table(tmp_path)) == 1


def test_a_diverged_run_ends_with_its_last_finite_batch_loss(tmp_path: Path) -> None:
    trainer = trained(short("diverging", steps=500, every=1))
    assert trainer.diverged
    write_run(trainer, tmp_path)
    rows = table(tmp_path)
    assert int(rows[-1]["step"]) == trainer.diverged.step - 1
    assert np.isfinite([float(row["batch_loss"]) for row in rows[1:]]).all()
    with np.load(tmp_path / "weights.npz") as weights:
        assert all(np.isfinite(values).all() for values in weights.values())


def test_the_data_is_what_the_network_sees(tmp_path: Path) -> None:
    write_run(trained(short("iris", validation=0.2, test=0.2)), tmp_path)
    with np.load(tmp_path / "data.npz") as file:
        data = dict(file)
    shapes = {name: array.shape for name, array in data.items()}
    assert shapes == {
        "x_train": (90, 4),
        "t_train": (90, 3),
        "x_validation": (30, 4),
        "t_validation": (30, 3),
        "x_test": (30, 4),
        "t_test": (30, 3),
    }
    np.testing.assert_allclose(data["x_train"].mean(axis=0), 0, atol=1e-12)  # standardised
    np.testing.assert_allclose(data["x_train"].std(axis=0), 1)
    assert (data["t_train"].sum(axis=0) == 30).all()  # one-hot


def test_images_keep_their_shape_and_an_empty_part_its_axes(tmp_path: Path) -> None:
    write_run(trained(short("digits", steps=1)), tmp_path)
    with np.load(tmp_path / "data.npz") as data:
        assert data["x_train"].shape == (1438, 1, 8, 8)
        assert data["x_validation"].shape == (0, 1, 8, 8)
        assert data["t_validation"].shape == (0, 10)


def test_the_files_alone_are_enough_to_compute_the_last_test_loss(tmp_path: Path) -> None:
    """The lesson of the module's docstring: a reader with nothing but NumPy gets the same numbers."""
    trainer = trained(short("curve"))
    write_run(trainer, tmp_path)
    with np.load(tmp_path / "data.npz") as data, np.load(tmp_path / "weights.npz") as weights:
        a = data["x_test"]
        for layer in (0, 2, 4):
            z = a @ weights[f"final.layers[{layer}].weights"] + weights[f"final.layers[{layer}].bias"]
            a = np.tanh(z) if layer < 4 else z
        loss = float(np.mean((a - data["t_test"]) ** 2) / 2)
    assert loss == pytest.approx(float(table(tmp_path)[-1]["test_loss"]), rel=1e-12)


def test_initial_weights_are_those_of_step_zero(tmp_path: Path) -> None:
    experiment = short("xor")
    before = Trainer(experiment).network
    write_run(trained(experiment), tmp_path)
    with np.load(tmp_path / "weights.npz") as weights:
        assert sorted(weights) == sorted(
            f"{when}.layers[{layer}].{name}"
            for when in ("initial", "final")
            for layer in (0, 2)
            for name in ("weights", "bias")
        )
        for entry, values in before.layout.views(before.parameters):
            np.testing.assert_array_equal(weights[f"initial.{entry.full_name}"], values)
            assert not np.array_equal(weights[f"final.{entry.full_name}"], values)


def test_single_precision_is_kept(tmp_path: Path) -> None:
    write_run(trained(changed(short("curve"), precision="float32")), tmp_path)
    for name in ("data.npz", "weights.npz"):
        with np.load(tmp_path / name) as arrays:
            assert {array.dtype for array in arrays.values()} == {np.dtype(np.float32)}


def test_the_same_run_gives_the_same_bytes(tmp_path: Path) -> None:
    contents: list[list[bytes]] = []
    for folder in (tmp_path / "a", tmp_path / "b"):
        folder.mkdir()
        contents.append([path.read_bytes() for path in write_run(trained(short("xor")), folder)])
    assert contents[0] == contents[1]


def test_a_full_disk_leaves_the_earlier_files_alone_and_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_run(trained(short("xor", steps=2)), tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(run_files.np, "savez", full)
    with pytest.raises(OSError, match="No space left"):
        write_run(trained(short("xor")), tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
