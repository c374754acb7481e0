import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui import network_edits
from model.experiment_file import checked, from_plain
from model.initializers import He, Normal, Xavier
from model.layers import ReLU, Sigmoid, Softmax, Tanh
from model.stages import stages
from model.trainer import Trainer


def experiment(units=(8, 6), outputs=1, dataset="moons", loss="mean_squared_error", last="tanh", flatten=False):
    layers = [{"type": "flatten"}] if flatten else []
    for n in units:
        layers += [{"type": "affine", "units": n}, {"type": "tanh"}]
    layers += [{"type": "affine", "units": outputs}] + ([{"type": last}] if last else [])
    plain = {
        "format": "downhill-experiment",
        "data": {"dataset": {"type": dataset}},
        "network": {"layers": layers},
        "loss": {"type": loss},
    }
    return from_plain(plain)


def sizes(edited):
    return [stage.units for stage in stages(edited.network.layers)]


def initial_weights(edited):
    trainer = Trainer(edited)
    network = trainer.network
    return [network.layout.view(network.parameters, s.affine, "weights").copy() for s in stages(edited.network.layers)]


def test_a_new_layer_is_like_its_neighbour():
    edited = network_edits.add_layer(experiment(), 1)
    assert sizes(edited) == [8, 8, 6, 1]
    assert [type(layer).__name__ for layer in edited.network.layers] == ["Affine", "Tanh"] * 4
    assert network_edits.obstacle(edited) is None


def test_the_first_hidden_layer_of_a_network_without_one():
    assert sizes(network_edits.add_layer(experiment(()), 0)) == [network_edits.UNITS, 1]


def test_a_new_layer_disturbs_no_other_layers_weights():
    before = initial_weights(experiment((4, 4)))
    after = initial_weights(network_edits.add_layer(experiment((4, 4)), 1))
    np.testing.assert_array_equal(after[0], before[0])
    np.testing.assert_array_equal(after[2], before[1])
    np.testing.assert_array_equal(after[3], before[2])
    assert not np.array_equal(after[1], before[1])  # a stream of its own


def test_every_new_layer_has_a_name_of_its_own():
    edited = experiment((2,))
    for _ in range(5):
        edited = network_edits.add_layer(edited, 0)
    names = [edited.network.layers[s.affine].name for s in stages(edited.network.layers)]
    assert len(set(names)) == 7 and "" not in names
    assert network_edits.obstacle(edited) is None


def test_a_new_first_layer_stands_behind_the_flattening():
    edited = network_edits.add_layer(
        experiment((5,), 10, "digits", "softmax_cross_entropy", last=None, flatten=True), 0
    )
    assert [type(layer).__name__ for layer in edited.network.layers[:3]] == ["Flatten", "Affine", "Tanh"]
    edited = network_edits.remove_layer(network_edits.remove_layer(edited, 0), 0)
    assert [type(layer).__name__ for layer in edited.network.layers] == ["Flatten", "Affine"]
    assert network_edits.obstacle(edited) is None


def test_removing_takes_the_activation_along_and_leaves_the_others():
    before = initial_weights(experiment((4, 4, 4)))
    edited = network_edits.remove_layer(experiment((4, 4, 4)), 1)
    assert sizes(edited) == [4, 4, 1] and len(edited.network.layers) == 6
    np.testing.assert_array_equal(initial_weights(edited)[1], before[2])


@pytest.mark.parametrize("column", [-1, 2, 7])
def test_only_a_hidden_layer_can_be_removed(column):
    with pytest.raises(IndexError):
        network_edits.remove_layer(experiment(), column)


def test_units_of_a_hidden_layer():
    assert sizes(network_edits.set_units(experiment(), 0, 9)) == [9, 6, 1]
    assert network_edits.units(experiment(), 1) == 6
    assert network_edits.hidden_layers(experiment()) == 2


def test_the_output_keeps_an_activation_that_fits_its_units():
    two = network_edits.choose_activation(network_edits.set_units(experiment(), 2, 2), 2, Softmax())
    assert network_edits.obstacle(two) is None
    one = network_edits.set_units(two, 2, 1)
    assert isinstance(one.network.layers[-1], Tanh)
    assert network_edits.obstacle(one) is None


def test_what_cannot_be_is_said():
    three = network_edits.set_units(experiment(), 2, 3)
    assert "2 classes" in str(network_edits.obstacle(three))


def test_activations():
    edited = network_edits.choose_activation(experiment(), 0, ReLU())
    assert isinstance(edited.network.layers[1], ReLU) and isinstance(edited.network.layers[3], Tanh)
    edited = network_edits.choose_activations(experiment(), Sigmoid())
    assert [type(edited.network.layers[i]) for i in (1, 3, 5)] == [Sigmoid, Sigmoid, Tanh]


def test_an_activation_where_there_was_none_keeps_the_weights():
    bare = experiment((4, 4), last=None)
    edited = network_edits.choose_activation(bare, 2, Tanh())
    assert isinstance(edited.network.layers[-1], Tanh)
    for before, after in zip(initial_weights(bare), initial_weights(edited), strict=True):
        np.testing.assert_array_equal(before, after)


def test_initial_weights():
    edited = network_edits.choose_weights(experiment(), 1, Normal(std=0.5))
    assert [edited.network.layers[i].weights for i in (0, 2, 4)] == [Xavier(), Normal(std=0.5), Xavier()]
    edited = network_edits.choose_all_weights(experiment(), He())
    assert {edited.network.layers[i].weights for i in (0, 2, 4)} == {He()}


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 12)), max_size=12))
def test_any_series_of_edits_leaves_a_network_that_runs(moves):
    edited = experiment((3,))
    for kind, number in moves:
        hidden = network_edits.hidden_layers(edited)
        if kind <= 2:
            edited = network_edits.add_layer(edited, number % (hidden + 1))
        elif kind == 3 and hidden:
            edited = network_edits.remove_layer(edited, number % hidden)
        elif kind == 4 and hidden:
            edited = network_edits.set_units(edited, number % hidden, number + 1)
        else:
            edited = network_edits.choose_activation(edited, number % (hidden + 1), Sigmoid())
        assert checked(edited) == edited
