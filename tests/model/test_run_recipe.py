"""The recipe alone: what is written is read, and what cannot have been a run is refused in one sentence."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from model import run_recipe
from model.data import Data
from model.datasets import Gaussians, Iris
from model.experiment import Stop
from model.interventions import ChangeData, ChangeOptimizer, SetParameter
from model.optimizers import SGD
from model.run_recipe import RunFileError, from_recipe_json, recipe_json
from model.saved_run import SavedBranch, SavedRun
from model.starters import starter
from tests.fuzz.real_runs import interventions

SPIRAL = starter("spiral")
CHANGES = interventions(SPIRAL)  # optimizer 20, parameter 30, optimizer 60, batch size 60, data 100
RUN = SavedRun(
    (SavedBranch("first", SPIRAL, CHANGES, 200), SavedBranch("second", SPIRAL, CHANGES[:2], 90, 0, 50)), 1, 70
)
PLAIN = json.loads(recipe_json(RUN))


def changed(path, value):
    """The recipe with another value at a path such as "branches.0.steps"."""
    made = json.loads(json.dumps(PLAIN))
    at = made
    *way, last = [int(key) if key.isdigit() else key for key in path.split(".")]
    for key in way:
        at = at[key]
    at[last] = value
    return json.dumps(made).encode()


def refusal(text):
    with pytest.raises(RunFileError) as caught:
        from_recipe_json(text)
    return caught.value.place, str(caught.value.message)


def test_a_recipe_comes_back():
    found = from_recipe_json(recipe_json(RUN))
    assert (found.current, found.position, found.notes) == (1, 70, ())
    for one, other in zip(RUN.branches, found.branches, strict=True):
        assert (one.name, one.experiment, one.interventions) == (other.name, other.experiment, other.interventions)
        assert (one.steps, one.parent, one.parted_at) == (other.steps, other.parent, other.parted_at)
        assert other.losses is None and other.checkpoints == ()
    assert recipe_json(found) == recipe_json(RUN)


def test_early_stopping_that_has_lost_its_samples_on_the_way_loses_no_run():
    """Few samples to begin with, more and early stopping later: the beginning is kept with a part that is empty."""
    few = Data(dataset=Gaussians(samples=10), validation=0.01)
    experiment = structs.replace(SPIRAL, data=few, stop=Stop(patience=3))
    more = ChangeData(step=5, data=structs.replace(few, dataset=Gaussians(samples=500)))
    run = SavedRun((SavedBranch("", experiment, (more,), 90),), 0, 70)
    assert from_recipe_json(recipe_json(run)).branches[0].experiment == experiment


def test_it_begins_with_format_and_version():
    assert list(PLAIN) == ["format", "version", "current", "position", "branches"]
    assert (PLAIN["format"], PLAIN["version"]) == ("downhill-run", 1)


@pytest.mark.parametrize(
    ("path", "value", "place", "sentence"),
    [
        ("version", 2, "$.version", "the file is of version 2, this Downhill reads version 1; update it"),
        ("version", "1", "$.version", 'must be 1, not "1"'),
        ("format", "other", "$.format", 'must be "downhill-run", not "other"'),
        ("extra", 1, "$.extra", "is not known here"),
        ("current", 2, "$.current", "there is no branch 2; the last one is 1"),
        ("current", -1, "$.current", "must be a whole number, at least 0, not -1"),
        ("position", 91, "$.position", "step 91 lies behind the last one, 90"),
        ("branches", [], "$.branches", "must be a list, at least 1 long"),
        ("branches.0.steps", None, "$.branches[0].steps", "must be a whole number, at least 0"),
        ("branches.0.steps", 10**30, "$.branches[0].steps", "must be a whole number, at least 0"),
        ("branches.0.steps", 80, "$.branches[0].interventions[4].step", "step 100 lies behind the last one, 80"),
        ("branches.0.parent", 1, "$.branches[0].parent", "a branch leaves one that stands before it in the file"),
        ("branches.1.parent", 1, "$.branches[1].parent", "a branch leaves one that stands before it in the file"),
        ("branches.1.parted_at", 91, "$.branches[1].parted_at", "step 91 lies behind the last one, 90"),
        ("branches.0.name", 5, "$.branches[0].name", "must be a text, not 5"),
        ("branches.0.arrays", ["code"], "$.branches[0].arrays[0]", "must be one of"),
        ("branches.0.experiment.version", 7, "$.branches[0].experiment.version", "the file is of version 7"),
        ("branches.0.experiment.data.test", 1.5, "$.branches[0].experiment.data.test", "must be a number"),
        ("branches.1.experiment.network.layers", [], "$.branches[1].experiment.network.layers", "must be a list"),
        ("branches.0.experiment.data.features", ["x1", "x1"], "$.branches[0].experiment.data.features[1]", "twice"),
        ("branches.0.interventions.1.step", 19, "$.branches[0].interventions[1].step", "out of order"),
        ("branches.0.interventions.1.step", -1, "$.branches[0].interventions[1].step", "must be a whole number"),
        ("branches.0.interventions.1.type", "code", "$.branches[0].interventions[1].type", "must be one of"),
        ("branches.0.interventions.1.layer", 1, "$.branches[0].interventions[1].name", "has no parameters layers[1]"),
        ("branches.0.interventions.1.name", "w", "$.branches[0].interventions[1].name", 'no parameters layers[0]."w"'),
        ("branches.0.interventions.1.at", [0], "$.branches[0].interventions[1].at", "no number at [0] in an array"),
        ("branches.0.interventions.1.at", [2, 0], "$.branches[0].interventions[1].at", "in an array of 2 × 8"),
        ("branches.0.interventions.1.value", None, "$.branches[0].interventions[1].value", "must be a number"),
        ("branches.0.interventions.3.size", 0, "$.branches[0].interventions[3].size", "must be a whole number"),
        ("branches.0.interventions.4.data.test", 1, "$.branches[0].interventions[4].data.test", "below 1"),
        ("branches.0.interventions.4.data.validation", 0.9, "$.branches[0].interventions[4].data.test", "no sample"),
        ("branches.0.interventions.4.data.features", ["x1"], "$.branches[0].interventions[4].data", "same shape"),
        ("branches.0.interventions.4.data.dataset", {"type": "iris"}, "$.branches[0].interventions[4].data", "shape"),
        ("branches.0.interventions.4.data.dataset", {"type": "plane"}, "$.branches[0].interventions[4].data", "task"),
    ],
)
def test_what_cannot_have_been_a_run(path, value, place, sentence):
    found_place, found = refusal(changed(path, value))
    assert found_place == place
    assert sentence in found and "\n" not in found


def test_data_of_more_classes_does_not_fit_the_network():
    """Four features of a point are of the same shape as an iris, but there are three kinds of iris."""
    four = structs.replace(SPIRAL.data, features=("x1", "x2", "x1^2", "x2^2"))
    change = ChangeData(step=1, data=Data(dataset=Iris()))
    with pytest.raises(RunFileError) as caught:
        recipe_json(SavedRun((SavedBranch("a", structs.replace(SPIRAL, data=four), (change,), 5),), 0, 0))
    assert caught.value.place == "$.branches[0].interventions[0]"
    assert "has 3 classes" in str(caught.value.message)


@pytest.mark.parametrize("text", [b"", b"{", b"[[[", b"\xff", b'{"format": NaN}', b"[" * 10**5])
def test_not_json(text):
    assert refusal(text)[0] == "$"


@pytest.mark.parametrize("text", [b"null", b"1", b"[]", b"{}", b'"x"', b'{"format": "downhill-run", "branches": [1]}'])
def test_json_of_something_else(text):
    refusal(text)


def test_too_long_a_recipe(monkeypatch):
    monkeypatch.setattr(run_recipe, "MOST_BYTES", 100)
    assert "too long" in refusal(recipe_json_unchecked())[1]
    assert recipe_json(RUN)  # a run that there is can always be saved


def test_more_interventions_than_are_read(monkeypatch):
    monkeypatch.setattr(run_recipe, "MOST_INTERVENTIONS", len(CHANGES) + 1)
    assert refusal(recipe_json_unchecked()) == ("$.branches", "there are 10 interventions; at most 9 are allowed")
    assert recipe_json(RUN)


def test_what_a_branch_has_of_its_parent_is_written_once():
    assert [each["inherited"] for each in PLAIN["branches"]] == [0, 2]
    assert PLAIN["branches"][1]["interventions"] == []
    whole = json.loads(json.dumps(PLAIN))  # each with all of its own
    whole["branches"][1]["interventions"] = PLAIN["branches"][0]["interventions"][:2]
    del whole["branches"][1]["inherited"]
    for text in (recipe_json(RUN), json.dumps(whole).encode()):
        assert from_recipe_json(text).branches[1].interventions == CHANGES[:2]
    assert refusal(changed("branches.1.inherited", 5)) == (
        "$.branches[1].interventions[4].step",
        "step 100 lies behind the last one, 90",
    )


def test_a_slider_dragged_for_minutes_in_many_branches_can_be_saved(monkeypatch):
    drag = tuple(ChangeOptimizer(step=step, optimizer=SGD(learning_rate=1 / (step + 2))) for step in range(3600))
    branches = [SavedBranch("", SPIRAL, drag, 3600)]
    for place in range(1, 50):
        own = ChangeOptimizer(step=3600, optimizer=SGD(learning_rate=place))
        branches.append(SavedBranch("", SPIRAL, (*branches[-1].interventions, own), 3600, place - 1, 3600))
    text = recipe_json(SavedRun(tuple(branches), 0, 0))
    assert len(text) < 2**20
    assert [each.interventions for each in from_recipe_json(text).branches] == [each.interventions for each in branches]


def recipe_json_unchecked():
    return json.dumps(PLAIN).encode()


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_value_that_json_cannot_say_is_not_written(value):
    change = SetParameter(step=1, layer=0, name="weights", at=(0, 0), value=value)
    with pytest.raises(RunFileError) as caught:
        recipe_json(SavedRun((SavedBranch("a", SPIRAL, (change,), 5),), 0, 0))
    assert caught.value.place == "$.branches[0].interventions[0].value"


@settings(max_examples=100)
@given(text=st.binary(max_size=60))
def test_any_bytes_end_in_a_sentence(text):
    refusal(text)
