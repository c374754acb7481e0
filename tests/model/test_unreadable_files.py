"""Files that cannot be read: whatever is in them, one sentence says what is wrong, and where."""

import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.experiment_file import ExperimentError, from_json, from_plain, to_json

LEAST = {
    "format": "downhill-experiment",
    "version": 1,
    "data": {"dataset": {"type": "spiral"}},
    "network": {"layers": [{"type": "affine", "units": 4}, {"type": "tanh"}, {"type": "affine", "units": 1}]},
}


def refusal(file):
    with pytest.raises(ExperimentError) as caught:
        from_json(file if isinstance(file, bytes | str) else json.dumps(file))
    error = caught.value
    sentence = str(error.message)
    assert str(error) == f"{error.place}: {sentence}"
    # Nothing of msgspec's own words or of a form that was not filled in; what stands in the file may be quoted.
    assert sentence and "\n" not in sentence and ("`" not in sentence or "`" in str(file))
    assert "{" not in sentence.replace("{}", "")
    return error.place, sentence


@pytest.mark.parametrize("file", [b"", b" \n", ""])
def test_an_empty_file(file):
    assert refusal(file) == ("$", "the file is empty")


def test_a_file_cut_off_anywhere():
    whole = to_json(from_plain(LEAST)).rstrip()
    for end in range(1, len(whole)):
        assert refusal(whole[:end]) == ("$", "the file ends too early: something is missing at its end")


def test_a_file_cut_off_inside_a_letter():
    assert refusal('{"a": "ö'.encode()[:-1]) == ("$", "the file ends too early: something is missing at its end")


@pytest.mark.parametrize(
    ("file", "place"),
    [
        (b'{"a":NaN}', "line 1, column 6"),
        (b'{\n  "a": 1,\n}', "line 3, column 1"),
        ('{"ä": 1,\n "ö" 2}'.encode(), "line 2, column 6"),
        (b"hello", "line 1, column 1"),
        (b"{}x", "line 1, column 4"),
        (b"\xef\xbb\xbf{,}", "line 1, column 2"),
    ],
)
def test_not_json(file, place):
    assert refusal(file) == ("$", f"this is not JSON: look at {place}")


@pytest.mark.parametrize("number", ["1e999", "-1e999", "1" * 5000])
def test_a_number_without_end(number):
    file = json.dumps(LEAST).replace('"version": 1', f'"version": {number}')
    assert refusal(file) == ("$", "a number in this file is too large to be read")


@pytest.mark.parametrize("file", [b"\xff\xfe{\x00}\x00", b'{"a": "\xff"}', bytes(range(256)), "\ud800", b"\xf0\x28"])
def test_not_utf_8(file):
    assert refusal(file) == ("$", "this is not a text in UTF-8, as JSON has to be")


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_nested_without_end(opening):
    assert refusal(opening * 100_000) == ("$", "lists and objects stand inside each other too deeply")


@settings(max_examples=200)
@given(file=st.binary(max_size=50))
def test_any_bytes_end_in_a_sentence(file):
    refusal(file)


def test_a_file_of_the_future():
    future = {**LEAST, "version": 2, "quantum": True}
    assert refusal(future) == ("$.version", "the file is of version 2, this Downhill reads version 1; update it")
    assert refusal({"format": "other", "version": 2})[0] == "$.format"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(st.text(max_size=8), children, max_size=3),
    max_leaves=5,
)
FULL = json.loads(to_json(from_plain({**LEAST, "optimizer": {"type": "adam"}, "stop": {"step": 5, "loss": 0.1}})))


def places(value, path=()):
    yield path
    for key, child in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from places(child, (*path, key))


@settings(max_examples=100)
@given(path=st.sampled_from(list(places(FULL))[1:]), how=st.sampled_from(["set", "delete", "add"]), data=st.data())
def test_a_damaged_file_is_read_or_refused_in_one_sentence(path, how, data):
    damaged = copy.deepcopy(FULL)
    at = damaged
    for key in path[:-1]:
        at = at[key]
    if how == "set":
        at[path[-1]] = data.draw(json_values)
    elif how == "delete":
        del at[path[-1]]
    elif isinstance(at, dict):
        at[data.draw(st.text(max_size=8))] = data.draw(json_values)
    try:
        experiment = from_plain(damaged)
    except ExperimentError as error:
        refusal(json.dumps(damaged))
        assert error.place != "$"
    else:
        assert from_json(to_json(experiment)) == experiment
