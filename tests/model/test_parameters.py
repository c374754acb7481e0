import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from model.parameters import Layout

TWO_LAYERS = ({"weights": (2, 3), "bias": (3,)}, {}, {"weights": (3, 1), "bias": (1,)})
shapes = st.lists(st.integers(1, 4), min_size=1, max_size=3).map(tuple)
layouts = st.lists(st.dictionaries(st.sampled_from(["weights", "bias", "scale"]), shapes), max_size=5).map(Layout)


def test_names_and_places_by_hand():
    layout = Layout(TWO_LAYERS)
    assert layout.size == 6 + 3 + 3 + 1
    assert [(e.full_name, e.start, e.stop) for e in layout.entries] == [
        ("layers[0].weights", 0, 6),
        ("layers[0].bias", 6, 9),
        ("layers[2].weights", 9, 12),
        ("layers[2].bias", 12, 13),
    ]
    assert layout.blocks == (slice(0, 9), slice(9, 9), slice(9, 13))
    assert layout.learning_layers == (0, 2)
    entry, place = layout.locate(4)
    assert (entry.full_name, place) == ("layers[0].weights", (1, 1))


@settings(max_examples=30)
@given(layout=layouts)
def test_every_number_is_found_in_the_view_that_it_is_located_in(layout):
    vector = np.arange(layout.size, dtype=float)
    for index in range(layout.size):
        entry, place = layout.locate(index)
        assert layout.view(vector, entry.layer, entry.name)[place] == index
        assert layout.blocks[entry.layer].start <= index < layout.blocks[entry.layer].stop


@settings(max_examples=30)
@given(layout=layouts)
def test_the_views_are_the_vector(layout):
    vector = np.zeros(layout.size)
    for number, (entry, view) in enumerate(layout.views(vector)):
        assert view.shape == entry.shape
        assert np.shares_memory(view, layout.view(vector, entry.layer, entry.name))
        view[...] += number + 1  # each number is written once
    expected = [n + 1 for n, e in enumerate(layout.entries) for _ in range(e.stop - e.start)]
    assert_array_equal(vector, expected)


def test_what_is_not_there():
    layout = Layout(TWO_LAYERS)
    with pytest.raises(KeyError, match=r"layers\[1\].weights"):
        layout.view(np.zeros(13), 1, "weights")
    for outside in (-1, 13):
        with pytest.raises(IndexError, match="13 parameters"):
            layout.locate(outside)
    assert Layout([]).size == 0
