import itertools

from hypothesis import given
from hypothesis import strategies as st

from gui.formulas.flow import INDENT, Box, flow, lines

boxes = st.builds(
    Box, st.floats(1, 120), st.floats(1, 40), st.floats(0, 30), st.sampled_from([0.0, 12.0]), st.booleans()
)


@given(st.lists(st.lists(boxes, min_size=1, max_size=12), min_size=1, max_size=4), st.floats(130, 500))
def test_terms_stand_beside_each_other_in_their_order_and_never_overlap(rows, width):
    spots, height = flow(rows, width)
    assert [(spot.row, spot.place) for spot in spots] == [(r, p) for r, row in enumerate(rows) for p in range(len(row))]
    for before, after in itertools.pairwise(spots):
        same_line = after.pen.y() == before.pen.y() and after.row == before.row
        if same_line:
            assert after.room.left() >= before.room.right() - 1e-6
        else:
            assert after.room.top() >= before.pen.y() - 1e-6
    assert height >= max(spot.room.bottom() for spot in spots) - 1e-6


@given(st.lists(boxes, min_size=1, max_size=12), st.floats(130, 500))
def test_a_line_is_not_wider_than_the_page_where_it_may_be_broken(row, width):
    for number, line in enumerate(lines(row, width)):
        wide = sum(row[place].width for place in line) + (INDENT if number else 0)
        breakable = any(row[place].breaks for place in list(line)[1:])
        assert wide <= width + 1e-6 or not breakable


def test_broken_by_hand():
    row = [Box(40, 10, 4) for _ in range(5)]
    assert [list(line) for line in lines(row, 100)] == [[0, 1], [2, 3], [4]]
    row[2] = Box(40, 10, 4, breaks=False)  # stays with the one before
    assert [list(line) for line in lines(row, 100)] == [[0], [1, 2], [3, 4]]
