"""Damaged and hostile files: opened without what is damaged, or refused in one sentence, in little memory."""

import json
import re
import struct
import tracemalloc
import zipfile

import pytest

import model.run_file
from model.run_file import RunFileError, read, write
from model.run_recipe import MOST_BYTES as MOST_OF_RECIPE
from model.saved_run import SavedRun
from model.starters import starter
from tests.fuzz.fuzz_run_file import fuzz
from tests.fuzz.mutations import members, zipped
from tests.fuzz.real_runs import branch, interventions

SPIRAL = starter("spiral")
LOSSES = "branches/0/losses.npy"


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    path = tmp_path_factory.mktemp("real") / "run.downhill"
    write(path, SavedRun((branch(SPIRAL, interventions(SPIRAL)),), 0, 0))
    return path.read_bytes()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "run.downhill"


def refusal(path, content):
    path.write_bytes(content)
    with pytest.raises(RunFileError) as caught:
        read(path)
    assert "\n" not in str(caught.value)
    return caught.value.place, str(caught.value.message)


def opened(path, parts, how=zipfile.ZIP_STORED):
    path.write_bytes(zipped(parts, how))
    return read(path)


def with_member(file, name, content):
    return [(each, content if each == name else before) for each, before in members(file)]


def changed_header(file, name, before, after):
    """An array whose header says something else; its length stays."""
    parts = dict(members(file))
    header, numbers = parts[name][:128], parts[name][128:]
    made = header.replace(before, after)
    assert made != header
    made = made.rstrip(b" \n").ljust(127) + b"\n" if len(made) <= 128 or made.rstrip(b" \n") != made else made
    return with_member(file, name, made[:128] + numbers)


@pytest.mark.parametrize("content", [b"", b"hello", b"\0" * 5000, b"{}", b"PK"])
def test_not_a_zip(path, content):
    assert refusal(path, content) == ("run.downhill", "this is not a run of Downhill")


def test_cut_off_anywhere(path, real):
    for end in range(4, len(real), 997):
        assert refusal(path, real[:end]) == ("run.downhill", "the file is damaged, or its end is missing")


def test_no_recipe(path, real):
    assert refusal(path, zipped(members(real)[1:])) == ("run.json", "is missing")


def test_a_damaged_recipe(path, real):
    at = real.index(b'"steps": 120')
    assert refusal(path, real[:at] + b"?" + real[at + 1 :]) == ("run.json", "is damaged")


@pytest.mark.parametrize("name", ["code.py", "../x", "branches/1/losses.npy", "branches/0/", "a\nb", "x" * 500])
def test_a_member_that_does_not_belong(path, real, name):
    place, sentence = refusal(path, zipped([*members(real), (name, b"")]))
    assert json.dumps(name)[:50] in place and len(place) < 100
    assert sentence == "does not belong to this run"


def test_a_member_twice(path, real):
    parts = members(real)
    assert refusal(path, zipped([*parts, parts[1]])) == (f'"{parts[1][0]}"', "is there twice")


def test_every_array_may_be_missing_or_damaged(path, real):
    parts = members(real)
    for name, content in parts[1:]:
        for damaged in (None, b"", content[:-1], content + b"\0", content[:100], b"x" * len(content)):
            kept = [(each, damaged if each == name else whole) for each, whole in parts]
            found = opened(path, [each for each in kept if each[1] is not None])
            (note,) = found.notes
            cached = re.fullmatch(r"branches/0/(\w+).*", name)[1]
            assert str(note).startswith(f"branches/0/{cached} is ")
            assert "left out and computed again" in str(note)
            assert not getattr(found.branches[0], cached)
            assert (found.branches[0].parameters is None) == (cached == "parameters")


def test_a_flipped_bit_in_an_array_is_noticed(path, real):
    at = real.index(b"NUMPY", real.index(LOSSES.encode())) + 500
    path.write_bytes(real[:at] + bytes([real[at] ^ 1]) + real[at + 1 :])
    found = read(path)
    assert [str(note) for note in found.notes] == ["branches/0/losses is damaged: it is left out and computed again"]
    assert found.branches[0].losses is None and found.branches[0].squares is not None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"(120,)", b"(121,)"),
        (b"(120,)", b"(60, 2)"),
        (b"(120,)", b"(99999999999999999999,)"),
        (b"(120,)", b"()"),
        (b"<f8", b"|O8"),
        (b"<f8", b"<f4"),
        (b"<f8", b">f8"),
        (b"False", b"True "),
        (b"False", b"exit()"),
        (b"NUMPY\x01", b"NUMPY\x02"),
    ],
)
def test_an_array_of_another_kind(path, real, before, after):
    found = opened(path, changed_header(real, LOSSES, before, after))
    assert [str(note) for note in found.notes] == [
        "branches/0/losses is not the array that belongs here: it is left out and computed again"
    ]


def npy(kind, *numbers):
    header = f"{{'descr': '<i8', 'fortran_order': False, 'shape': {kind}, }}".encode().ljust(117) + b"\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header + struct.pack(f"<{len(numbers)}q", *numbers)


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("checkpoints/steps", (0, 60, 40, 120)),
        ("checkpoints/steps", (-1, 40, 60, 120)),
        ("checkpoints/steps", (1, 40, 60, 120)),
        ("checkpoints/steps", (0, 40, 60, 119)),
        ("checkpoints/steps", (0, 40, 60, 121)),
        ("checkpoints/counts", (0, 41, 60, 120)),
        ("checkpoints/counts", (0, -1, 60, 120)),
        ("checkpoints/epochs", (0, 0, 41, 0, 0, 0, 0, 0)),
        ("checkpoints/epochs", (0, 0, 0, 2**62, 0, 0, 0, 0)),
        ("evaluations/steps", (0, 20, 20, 60, 80, 100)),
        ("evaluations/steps", (0, 20, 40, 60, 80, 121)),
    ],
)
def test_numbers_that_no_run_has(path, real, name, numbers):
    shape = "(4, 2)" if name.endswith("epochs") else f"({len(numbers)},)"
    found = opened(path, with_member(real, f"branches/0/{name}.npy", npy(shape, *numbers)))
    (note,) = found.notes
    assert "holds numbers that no run of this recipe has" in str(note)


def test_packed_by_another_program(path, real):
    assert opened(path, members(real), zipfile.ZIP_DEFLATED).notes == ()
    for how in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        path.write_bytes(zipped(members(real), how))
        with pytest.raises(RunFileError, match="packed in a way that is not read here"):
            read(path)


def refused(path):
    with pytest.raises(RunFileError):
        read(path)


def peak_of(use):
    tracemalloc.start()
    try:
        use()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_zip_bomb_takes_no_memory(path, real):
    parts = with_member(real, LOSSES, npy("(120,)") + bytes(50 * 2**20))
    path.write_bytes(zipped(parts, zipfile.ZIP_DEFLATED))
    assert path.stat().st_size < 2**20
    assert peak_of(lambda: read(path)) < 5 * 2**20


def test_a_bomb_that_fits_its_recipe_is_bounded(path, real, monkeypatch):
    """A billion steps whose losses are all zero would be a true run: the bound is on all arrays together."""
    monkeypatch.setattr(model.run_file, "MOST_BYTES", 2**20)
    recipe = json.loads(dict(members(real))["run.json"])
    recipe["branches"][0] |= {"steps": 10**6, "arrays": ["losses"]}
    losses = npy(f"({10**6},)").replace(b"<i8", b"<f8") + bytes(8 * 10**6)
    path.write_bytes(zipped([("run.json", json.dumps(recipe).encode()), (LOSSES, losses)], zipfile.ZIP_DEFLATED))
    assert peak_of(lambda: read(path)) < 3 * 2**20
    assert [str(note) for note in read(path).notes] == [
        "branches/0/losses is too large: it is left out and computed again"
    ]


def test_a_recipe_that_unpacks_to_much(path):
    path.write_bytes(zipped([("run.json", b" " * (MOST_OF_RECIPE + 1))], zipfile.ZIP_DEFLATED))
    assert peak_of(lambda: refused(path)) < 2 * 2**20


def test_a_table_of_contents_that_asks_for_much(path, real):
    """A million empty members would be a hundred megabytes of names."""
    path.write_bytes(zipped([(f"{i:0100}", b"") for i in range(8000)]))
    assert peak_of(lambda: refused(path)) < 3 * 2**20
    at = real.rindex(b"PK\x05\x06") + 12
    refusal(path, real[:at] + struct.pack("<I", 2**32 - 2) + real[at + 4 :])


def test_mutations_open_or_end_in_a_sentence():
    outcomes, failures, memory, _ = fuzz(300, seed=3)
    assert failures == []
    assert min(outcomes[each] for each in ("opened", "opened with a note", "refused")) > 10
    assert memory < 10 * 2**20
