from model.layers import ELU, Affine, Flatten, Identity, ReLU, Softmax, Tanh
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
