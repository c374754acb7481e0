"""Arrays from files: npz, as NumPy writes it, and IDX, the format of MNIST, both also packed with gzip.

What an array is made of stands at its beginning, so its memory is known before the first number of it is read. Nothing
of a file is ever executed: npz files can hold Python objects, which are refused.

An IDX file: two zero bytes, one that says what a number is made of, one with the number of axes; then the length of
each axis in four bytes, the highest first, then the numbers (Y. LeCun, C. Cortes, C. Burges, "The MNIST database").
"""

import gzip
import math
import struct
import zipfile
import zlib
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any, BinaryIO, cast

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from model.arrays import Shape
from model.data_files.error import DataFileError, Watch, damaged, quoted, unwatched
from model.data_files.memory import check_room
from model.message import QT_TRANSLATE_NOOP

GZIP, ZIP, IDX = b"\x1f\x8b", b"PK\x03\x04", b"\x00\x00"
KINDS = {0x08: "u1", 0x09: "i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}  # of IDX
READ = "biufUS"  # kinds of NumPy's arrays that are read: truth, numbers, texts
MOST_AXES = 4
BLOCK = 2**20  # bytes

Array = NDArray[Any]

# All that the readers raise where the bytes are not what they should be.
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
    SyntaxError,
    TypeError,
    KeyError,
    IndexError,
    RecursionError,
)


@dataclass(frozen=True)
class Member:
    """An array in a file, before it is read."""

    name: str  # in an npz file; "" in an IDX file, which holds one
    shape: Shape
    kind: str  # of its numbers, as NumPy writes it: "|u1", "<f8"

    @property
    def size(self) -> int:
        """How many numbers it has."""
        return math.prod(self.shape)


def is_arrays(head: bytes) -> bool:
    """Whether a file that begins so holds arrays, and no table."""
    return head.startswith((GZIP, ZIP)) or (head.startswith(IDX) and len(head) > 3 and head[2] in KINDS)


def members(file: BinaryIO, name: str) -> tuple[Member, ...]:
    """The arrays in a file, called `name` in what is said about it. Raises DataFileError."""
    with _sound(name):
        if _begin(file).startswith(ZIP):
            with zipfile.ZipFile(file) as archive:
                found = [info for info in archive.infolist() if info.filename.endswith(".npy")]
                if not found:
                    raise DataFileError(
                        QT_TRANSLATE_NOOP(
                            "model",
                            "{name} holds no arrays of NumPy; of a spreadsheet, save the table as CSV and open that",
                        ),
                        name=name,
                    )
                return tuple(_of_npz(archive, info) for info in found)
        with _unpacked(file) as plain:
            return (_idx_header(plain, name),)


def read_member(file: BinaryIO, name: str, member: str, watch: Watch = unwatched) -> Array:
    """One array of a file. Raises DataFileError, and what `watch` raises."""
    with _sound(name):
        if _begin(file).startswith(ZIP):
            with zipfile.ZipFile(file) as archive:
                return _read_npy(archive, member, watch)
        with _unpacked(file) as plain:
            header = _idx_header(plain, name)
            found = _read_numbers(plain, np.dtype(header.kind), header.shape, watch)
            if plain.read(1):
                raise DataFileError(
                    QT_TRANSLATE_NOOP(
                        "model",
                        "{name} is longer than its header says ({count:,} numbers): it is damaged, or no IDX file",
                    ),
                    name=name,
                    count=header.size,
                )
            return found


def _begin(file: BinaryIO) -> bytes:
    file.seek(0)
    head = file.read(4)
    file.seek(0)
    return head


@contextmanager
def _unpacked(file: BinaryIO) -> Generator[IO[bytes]]:
    if _begin(file).startswith(GZIP):
        with gzip.GzipFile(fileobj=file) as plain:
            yield cast("IO[bytes]", plain)
    else:
        yield file


@contextmanager
def _sound(name: str) -> Generator[None]:
    """Whatever is wrong with the bytes becomes one sentence."""
    try:
        yield
    except (*DAMAGE, OSError) as error:
        raise damaged(name) from error
    except MemoryError as error:
        raise DataFileError(
            QT_TRANSLATE_NOOP("model", "there is not enough memory for the arrays in {name}"), name=name
        ) from error


def _idx_header(file: IO[bytes], name: str) -> Member:
    magic = file.read(4)
    if len(magic) < 4 or not magic.startswith(IDX) or magic[2] not in KINDS or not 1 <= magic[3] <= MOST_AXES:
        raise DataFileError(
            QT_TRANSLATE_NOOP(
                "model", "{name} is no IDX file: it begins with {magic} in place of 0, 0, the kind and the axes"
            ),
            name=name,
            magic=", ".join(str(byte) for byte in magic) or "nothing",
        )
    lengths = file.read(4 * magic[3])
    shape = struct.unpack(f">{magic[3]}I", lengths)
    return Member("", tuple(shape), KINDS[magic[2]])


def _of_npz(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Member:
    _check_packing(info)
    with archive.open(info) as file:
        shape, _, kind = _npy_header(file)
    return Member(info.filename.removesuffix(".npy"), shape, kind.str)


def _read_npy(archive: zipfile.ZipFile, member: str, watch: Watch) -> Array:
    info = archive.NameToInfo.get(f"{member}.npy")
    if info is None:
        raise DataFileError(QT_TRANSLATE_NOOP("model", 'there is no array "{name}" in the file'), name=quoted(member))
    _check_packing(info)
    with archive.open(info) as file:
        shape, fortran, kind = _npy_header(file)
        if kind.kind not in READ:
            raise DataFileError(
                QT_TRANSLATE_NOOP(
                    "model",
                    'the array "{name}" holds Python objects, which may do harm when they are read: save it as numbers',
                )
                if kind.hasobject
                else QT_TRANSLATE_NOOP("model", 'the array "{name}" holds neither numbers nor texts'),
                name=quoted(member),
            )
        if fortran:  # the first index runs fastest: as if the axes stood the other way round
            return np.ascontiguousarray(_read_numbers(file, kind, shape[::-1], watch).T)
        return _read_numbers(file, kind, shape, watch)


def _check_packing(info: zipfile.ZipInfo) -> None:
    # The other ways of packing unpack into memory at a single byte's asking; 1: under a password.
    if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} or info.flag_bits & 1:
        raise zipfile.BadZipFile


def _npy_header(file: IO[bytes]) -> tuple[Shape, bool, np.dtype[Any]]:
    version = npy.read_magic(file)
    if version == (1, 0):
        return npy.read_array_header_1_0(file)
    if version == (2, 0):
        return npy.read_array_header_2_0(file)
    raise ValueError(version)


def _read_numbers(file: IO[bytes], kind: np.dtype[Any], shape: Shape, watch: Watch) -> Array:
    """An array of this shape, block by block straight into its place."""
    size = math.prod(shape)
    check_room(-(-size * kind.itemsize // 8))
    found = np.empty(size, kind)
    room = found.view(np.uint8)
    done = 0
    while done < len(room):
        block = file.read(min(BLOCK, len(room) - done))
        if not block:
            raise EOFError
        room[done : done + len(block)] = np.frombuffer(block, np.uint8)
        done += len(block)
        watch(done / len(room))
    return found.reshape(shape)
