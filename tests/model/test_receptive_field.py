"""Against brute force: a pixel is in the field of an output if, and only if, changing it changes the output."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.layers import (
    Affine,
    AveragePooling,
    Convolution,
    Flatten,
    Identity,
    MaxPooling,
    ShapeError,
    Sigmoid,
    Tanh,
)
from model.network import Network
from model.receptive_field import Field, growth, receptive_fields, seen_by

ROUNDING = 1e-10  # the smallest true effect is about 0.05 to the fourth

windows = st.one_of(
    st.builds(
        lambda size, stride, padding: Convolution(2, size, min(stride, size), min(padding, size - 1)),
        st.integers(1, 3),
        st.integers(1, 2),
        st.integers(0, 2),
    ),
    st.builds(lambda size, stride: AveragePooling(size, min(stride, size)), st.integers(1, 3), st.integers(1, 3)),
    st.sampled_from([Tanh(), Identity()]),
)


def network(layers, shape=(1, 7, 6)):
    made = Network(layers, shape)
    made.initialize(3)
    # Weights that no sum cancels, and outputs that no activation flattens: every pixel seen is felt.
    made.parameters[:] = np.random.default_rng(1).uniform(0.05, 0.15, made.parameters.size)
    return made


def felt(made, place):
    """(rows, columns, height, width): whether an output of layer `place`, first channel, feels a pixel of the image."""
    _, height, width = made.shapes[0]
    image = np.random.default_rng(0).uniform(0, 0.1, made.shapes[0])
    others = np.repeat(image[None], height * width, axis=0).reshape(height, width, *image.shape)
    for row, column in np.ndindex(height, width):
        others[row, column, 0, row, column] += 1
    before = made.outputs(image[None], of_layer=place)[0, 0]
    behind = made.outputs(others.reshape(-1, *image.shape), of_layer=place)[:, 0]
    changed = (np.abs(behind - before) > ROUNDING).reshape(height, width, *before.shape)
    return np.moveaxis(changed, (0, 1), (2, 3))


@given(st.lists(windows, min_size=1, max_size=4))
def test_a_pixel_is_in_the_field_exactly_if_the_output_feels_it(layers):
    try:
        made = network(layers)
    except ShapeError:
        return
    place = len(layers) - 1
    changed = felt(made, place)
    for row, column in np.ndindex(*changed.shape[:2]):
        field = receptive_fields(layers, made.shapes, place, Field.pixel(row, column))[0]
        expected = np.zeros(changed.shape[2:], bool)
        expected[field.rows.start : field.rows.stop, field.columns.start : field.columns.stop] = True
        assert np.array_equal(changed[row, column], expected)


@given(st.lists(windows, min_size=1, max_size=4))
def test_far_from_the_border_the_field_is_as_large_as_it_grows(layers):
    shape = (1, 200, 200)
    made = Network(layers, shape)
    grown = growth(layers)
    assert grown is not None
    side, jump = grown
    rows, columns = (length // 2 for length in made.shapes[-1][1:])
    field, beside = (
        receptive_fields(layers, made.shapes, len(layers) - 1, Field.pixel(rows, column))[0]
        for column in (columns, columns + 1)
    )
    assert (len(field.rows), len(field.columns)) == (side, side)
    assert beside.columns.start - field.columns.start == jump


def test_a_stride_beyond_its_window_leaves_holes_and_the_field_is_the_rectangle_around_what_is_seen():
    layers = [AveragePooling(1, 3), Convolution(1, 2)]
    made = network(layers, (1, 7, 7))
    changed = felt(made, 1)[1, 0]
    assert np.argwhere(changed).tolist() == [[3, 0], [3, 3], [6, 0], [6, 3]]
    field = receptive_fields(layers, made.shapes, 1, Field.pixel(1, 0))[0]
    assert (field.rows, field.columns) == (range(3, 7), range(4))


def test_by_hand_two_convolutions_of_three_see_five_and_a_pooling_doubles_the_jump():
    assert growth([Convolution(1, 3), Convolution(1, 3)]) == (5, 1)
    assert growth([Convolution(1, 3), Sigmoid(), MaxPooling(2, 2)]) == (4, 2)
    assert growth([Convolution(1, 3), Sigmoid(), MaxPooling(2, 2), Convolution(1, 3)]) == (8, 2)


def test_the_fields_of_all_layers_on_the_way():
    layers = [Convolution(4, 3), Sigmoid(), MaxPooling(2, 2)]
    shapes = Network(layers, (1, 8, 8)).shapes
    fields = receptive_fields(layers, shapes, 2, Field.pixel(1, 2))
    assert [(each.rows, each.columns) for each in fields] == [
        (range(2, 6), range(4, 8)),
        (range(2, 4), range(4, 6)),
        (range(2, 4), range(4, 6)),
        (range(1, 2), range(2, 3)),
    ]


def test_padding_ends_at_the_border():
    field = seen_by(Field.pixel(0, 0), Convolution(1, 3, padding=1), (1, 8, 8))
    assert (field.rows, field.columns) == (range(2), range(2))


def test_behind_an_affine_layer_everything_was_seen():
    layers = [Convolution(2, 3), Flatten(), Affine(3)]
    shapes = Network(layers, (1, 5, 6)).shapes
    fields = receptive_fields(layers, shapes, 2, Field.pixel(0, 1))
    assert (fields[0].rows, fields[0].columns) == (range(5), range(6))
    assert (fields[1].rows, fields[1].columns) == (range(3), range(4))
    assert (fields[2].rows, fields[2].columns) == (range(1), range(24))
    assert growth(layers) is None


@pytest.mark.parametrize("shape", [(2, 4, 5), (7,)])
def test_the_whole_of_a_sample(shape):
    whole = Field.whole(shape)
    assert len(whole.rows) * len(whole.columns) == (20 if len(shape) == 3 else 7)
