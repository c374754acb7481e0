"""What a file is does not depend on its name."""

from pathlib import Path

import pytest

from gui import any_file
from gui.any_file import UnreadableFileError, is_data, read_any
from model.experiment_file import to_json
from model.run_file import write
from model.run_recipe import recipe_json
from model.saved_run import SavedBranch, SavedRun
from model.starters import starter

XOR = starter("xor")
RUN = SavedRun((SavedBranch("", XOR, (), 5),), 0, 3)


@pytest.mark.parametrize("name", ["a.downhill", "a.json", "a", "a.txt"])
def test_by_content(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(to_json(XOR))
    assert read_any(path) == XOR
    write(path, RUN)
    found = read_any(path)
    assert isinstance(found, SavedRun) and found.position == 3 and found.branches[0].experiment == XOR
    path.write_bytes(recipe_json(RUN))
    found = read_any(path)
    assert isinstance(found, SavedRun) and found.branches[0].steps == 5


@pytest.mark.parametrize(
    ("content", "words", "place"),
    [
        (b"", "empty", "$"),
        (b"\xff\xfe\x00", "UTF-8", "$"),
        (b"{", "too early", "$"),
        (b"[1, 2]", "", "$"),
        (b"[" * 100_000, "deeply", "$"),
        (b"PK\x03\x04 and nothing more", "damaged", ""),
        (to_json(XOR).replace(b'"units": 1', b'"units": 0'), "", "$.network.layers[2].units"),
        (recipe_json(RUN).replace(b'"steps": 5', b'"steps": -5'), "", "$.branches[0].steps"),
    ],
    ids=["empty", "not a text", "truncated", "a list", "deep", "half a zip", "no units", "steps"],
)
def test_what_is_of_no_use_is_one_sentence_with_its_place(tmp_path, content, words, place):
    path = tmp_path / "broken"
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError) as refused:
        read_any(path)
    assert words in str(refused.value.message) and refused.value.place == place


def test_what_cannot_be_read(tmp_path, monkeypatch):
    with pytest.raises(FileNotFoundError):
        read_any(tmp_path / "gone")
    with pytest.raises(IsADirectoryError):
        read_any(tmp_path)
    (tmp_path / "film").write_bytes(b" " * 100)
    monkeypatch.setattr(any_file, "MOST_BYTES", 10)
    with pytest.raises(UnreadableFileError, match="too large"):
        read_any(tmp_path / "film")


@pytest.mark.parametrize(
    ("name", "yes"),
    [
        ("a.csv", True),
        ("A.TSV", True),
        ("m.npz", True),
        ("train-images-idx3-ubyte", True),
        ("r.downhill", False),
        ("e.json", False),
    ],
)
def test_data_is_told_by_its_name(name, yes):
    assert is_data(Path(name)) is yes
