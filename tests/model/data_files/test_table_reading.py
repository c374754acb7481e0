import csv
import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.data_files import memory, table_reading
from model.data_files.error import DataFileError
from model.data_files.table_format import TableFormat
from model.data_files.table_reading import check_table_room, read_table


def read(text, wanted=None):
    return read_table(io.BytesIO(text if isinstance(text, bytes) else text.encode()), wanted)


def test_numbers_are_read_as_they_are_written():
    table = read("a,b\n1,2.5\n-3e2,0.1\n")
    assert [column.name for column in table.columns] == ["a", "b"]
    assert table.numbers.tolist() == [[1.0, 2.5], [-300.0, 0.1]]
    assert [column.kinds(table.rows) for column in table.columns] == [("number", "category")] * 2


@given(
    st.lists(
        st.tuples(st.floats(allow_nan=False, allow_infinity=False), st.floats(allow_nan=False, allow_infinity=False)),
        min_size=1,
        max_size=30,
    )
)
def test_every_float_comes_back_to_the_last_bit(rows):
    text = "".join(f"{a!r},{b!r}\n" for a, b in rows)
    table = read(text, TableFormat(header=False))
    np.testing.assert_array_equal(table.numbers, np.array(rows))


def test_texts_become_codes_also_of_rows_before_the_first_text():
    table = read("a,b\n1,x\n2,y\nred,x\n1,\n")
    first, second = table.columns
    assert first.texts == {"1": 0, "2": 1, "red": 2}
    assert list(first.codes) == [0, 1, 2, 0]
    assert (second.texts, list(second.codes)) == ({"x": 0, "y": 1}, [0, 1, 0, -1])
    assert (second.missing, second.first_missing) == (1, 5)
    assert first.first_wrong == (4, "red")
    assert first.kinds(table.rows) == ("number", "category")  # one text among three numbers: rather a slip
    assert second.kinds(table.rows) == ("category",)


def test_many_different_texts_are_no_categories():
    table = read("name,x\n" + "".join(f"row {i},{i}\n" for i in range(300)))
    assert table.columns[0].texts is None
    assert table.columns[0].kinds(300) == ()
    assert table.columns[1].kinds(300) == ("number",)


def test_missing_and_infinite_cells_are_counted_with_the_row_of_the_first():
    table = read("a,b\n1,2\n\n,inf\nNA,3\n")
    assert (table.columns[0].missing, table.columns[0].first_missing) == (2, 4)  # the empty line counts as a row
    assert (table.columns[1].wrong, table.columns[1].first_wrong) == (1, (4, "inf"))
    assert table.rows == 3


def test_a_row_of_another_length_is_named():
    with pytest.raises(DataFileError, match=r"row 4 has 3 cells and the first row 2"):
        read("a,b\n1,2\n3,4\n5,6,7\n")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_every_encoding_is_read(encoding):
    table = read("größe,b\n1,ä\n2,ö\n".encode(encoding))
    assert table.columns[0].name == "größe"
    assert set(table.columns[1].texts) == {"ä", "ö"}


def test_a_letter_that_is_no_utf_8_far_behind_the_beginning_makes_it_latin_1():
    text = b"a,b\n" + b"1,x\n" * 20_000 + "2,ö\n".encode("latin-1")
    table = read(text)
    assert table.format.encoding == "latin-1"
    assert set(table.columns[1].texts) == {"x", "ö"}


def test_another_encoding_than_the_person_says_is_a_sentence():
    with pytest.raises(DataFileError, match="not written in utf-8"):
        read("a,b\n1,ö\n".encode("latin-1"), TableFormat())


def test_names_are_made_where_there_are_none_or_the_same_twice():
    assert [column.name for column in read("a,a,\n1,2,3\n").columns] == ["a", "a (2)", "column 3"]
    assert [column.name for column in read("1,2\n").columns] == ["column 1", "column 2"]


def test_cells_in_quotes_may_hold_everything():
    table = read('a,b\n1,"x, ""y""\nz"\n2,w\n')
    assert list(table.columns[1].texts) == ['x, "y"\nz', "w"]


def test_only_names_are_no_table():
    with pytest.raises(DataFileError, match="not one row"):
        read("a,b\n", TableFormat())


@given(
    st.binary(max_size=300),
    st.sampled_from([None, *(TableFormat(delimiter=d, header=h) for d in ",;" for h in (0, 1))]),
)
def test_any_bytes_give_a_table_or_a_sentence(content, wanted):
    try:
        assert read(content, wanted).rows > 0
    except DataFileError as error:
        assert str(error)


@given(st.lists(st.lists(st.text(max_size=6), min_size=2, max_size=2), min_size=1, max_size=20))
def test_any_cells_are_read_as_pythons_own_reader_reads_them(rows):
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    try:
        table = read(text.getvalue(), TableFormat(header=False))
    except DataFileError:
        return
    expected = [row for row in csv.reader(io.StringIO(text.getvalue(), newline="")) if row]
    assert [list(row) for row in table.preview] == expected


def test_a_table_that_does_not_fit_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(memory, "available_memory", lambda: 10_000)
    head = b"1,2\n" * 100
    check_table_room(head, 400)
    with pytest.raises(DataFileError, match="it was not read"):
        check_table_room(head, 40_000)


def test_reading_in_pieces_changes_nothing(monkeypatch):
    text = "a,b,c\n" + "".join(f"{i},{i % 3},{'xyz'[i % 3]}\n" for i in range(100))
    whole = read(text)
    monkeypatch.setattr(table_reading, "AT_ONCE", 7)
    pieces = read(text)
    np.testing.assert_array_equal(whole.numbers, pieces.numbers)
    assert [column.texts for column in whole.columns] == [column.texts for column in pieces.columns]
    assert list(whole.columns[2].codes) == list(pieces.columns[2].codes) == [i % 3 for i in range(100)]


def test_whoever_watches_may_end_it():
    class EnoughError(Exception):
        pass

    def watch(share):
        if share > 0.3:
            raise EnoughError

    with pytest.raises(EnoughError):
        read_table(io.BytesIO(b"1,2\n" * 50_000), None, watch)
