"""Arrays inside a zip, each a member in NumPy's own format: `np.load("spiral.downhill")` opens them as well.

A .npy file is a line of text and then the bare numbers:

    \\x93NUMPY 1 0, length of the text, {'descr': '<f8', 'fortran_order': False, 'shape': (5000, 3), }

The reader knows from the recipe what has to stand there and takes nothing else. That is what makes it safe: no number
in the file says how much memory is asked for, and nothing is made of it but arrays.
"""

import json
import math
import re
import struct
import zipfile
import zlib
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from model.arrays import Shape
from model.message import QT_TRANSLATE_NOOP, Message

MAGIC = b"\x93NUMPY\x01\x00"
HEADER = re.compile(rb"\{'descr': '(\S\w\d)', 'fortran_order': False, 'shape': \(([\d, ]{0,60})\), \} *\n")
LONGEST_HEADER = 1000  # bytes
LONGEST_NAME = 80  # characters, of what the file says
DATE = (1980, 1, 1, 0, 0, 0)  # the first that a zip can name: the same run gives the same bytes
UNIX, READABLE = 3, 0o644  # likewise, on every system
# All that zipfile raises where the bytes are not what they should be.
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
    MemoryError,
)

Array = NDArray[Any]


class MemberError(Exception):
    """A member that is not what the recipe says; `message` is half a sentence, to stand behind its name."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


def write_member(archive: zipfile.ZipFile, name: str, pieces: Iterable[bytes]) -> None:
    """A member made of `pieces`. It is not packed: numbers full of noise hardly shrink."""
    info = zipfile.ZipInfo(name, DATE)
    info.create_system, info.external_attr = UNIX, READABLE << 16
    with archive.open(info, "w") as file:
        for piece in pieces:
            file.write(piece)


def write_array(archive: zipfile.ZipFile, name: str, kind: str, shape: Shape, pieces: Iterable[Array]) -> None:
    """An array of `shape` whose numbers are those of `pieces`, one after the other. `kind`: "<f8", "<i8", "|b1"."""
    text = f"{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}"
    begin = 64 * math.ceil((len(MAGIC) + 2 + len(text) + 1) / 64)  # the numbers begin at a multiple of 64
    length = begin - len(MAGIC) - 2
    header = MAGIC + struct.pack("<H", length) + text.ljust(length - 1).encode() + b"\n"
    write_member(archive, name, chain([header], (piece.astype(kind).tobytes() for piece in pieces)))


class Members:
    """The members of an opened zip, read within a budget of memory."""

    def __init__(self, archive: zipfile.ZipFile, budget: int) -> None:
        """`budget`: bytes that everything read may take together."""
        self._archive = archive
        self._left = budget

    def charge(self, size: int) -> None:
        """Take `size` bytes off the budget. Raises MemberError where they are more than is left."""
        if size > self._left:
            raise MemberError(_too_large())
        self._left -= size

    def whole(self, name: str, most: int) -> bytes:
        """A whole member of at most `most` bytes. Raises MemberError."""
        info = self._info(name)
        if info.file_size > most:
            raise MemberError(_too_large())
        with _sound(), self._archive.open(info) as file:
            return _exactly(file, info.file_size)

    def rows(self, name: str) -> int:
        """How many rows an array says it has, before it is read."""
        with _sound(), self._archive.open(self._info(name)) as file:
            _, shape, _ = _header(file)
            if not shape:
                raise MemberError(_other())
            return shape[0]

    def array(self, name: str, kind: str, shape: Shape) -> Array:
        """The array of this kind and shape, read-only. Raises MemberError where it is anything else."""
        (values,) = self.pieces(name, kind, shape, [math.prod(shape)])
        return values.reshape(shape)

    def pieces(self, name: str, kind: str, shape: Shape, lengths: Sequence[int]) -> list[Array]:
        """The same as vectors of these lengths, each with memory of its own: one can go while the others stay."""
        info, size = self._info(name), np.dtype(kind).itemsize
        with _sound(), self._archive.open(info) as file:
            found_kind, found_shape, begin = _header(file)
            expected = sum(lengths)
            if (found_kind, found_shape, info.file_size) != (kind, shape, begin + size * expected):
                raise MemberError(_other())
            self.charge(size * expected)
            return [np.frombuffer(_exactly(file, size * length), kind) for length in lengths]

    def _info(self, name: str) -> zipfile.ZipInfo:
        info = self._archive.NameToInfo.get(name)
        if info is None:
            raise MemberError(Message(QT_TRANSLATE_NOOP("model", "is missing")))
        # The other ways of packing unpack into memory at a single byte's asking; 1: under a password.
        if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} or info.flag_bits & 1:
            raise MemberError(Message(QT_TRANSLATE_NOOP("model", "is packed in a way that is not read here")))
        return info


@contextmanager
def _sound() -> Generator[None]:
    """Damaged bytes end in a MemberError: their checksum is wrong, or they end too early."""
    try:
        yield
    except DAMAGE as error:
        raise MemberError(Message(QT_TRANSLATE_NOOP("model", "is damaged"))) from error


def _header(file: IO[bytes]) -> tuple[str, Shape, int]:
    """Kind and shape of the array, and where its numbers begin."""
    start = _exactly(file, len(MAGIC) + 2)
    (length,) = struct.unpack("<H", start[len(MAGIC) :])
    if not start.startswith(MAGIC) or length > LONGEST_HEADER:
        raise MemberError(_other())
    found = HEADER.fullmatch(_exactly(file, length))
    if not found:
        raise MemberError(_other())
    shape = tuple(int(size) for size in found[2].decode().split(",") if size.strip())
    return found[1].decode(), shape, len(start) + length


def _exactly(file: IO[bytes], size: int) -> bytes:
    """The next `size` bytes; with the last of a member zipfile compares its checksum."""
    found = file.read(size)
    if len(found) < size:
        raise EOFError
    return found


def _too_large() -> Message:
    return Message(QT_TRANSLATE_NOOP("model", "is too large"))


def _other() -> Message:
    return Message(QT_TRANSLATE_NOOP("model", "is not the array that belongs here"))


def shown(name: str) -> str:
    """A name out of a file, fit for a sentence: on one line, and not too long."""
    quoted = json.dumps(name, ensure_ascii=True)
    return quoted if len(quoted) <= LONGEST_NAME else quoted[:LONGEST_NAME] + "…"
