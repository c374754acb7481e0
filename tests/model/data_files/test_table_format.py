import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.data_files.error import DataFileError
from model.data_files.table_format import DELIMITERS, TableFormat, guess_format, is_missing, number


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a,b\n1,2\n", TableFormat(delimiter=",", header=True)),
        ("1,2\n3,4\n", TableFormat(delimiter=",", header=False)),
        ("a;b\n1,5;2,5\n", TableFormat(delimiter=";", decimal=",", header=True)),
        ("a;b\n1.5;2.5\n", TableFormat(delimiter=";", decimal=".", header=True)),
        ("a\tb\n1\tx, y\n2\tz\n", TableFormat(delimiter="\t", header=True)),
        ("a|b\n1|2\n", TableFormat(delimiter="|", header=True)),
        ('"x, y",b\n1,2\n', TableFormat(delimiter=",", header=True)),  # the comma in quotes parts nothing
        ("sex,colour\nm,red\nf,green\nm,red\n", TableFormat(header=True)),  # names that come only once
        ("m,red\nf,green\nm,red\n", TableFormat(header=False)),
    ],
)
def test_the_format_is_found_out(text, found):
    assert guess_format(text.encode()) == found


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("größe,b\n1,2\n".encode(), "utf-8"),
        ("größe,b\n1,2\n".encode("utf-8-sig"), "utf-8-sig"),
        ("größe,b\n1,2\n".encode("utf-16"), "utf-16"),
        ("größe,b\n1,2\n".encode("latin-1"), "latin-1"),
        ("größe,b\n1,2\nö".encode()[:-1], "utf-8"),  # the last letter is cut where the beginning ends
    ],
)
def test_the_encoding_is_found_out(content, encoding):
    assert guess_format(content).encoding == encoding


@pytest.mark.parametrize("content", [b"", b" \n\n", "﻿".encode()])
def test_nothing_is_said_to_be_empty(content):
    with pytest.raises(DataFileError, match="empty"):
        guess_format(content)


@pytest.mark.parametrize("content", [b"\x00\x01\x02\x03", b"\x89PNG\r\n\x1a\n\x00", b"a,b\n1,\x07\n"])
def test_what_is_no_text_is_refused(content):
    with pytest.raises(DataFileError, match="no text has"):
        guess_format(content)


@given(st.binary(max_size=400))
def test_any_bytes_give_a_format_or_a_sentence(content):
    try:
        assert guess_format(content).delimiter in DELIMITERS
    except DataFileError as error:
        assert str(error)


@pytest.mark.parametrize("cell", ["", "  ", "NA", "n/a", "NaN", "null", "?", "-"])
def test_missing(cell):
    assert is_missing(cell)


@pytest.mark.parametrize(
    ("cell", "mark", "value"), [("1.5", ".", 1.5), ("1,5", ",", 1.5), (" -2e3 ", ".", -2000), ("7", ",", 7)]
)
def test_numbers(cell, mark, value):
    assert number(cell, mark) == value


@pytest.mark.parametrize(
    ("cell", "mark"), [("1_000", "."), ("1,5", "."), ("one", "."), ("", "."), ("1.005", ","), ("1.005,5", ",")]
)
def test_what_is_no_number(cell, mark):
    with pytest.raises(ValueError):
        number(cell, mark)
