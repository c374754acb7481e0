import msgspec
import pytest
from msgspec import structs

from model.data_files.error import DataFileError
from model.search.search_spec import NO_VALIDATION, STARTUP, from_json, problems, to_json
from model.search.space import Choice, Range


def sentences(spec, **changes):
    return [str(each) for each in problems(structs.replace(spec, **changes))]


def test_a_search_is_json_by_names(spec):
    assert from_json(to_json(spec)) == spec
    assert '"format":"downhill-search"' in to_json(spec)


def test_a_search_of_another_version_is_refused(spec):
    with pytest.raises(msgspec.ValidationError):
        from_json(to_json(structs.replace(spec, version=2)))


def test_a_good_search_has_no_problem(spec):
    assert sentences(spec) == []


@pytest.mark.parametrize(
    ("axes", "sentence"),
    [
        ((), "Nothing varies"),
        ((Range(path="optimizer.momentum", low=0, high=1),), "optimizer.momentum: the experiment has no such"),
        ((Range(path="optimizer.learning_rate", low=1, high=0.1),), "1 to 0.1 must begin below its end"),
        ((Range(path="optimizer.learning_rate", low=0, high=1, scale="log"),), "begins above 0, not at 0"),
        ((Range(path="network.layers[0].units", low=0, high=4, whole=True),), "$.network.layers[0].units: must be"),
        ((Choice(path="network.layers[*].weights", options=("he",)),), "at least two kinds"),
        ((Choice(path="network.layers[*].weights", options=("he", "no")),), "must be one of"),
        ((Range(path="batches.size", low=1, high=4, whole=True),) * 2, "varies twice"),
    ],
)
def test_what_cannot_be_searched_is_said_in_one_sentence(spec, axes, sentence):
    found = sentences(spec, axes=axes)
    assert len(found) == 1 and sentence in found[0]


def test_a_grid_without_enough_points(spec):
    rules = (Choice(path="network.layers[*].weights", options=("he", "xavier")),)
    assert "2 different points" in sentences(spec, axes=rules, method="grid", trials=3)[0]
    assert sentences(spec, axes=rules, method="grid", trials=2) == []


def test_without_a_validation_part_there_is_nothing_to_choose_by(spec):
    blind = structs.replace(spec.experiment, data=structs.replace(spec.experiment.data, validation=0.0))
    assert sentences(spec, experiment=blind) == [NO_VALIDATION]
    tiny = structs.replace(spec.experiment, data=structs.replace(spec.experiment.data, validation=1e-6))
    assert sentences(spec, experiment=tiny) == [NO_VALIDATION]


def test_data_that_cannot_be_read_is_said(spec, monkeypatch):
    def moved(data):
        raise DataFileError("{name} is not there any more", name="mine.csv")

    monkeypatch.setattr("model.search.search_spec.load", moved)
    assert sentences(spec) == ["The data cannot be read: mine.csv is not there any more."]


def test_more_trials_leave_it_the_same_search_unless_it_is_a_grid(spec):
    more = structs.replace(spec, trials=99)
    assert spec.same_as(more) and not spec.same_as(structs.replace(spec, seed=2))
    grid = structs.replace(spec, method="grid")
    assert grid.same_as(grid) and not grid.same_as(structs.replace(grid, trials=99))


def test_the_tpe_begins_by_chance(spec):
    tpe = structs.replace(spec, method="tpe", trials=STARTUP + 5)
    assert tpe.values_at(STARTUP - 1) == spec.values_at(STARTUP - 1) is not None
    assert tpe.values_at(STARTUP) is None
