"""A run that is written and read is the same run, to the last bit; and where it cannot be written the old one stays."""

import errno
import os
from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import model.run_file
from model.experiment_file import changed
from model.optimizers import SGD, Adam, Momentum
from model.recipe_fitting import layout
from model.record import Evaluation
from model.run_cache import remembered
from model.run_file import RunFileError, read, recipe_json, write
from model.saved_run import SavedBranch, SavedRun
from model.starters import STARTERS, starter
from model.timeline import Timeline
from model.timeline_file import saved
from tests.fuzz.real_runs import branch, interventions, runs

RUNS = runs()
SPIRAL = starter("spiral")


def same(one, other):
    """Equal to the last bit, NaN included; of the same kinds."""
    if isinstance(one, np.ndarray):
        return isinstance(other, np.ndarray) and one.dtype == other.dtype and one.tobytes() == other.tobytes()
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if type(one).__name__ in {"Evaluation", "Checkpoint", "SavedBranch"}:
        return all(same(getattr(one, f.name), getattr(other, f.name)) for f in fields(one))
    return type(one) is type(other) and (one == other or (one != one and other != other))


def with_final(each):
    """As it is read: the final parameters are those of the last checkpoint."""
    if not each.checkpoints:
        return each
    last = each.checkpoints[-1]
    state = last.network_state if last.network_state.size else None
    return replace(each, parameters=last.parameters, network_state=state)


@pytest.mark.parametrize("run", RUNS)
def test_a_run_comes_back_to_the_last_bit(run, tmp_path):
    path = tmp_path / "run.downhill"
    write(path, run)
    found = read(path)
    assert (found.current, found.position, found.notes) == (run.current, run.position, ())
    assert len(found.branches) == len(run.branches)
    for one, other in zip(run.branches, found.branches, strict=True):
        assert same(with_final(one), other)


def test_the_same_run_gives_the_same_bytes(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    for run in RUNS:
        write(one, run)
        write(other, read(one))
        assert one.read_bytes() == other.read_bytes()


any_float = st.floats(width=64)
maybe = st.none() | any_float


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), steps=st.integers(0, 8))
def test_any_numbers_come_back(data, steps, tmp_path):
    losses = np.array(data.draw(st.lists(any_float, min_size=steps, max_size=steps)), float)
    layers = len(layout(SPIRAL).learning_layers)
    squares = np.array(data.draw(st.lists(any_float, min_size=steps * layers, max_size=steps * layers)), float)
    at = data.draw(st.sets(st.integers(0, steps)))
    evaluations = tuple(Evaluation(step, *data.draw(st.tuples(any_float, *[maybe] * 5))) for step in sorted(at))
    parameters = np.full(layout(SPIRAL).size, data.draw(any_float))
    squares = squares.reshape(steps, layers)
    made = SavedBranch(data.draw(st.text()), SPIRAL, (), steps, None, 0, losses, squares, evaluations, (), parameters)
    path = tmp_path / "run.downhill"
    write(path, SavedRun((made,), 0, steps))
    found = read(path)
    made = replace(made, name=made.name.encode(errors="replace").decode())
    assert found.notes == () and same(made, found.branches[0])


@pytest.mark.parametrize("name", STARTERS)
def test_a_timeline_comes_back(name, tmp_path):
    timeline = Timeline(starter(name))
    timeline.advance(4)
    timeline.intervene(interventions(starter("spiral"))[2])
    timeline.advance(2)
    run = saved(timeline, arrays=True)
    write(tmp_path / "run.downhill", run)
    found = read(tmp_path / "run.downhill")
    assert found.notes == ()
    assert same(with_final(run.branches[0]), found.branches[0])


def test_numpy_reads_it(tmp_path):
    run = RUNS[3]
    write(tmp_path / "run.downhill", run)
    with np.load(tmp_path / "run.downhill", allow_pickle=False) as arrays:
        assert arrays["run.json"][:1] == b"{"
        for name in ("losses", "squares"):
            assert same(arrays[f"branches/0/{name}"], getattr(run.branches[0], name))
        checkpoints = arrays["branches/0/checkpoints/parameters"]
        assert same(checkpoints[-1], arrays["branches/0/parameters"])
        assert checkpoints.dtype == np.float32


def test_what_was_recorded_after_the_last_step_is_left_out(tmp_path):
    longer = branch(SPIRAL, steps=30)
    write(tmp_path / "run", SavedRun((replace(longer, steps=20, checkpoints=()),), 0, 20))
    found = read(tmp_path / "run").branches[0]
    assert len(found.losses) == len(found.squares) == 20
    assert [each.step for each in found.evaluations] == [0, 20]
    assert found.checkpoints == ()


def test_arrays_beyond_the_bound_are_left_out_checkpoints_first(tmp_path, monkeypatch):
    run = SavedRun((branch(SPIRAL, steps=30), branch(SPIRAL, steps=31)), 0, 0)
    monkeypatch.setattr(model.run_file, "MOST_BYTES", 10_000)
    write(tmp_path / "run", run)
    first, second = read(tmp_path / "run").branches
    assert first.parameters is not None and second.losses is not None
    assert first.checkpoints == second.checkpoints == ()
    assert read(tmp_path / "run").notes == ()


@pytest.mark.parametrize(("optimizer", "numbers"), [(SGD(), 0), (Momentum(), 1), (Adam(), 2)])
def test_how_much_an_optimizer_remembers(optimizer, numbers):
    assert remembered(changed(SPIRAL, optimizer=optimizer)) == numbers


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_disk_leaves_the_old_run(step, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    path = tmp_path / "run.downhill"
    write(path, RUNS[0])
    before = path.read_bytes()
    monkeypatch.setattr(os, step, full)
    with pytest.raises(RunFileError) as caught:
        write(path, RUNS[1])
    assert str(caught.value) == "run.downhill: the disk is full"
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["run.downhill"]


def test_a_kill_in_mid_write_leaves_the_old_run(tmp_path):
    path = tmp_path / "run.downhill"
    write(path, RUNS[0])
    part = tmp_path / ".run.downhill.0123abcd.part"
    part.write_bytes(path.read_bytes()[:1000])
    os.utime(part, (0, 0))
    assert read(path).branches[0].name == "first"
    write(path, RUNS[1])
    assert len(read(path).branches) == 3
    assert [each.name for each in tmp_path.iterdir()] == ["run.downhill"]


def test_places_that_cannot_be_written_or_read(tmp_path):
    for use in (lambda path: write(path, RUNS[0]), read):
        with pytest.raises(RunFileError, match="this is a folder, not a file"):
            use(tmp_path)
        with pytest.raises(RunFileError, match="the file or its folder is not there"):
            use(tmp_path / "none" / "run.downhill")


def test_what_could_not_be_read_again_is_not_written(tmp_path):
    path = tmp_path / "run.downhill"
    wrong = SavedRun((branch(SPIRAL, steps=10),), 0, 11)
    for use in (recipe_json, lambda run: write(path, run)):
        with pytest.raises(RunFileError) as caught:
            use(wrong)
        assert caught.value.place == "$.position"
    assert not path.exists()


def test_what_has_become_too_long_to_be_read_is_not_written(tmp_path, monkeypatch):
    path = tmp_path / "run.downhill"
    write(path, RUNS[0])
    before = path.read_bytes()
    monkeypatch.setattr(model.run_file, "MOST_OF_RECIPE", 1000)
    with pytest.raises(RunFileError, match="too long for a file"):
        write(path, RUNS[0])
    assert path.read_bytes() == before
