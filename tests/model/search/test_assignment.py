import pytest
from msgspec import structs

from model.experiment_file import ExperimentError
from model.search.assignment import PathError, assigned, evaluation_interval, keys_of, trial_experiment, value_at
from model.starters import starter

XOR = starter("xor")


def test_paths_lead_through_names_and_places():
    assert keys_of("optimizer.learning_rate") == ("optimizer", "learning_rate")
    assert keys_of("network.layers[2].units") == ("network", "layers", 2, "units")
    assert keys_of("network.layers[*].weights") == ("network", "layers", "*", "weights")


@pytest.mark.parametrize("path", ["", ".", "a..b", "a[", "a[x]", "a[-1]", "a b"])
def test_what_is_no_path_is_refused(path):
    with pytest.raises(PathError):
        keys_of(path)


def test_values_replace_fields_and_nothing_else():
    made = assigned(XOR, {"optimizer.learning_rate": 0.01, "network.layers[0].units": 3, "batches.size": 7})
    assert made.optimizer.learning_rate == 0.01 and made.batches.size == 7
    assert [getattr(each, "units", None) for each in made.network.layers] == [3, None, 1]
    back = assigned(made, {"optimizer.learning_rate": 0.2, "network.layers[0].units": 8, "batches.size": 20})
    assert back == XOR


def test_a_star_means_every_layer_that_has_the_field():
    made = assigned(XOR, {"network.layers[*].weights": "he"})
    assert [type(each.weights).__name__ for each in made.network.layers if hasattr(each, "weights")] == ["He", "He"]
    assert value_at(made, "network.layers[*].weights") == {"type": "he"}


def test_a_kind_that_stays_keeps_its_own_numbers():
    normal = assigned(XOR, {"network.layers[*].weights": "normal"})
    wide = assigned(normal, {"network.layers[0].weights.std": 0.3})
    assert assigned(wide, {"network.layers[*].weights": "normal"}).network.layers[0].weights.std == 0.3


@pytest.mark.parametrize("path", ["optimizer.momentum", "network.layers[9].units", "network.layers[*].filters", "no"])
def test_a_place_that_is_not_there(path):
    with pytest.raises(PathError):
        value_at(XOR, path)


def test_a_value_outside_of_the_domain_is_refused_as_in_a_file():
    with pytest.raises(ExperimentError, match=r"\$\.network\.layers\[0\]\.units"):
        assigned(XOR, {"network.layers[0].units": 0})


@pytest.mark.parametrize(("steps", "every"), [(1, 1), (20, 1), (21, 2), (100, 5), (101, 6), (10**9, 10**6)])
def test_a_trial_is_measured_twenty_times(steps, every):
    assert evaluation_interval(steps) == every


def test_a_trial_ends_after_its_steps_and_nowhere_else():
    stop, data = structs.replace(XOR.stop, loss=0.5, patience=3), structs.replace(XOR.data, validation=0.2)
    base = structs.replace(XOR, stop=stop, data=data)
    made = trial_experiment(base, {}, 100)
    assert (made.stop.step, made.stop.loss, made.stop.patience) == (100, None, None)
    assert (made.evaluation.every, made.evaluation.unit) == (5, "step")
