from dataclasses import replace

from msgspec import structs

from model.data import Data
from model.data_files.source import File
from model.datasets import Xor
from model.datasets.table import ColumnSpec, Table
from model.experiment import Experiment, NetworkSpec
from model.layers import Affine
from model.own_files import datasets_of_files, for_folder, from_folder, moved
from model.saved_run import SavedBranch, SavedRun

CHECKSUM = "0" * 64


def experiment(path):
    source = File(path=str(path), size=1, sha256=CHECKSUM)
    columns = ColumnSpec(name="x"), ColumnSpec(name="y", role="target")
    dataset = Table(name="t", source=source, columns=columns)
    return Experiment(data=Data(dataset=dataset), network=NetworkSpec(layers=(Affine(units=1),)))


def path_of(found):
    return found.data.dataset.source.path


def test_a_file_beside_or_below_the_experiment_is_written_from_there_on(tmp_path):
    inside, outside = tmp_path / "data" / "a.csv", tmp_path.parent / "a.csv"
    assert path_of(for_folder(experiment(inside), tmp_path)) == "data/a.csv"
    assert path_of(for_folder(experiment(outside), tmp_path)) == str(outside)


def test_there_and_back_in_another_folder(tmp_path):
    written = for_folder(experiment(tmp_path / "a.csv"), tmp_path)
    assert path_of(from_folder(written, tmp_path / "elsewhere")) == str(tmp_path / "elsewhere" / "a.csv")
    assert from_folder(written, tmp_path) == experiment(tmp_path / "a.csv")
    assert path_of(from_folder(experiment(tmp_path / "a.csv"), tmp_path / "x")) == str(tmp_path / "a.csv")


def test_every_branch_of_a_run_follows_and_names_its_data_once(tmp_path):
    first = SavedBranch("a", experiment(tmp_path / "a.csv"), (), 0)
    run = SavedRun((first, replace(first, name="b")), 0, 0)
    assert len(datasets_of_files(run)) == 1
    now = moved(run, str(tmp_path / "a.csv"), tmp_path / "b.csv")
    assert [path_of(branch.experiment) for branch in now.branches] == [str(tmp_path / "b.csv")] * 2
    still = moved(run, "elsewhere", tmp_path / "b.csv")
    assert [branch.experiment for branch in still.branches] == [branch.experiment for branch in run.branches]


def test_other_data_has_no_files(tmp_path):
    other = structs.replace(experiment("a"), data=Data(dataset=Xor()))
    assert datasets_of_files(other) == ()
    assert for_folder(other, tmp_path) is other
