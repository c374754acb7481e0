from model.layers import (
    ELU,
    Affine,
    AveragePooling,
    BatchNorm,
    Convolution,
    Dropout,
    Flatten,
    Identity,
    Maxout,
    MaxPooling,
    ReLU,
    Softmax,
    Tanh,
)
from model.stages import Stage, stages


def test_a_column_is_an_affine_layer_and_the_activation_behind_it():
    layers = (Affine(units=8), Tanh(), Affine(units=4), ReLU(), Affine(units=1))
    assert stages(layers) == (Stage(0, 1, 8), Stage(2, 3, 4), Stage(4, None, 1))


def test_what_its_neurons_show_is_the_activation_where_there_is_one():
    hidden, output = stages((Affine(units=3), ELU(), Affine(units=2)))
    assert (hidden.output, output.output) == (1, 2)


def test_flatten_stands_before_a_column_and_softmax_belongs_to_one():
    layers = (Flatten(), Affine(units=10), Softmax())
    assert stages(layers) == (Stage(1, 2, 10),)


def test_identity_is_an_activation_as_any_other():
    assert stages((Affine(units=2), Identity())) == (Stage(0, 1, 2),)


def test_what_stands_behind_belongs_to_the_column():
    layers = (Affine(units=8), BatchNorm(), ReLU(), Dropout(), Maxout(units=3), BatchNorm(), Affine(units=1))
    first, second, output = stages(layers)
    assert first == Stage(0, 2, 8, (1, 3)) and (first.output, first.bent) == (3, 1)
    assert second == Stage(4, None, 3, (5,)) and second.output == second.bent == 5
    assert output == Stage(6, None, 1)


def test_of_images_a_neuron_is_a_channel():
    layers = (Convolution(filters=4), ReLU(), MaxPooling(), Flatten(), Dropout(), Affine(units=10))
    assert stages(layers) == (Stage(0, 1, 4), Stage(2, None, 4), Stage(5, None, 10))


def test_a_pooling_right_behind_the_data_has_its_channels():
    layers = (AveragePooling(), Flatten(), Affine(units=10))
    assert [stage.units for stage in stages(layers)] == [1, 10]
    assert [stage.units for stage in stages(layers, channels=3)] == [3, 10]


def test_a_second_activation_ends_the_column():
    (column,) = stages((Affine(units=2), Tanh(), Identity(), Dropout()))
    assert column == Stage(0, 1, 2)
