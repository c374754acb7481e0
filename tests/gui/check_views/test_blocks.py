"""Where the layers stand in the heat map."""

from itertools import combinations, pairwise

import pytest
from PySide6.QtCore import QPointF, QRectF

from gui.check_views.blocks import LARGEST, arranged, as_grid, neighbour
from model.parameters import Entry, Layout

AREA = QRectF(8, 4, 360, 190)


def entries(*sizes: int) -> tuple[Entry, ...]:
    """Of affine layers with so many units, the inputs first."""
    pairs = pairwise(sizes)
    return Layout([{"weights": (inputs, units), "bias": (units,)} for inputs, units in pairs]).entries


def blocks_of(*sizes: int, area: QRectF = AREA):
    found = entries(*sizes)
    return arranged(found, {e.layer: 50.0 for e in found}, 15.0, area)


@pytest.mark.parametrize(
    "sizes",
    [
        (2, 1),
        (2, 8, 8, 8, 1),
        (2, *[4] * 10, 1),
        (64, 50, 10),
        (64, 128, 128, 10),
        (784, 100, 10),
        (2, *[3] * 40, 1),
        (2, *[8] * 100, 1),
    ],
)
def test_everything_is_in_the_area_and_nothing_on_top_of_anything(sizes) -> None:
    blocks = blocks_of(*sizes)
    areas = [grid.area for block in blocks for grid in block.grids]
    assert len(areas) == 2 * (len(sizes) - 1)
    assert all(AREA.adjusted(-1, -1, 1, 1).contains(each) for each in areas)
    titles = [block.title for block in blocks if block.title.height()]
    assert len(titles) == (len(blocks) if len(sizes) < 20 else 0)  # of too many layers none is named
    assert not any(one.intersects(other) for one, other in combinations(areas + titles, 2))


def test_cells_are_as_large_as_fits_and_of_one_size() -> None:
    weights = [block.grids[0] for block in blocks_of(2, 8, 8, 8, 1)]
    sizes = {(each.cell(0, 0).width(), each.cell(0, 0).height()) for each in weights}
    assert len(sizes) == 1
    wide, high = sizes.pop()
    assert wide >= 10 and high >= 10 and wide == int(wide)
    (alone,) = blocks_of(2, 1)
    assert alone.grids[0].cell(0, 0).width() == LARGEST


def test_the_bias_is_a_row_of_its_own_that_can_be_seen() -> None:
    (first, _) = blocks_of(64, 128, 10)
    weights, bias = first.grids
    assert (bias.rows, bias.columns) == (1, 128)
    assert bias.area.top() > weights.area.bottom() and bias.area.height() >= 6
    assert bias.area.left() == weights.area.left() and bias.area.width() == weights.area.width()


def test_a_place_and_its_cell_belong_together() -> None:
    for grid in blocks_of(2, 8, 3)[0].grids:
        for row in range(grid.rows):
            for column in range(grid.columns):
                assert grid.at(grid.cell(row, column).center()) == (row, column)
        assert grid.at(grid.area.bottomRight() + QPointF(5, 5)) == (grid.rows - 1, grid.columns - 1)


def test_arrow_keys_go_from_cell_to_cell_and_over_the_edges() -> None:
    grids = [grid for block in blocks_of(2, 3, 2) for grid in block.grids]  # (2, 3), (3,), (3, 2), (2,)
    assert neighbour(grids, (0, 0, 0), 0, 1) == (0, 0, 1)
    assert neighbour(grids, (0, 1, 1), 1, 0) == (1, 0, 1)  # down from the weights to the biases
    assert neighbour(grids, (1, 0, 1), -1, 0) == (0, 1, 1)
    assert neighbour(grids, (1, 0, 2), 0, 1) == (2, 0, 0)
    assert neighbour(grids, (2, 2, 0), 0, -1) == (1, 0, 2)
    assert neighbour(grids, (0, 0, 0), -1, 0) == (0, 0, 0)
    assert neighbour(grids, (3, 0, 1), 0, 1) == (3, 0, 1)


def test_other_shapes_become_rows() -> None:
    assert as_grid((5,)) == (1, 5)
    assert as_grid((3, 4)) == (3, 4)
    assert as_grid((2, 3, 4)) == (6, 4)
