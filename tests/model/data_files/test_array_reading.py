import gzip
import io
import struct
import zipfile

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays_of

from model.data_files import memory
from model.data_files.array_reading import Member, is_arrays, members, read_member
from model.data_files.error import DataFileError


def idx(array, kind=0x08):
    return bytes([0, 0, kind, array.ndim]) + struct.pack(f">{array.ndim}I", *array.shape) + array.tobytes()


def npz(compressed=False, **named):
    file = io.BytesIO()
    (np.savez_compressed if compressed else np.savez)(file, **named)
    return file.getvalue()


def read(content, member=""):
    return read_member(io.BytesIO(content), "file", member)


IMAGES = np.arange(24, dtype=np.uint8).reshape(2, 3, 4)


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_idx_as_its_makers_describe_it(pack):
    content = pack(idx(IMAGES))
    assert is_arrays(content)
    assert members(io.BytesIO(content), "file") == (Member("", (2, 3, 4), "u1"),)
    np.testing.assert_array_equal(read(content), IMAGES)


@pytest.mark.parametrize(("kind", "code"), [("i1", 9), (">i2", 11), (">i4", 12), (">f4", 13), (">f8", 14)])
def test_idx_of_every_kind_of_number(kind, code):
    array = np.array([-1, 2, 100]).astype(kind)
    np.testing.assert_array_equal(read(idx(array, code)), [-1, 2, 100])


@pytest.mark.parametrize("compressed", [False, True])
@settings(max_examples=20)
@given(array=arrays_of.arrays(arrays_of.floating_dtypes(), arrays_of.array_shapes(max_dims=4), fill=st.nothing()))
def test_npz_as_numpy_writes_it(array, compressed):
    content = npz(compressed, x=array, y=np.asfortranarray(array))
    assert {member.name: member.shape for member in members(io.BytesIO(content), "file")} == {
        "x": array.shape,
        "y": array.shape,
    }
    np.testing.assert_array_equal(read(content, "x"), array)
    np.testing.assert_array_equal(read(content, "y"), array)


def test_python_objects_are_never_unpacked():
    content = npz(x=np.array([{"a": 1}], dtype=object))
    with pytest.raises(DataFileError, match="Python objects"):
        read(content, "x")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (idx(IMAGES)[:-1], "end is missing"),
        (idx(IMAGES)[:7], "end is missing"),
        (idx(IMAGES) + b"x", "longer than its header says"),
        (gzip.compress(idx(IMAGES), mtime=0)[:-9], "end is missing"),
        (gzip.compress(idx(IMAGES), mtime=0)[:20], "end is missing"),
        (gzip.compress(b"a,b\n1,2\n", mtime=0), "no IDX file"),
        (b"\x00\x00\x07\x01\x00\x00\x00\x01\x00", "no IDX file"),
        (b"\x00\x00\x08\x09", "no IDX file"),
        (npz(x=IMAGES)[:100], "end is missing"),
        (b"PK\x03\x04 and nothing else", "end is missing"),
    ],
)
def test_what_is_wrong_is_said(content, sentence):
    with pytest.raises(DataFileError, match=sentence):
        members(io.BytesIO(content), "file")
        read(content)


def test_a_wrong_checksum_is_found():
    content = bytearray(npz(x=np.zeros(1000)))
    content[len(content) // 2] ^= 1
    with pytest.raises(DataFileError, match="damaged"):
        read(bytes(content), "x")


def test_a_zip_without_arrays_is_no_data():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    with pytest.raises(DataFileError, match="save the table as CSV"):
        members(file, "sheet.xlsx")


def test_a_header_that_asks_for_too_much_memory_is_refused_before_the_numbers_are_read(monkeypatch):
    monkeypatch.setattr(memory, "available_memory", lambda: 10**9)
    content = bytes([0, 0, 8, 3]) + struct.pack(">3I", 2**31, 28, 28)
    assert members(io.BytesIO(content), "file")[0].shape == (2**31, 28, 28)
    with pytest.raises(DataFileError, match="it was not read"):
        read(content)


@given(st.binary(max_size=200), st.sampled_from([b"", b"\x00\x00\x08", b"\x1f\x8b", b"PK\x03\x04"]))
def test_any_bytes_give_arrays_or_a_sentence(content, begin):
    try:
        for member in members(io.BytesIO(begin + content), "file"):
            read(begin + content, member.name)
    except DataFileError as error:
        assert str(error)


@given(st.data())
def test_any_damage_gives_arrays_or_a_sentence(data):
    packed = gzip.compress(idx(IMAGES), mtime=0)
    content = bytearray(data.draw(st.sampled_from([npz(True, x=IMAGES), npz(x=IMAGES), packed])))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(4, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        for member in members(io.BytesIO(content), "file"):
            read(bytes(content), member.name)
    except DataFileError as error:
        assert str(error)
