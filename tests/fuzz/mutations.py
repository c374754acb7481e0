"""Ways to damage a run's file: each takes a random generator and the file's bytes and gives other bytes."""

import io
import json
import struct
import warnings
import zipfile


def members(file):
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def zipped(members, how=zipfile.ZIP_STORED):
    made = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(made, "w", how) as archive:
        warnings.simplefilter("ignore")  # two members of one name
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, how)
    return made.getvalue()


def flip_bits(rng, file):
    damaged = bytearray(file)
    for _ in range(rng.choice((1, 1, 3, 50))):
        damaged[rng.randrange(len(damaged))] ^= 1 << rng.randrange(8)
    return bytes(damaged)


def flip_in_directory(rng, file):
    """The zip's table of contents is small; bits that fall anywhere seldom meet it."""
    start = file.rfind(b"PK\x01\x02") - 500
    damaged = bytearray(file)
    for _ in range(rng.choice((1, 2, 8))):
        damaged[rng.randrange(max(start, 0), len(damaged))] = rng.choice((0, 255, rng.randrange(256)))
    return bytes(damaged)


def truncate(rng, file):
    return file[: rng.randrange(len(file))]


def insert(rng, file):
    at = rng.randrange(len(file))
    return file[:at] + rng.choice((bytes(rng.randrange(1, 2000)), rng.randbytes(50))) + file[at:]


def overwrite(rng, file):
    at, size = rng.randrange(len(file)), rng.randrange(1, 500)
    return file[:at] + rng.choice((bytes(size), b"\xff" * size, rng.randbytes(size))) + file[at + size :]


def noise(rng, file):
    return rng.choice((b"", b"PK\x03\x04", file[:4])) + rng.randbytes(rng.randrange(3000))


def change_members(rng, file):
    parts = members(file)
    place = rng.randrange(len(parts))
    name, content = parts[place]
    match rng.randrange(6):
        case 0:
            parts.append(parts[place])
        case 1:
            del parts[place]
        case 2:
            other = rng.randrange(len(parts))
            parts[place], parts[other] = (name, parts[other][1]), (parts[other][0], content)
        case 3:
            parts[place] = (rng.choice(("../x", "", "a\nb", "x" * 3000, "run.json", name.upper())), content)
        case 4:
            parts[place] = (name, rng.choice((b"", content[:-1], content + b"\0", content[: len(content) // 2])))
        case 5:
            parts[place] = (name, bytes(10**6))
    return zipped(parts, rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)))


def change_array(rng, file):
    """Huge numbers, other types and other orders in the header of an array; damage to its numbers."""
    parts = members(file)
    arrays = [place for place, (name, _) in enumerate(parts) if name.endswith(".npy")]
    if not arrays:
        return change_json(rng, file)
    place = rng.choice(arrays)
    name, content = parts[place]
    (length,) = struct.unpack("<H", content[8:10])
    header, numbers = content[10 : 10 + length].decode(), content[10 + length :]
    shape = header[header.index("(") : header.index(")") + 1]
    kind = header[header.index(": '") + 2 : header.index("',") + 1]
    match rng.randrange(5):
        case 0:
            huge = rng.choice(("(99999999999999999999,)", "(4294967296, 4294967296)", "(-1,)", "()", "(1e9,)", "(0,)"))
            header = header.replace(shape, huge)
        case 1:
            others = ("'|O'", "'<f4'", "'>f8'", "'<i8'", "'|V8'", "[('a', '<f8')]", "'<c16'")
            header = header.replace(kind, rng.choice(others))
        case 2:
            header = header.replace("False", rng.choice(("True", "__import__('os')", "None")))
        case 3:
            size = rng.choice((8, 64, len(numbers)))
            numbers = rng.choice((b"\xff", b"\x7f", b"\x00", b"\x80")) * size + numbers[size:]
        case 4:
            header = rng.choice(("(" * 5000, "\0" * 40, "", header * 30))
    head = content[:8] + struct.pack("<H", min(len(header), 65535)) + header.encode()
    parts[place] = (name, head + numbers)
    return zipped(parts)


STRANGE = (
    None,
    True,
    -1,
    0,
    1,
    2**31,
    2**63,
    10**12,
    10**30,
    0.5,
    1e308,
    "",
    "x",
    "\x00",
    "sgd",
    [],
    {},
    [[]],
    [0] * 999,
)


def change_json(rng, file):
    """Another value or another type somewhere in the recipe; a field more, a field less."""
    parts = members(file)
    recipe = json.loads(parts[0][1])
    at, key = rng.choice(list(places(recipe)))
    match rng.randrange(5):
        case 0 | 1:
            at[key] = rng.choice(STRANGE)
        case 2 if isinstance(at[key], int | float):
            at[key] = rng.choice((at[key] + 1, -at[key], at[key] * 2, at[key] * 10**9))
        case 3 if isinstance(at, dict):
            at[rng.choice(("extra", "type", "`a`\n", "version"))] = rng.choice(STRANGE)
        case _:
            del at[key]
    text = json.dumps(recipe)
    if rng.random() < 0.1:
        text = text.replace(": 1", rng.choice((": NaN", ": 1e999", ": -Infinity", ": " + "9" * 500)), 1)
    parts[0] = (parts[0][0], text.encode())
    return zipped(parts)


def places(value):
    """Every (container, key) in a JSON value."""
    for key, child in list(value.items() if isinstance(value, dict) else enumerate(value)):
        yield value, key
        if isinstance(child, dict | list):
            yield from places(child)


MUTATIONS = (
    flip_bits,
    flip_in_directory,
    truncate,
    insert,
    overwrite,
    noise,
    change_members,
    change_array,
    change_json,
    change_json,
)
