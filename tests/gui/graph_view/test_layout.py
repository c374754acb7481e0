"""The drawing of any graph: nothing overlaps, and everything flows from left to right."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gui.graph_view.columns import Columns, columns_of, crossings
from gui.graph_view.heights import spread
from gui.graph_view.layout import Edge, Layout, layout
from gui.graph_view.measures import Measures
from model.graph import MOST_NODES, PRESETS, Graph, Node, parse

MEASURES = Measures(
    width=lambda node: 36.0 + 6 * len(node.name), height=36.0, gap=20.0, label=(60.0, 34.0), bend=16.0, margin=16.0
)
TOUCH = 1e-6


def expressions() -> st.SearchStrategy[str]:
    leaves = st.sampled_from(["a", "b", "c", "d", "2", "0.5", "longer_name"])
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.tuples(inner, st.sampled_from(["+", "-", "*", "/", "**"]), inner).map(lambda t: f"({''.join(t)})"),
            st.tuples(st.sampled_from(["exp", "sigmoid", "relu"]), inner).map(lambda t: f"{t[0]}({t[1]})"),
            st.lists(inner, min_size=2, max_size=4).map(lambda each: f"max({', '.join(each)})"),
        ),
        max_leaves=25,
    )


def placed(text: str) -> tuple[Graph, Layout]:
    graph = parse(text)
    return graph, layout(graph, MEASURES)


def labels(made: Layout) -> list[tuple[float, float, float, float]]:
    """The rectangles of the numbers: left, top, right, bottom."""
    half = MEASURES.label[1] / 2
    return [(e.level[0], e.level[2] - half, e.level[1], e.level[2] + half) for e in made.edges]


def apart(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[2] <= b[0] + TOUCH or b[2] <= a[0] + TOUCH or a[3] <= b[1] + TOUCH or b[3] <= a[1] + TOUCH


@settings(max_examples=150, deadline=None)
@given(expressions())
def test_no_two_nodes_overlap_and_every_edge_goes_to_the_right(text: str) -> None:
    graph, made = placed(text)
    assert set(made.boxes) == set(graph.nodes)
    boxes = [(box.left, box.top, box.right, box.bottom) for box in made.boxes.values()]
    assert all(apart(a, b) for a, b in combinations(boxes, 2))
    for edge in made.edges:
        xs = [made.boxes[edge.source].right, edge.start[0], edge.level[0], edge.level[1], edge.end[0]]
        assert xs == sorted(xs)
        assert edge.target is None or made.boxes[edge.source].right < made.boxes[edge.target].left


@settings(max_examples=150, deadline=None)
@given(expressions())
def test_no_number_covers_a_node_or_another_number(text: str) -> None:
    _, made = placed(text)
    boxes = [(box.left, box.top, box.right, box.bottom) for box in made.boxes.values()]
    numbers = labels(made)
    assert all(apart(number, box) for number in numbers for box in boxes)
    assert all(apart(a, b) for a, b in combinations(numbers, 2))


@settings(max_examples=150, deadline=None)
@given(expressions())
def test_every_input_has_its_edge_and_all_lies_inside(text: str) -> None:
    graph, made = placed(text)
    wanted = [(each, node, place) for node in graph.nodes for place, each in enumerate(node.inputs)]
    found = [(edge.source, edge.target, edge.place) for edge in made.edges if edge.target is not None]
    assert len(found) == len(wanted) and set(found) == set(wanted)
    assert [edge.source for edge in made.edges if edge.target is None] == [graph.output]
    rectangles = labels(made) + [(box.left, box.top, box.right, box.bottom) for box in made.boxes.values()]
    for left, top, right, bottom in rectangles:
        assert left >= 0 and top >= 0 and right <= made.width + TOUCH and bottom <= made.height + TOUCH


@settings(max_examples=100, deadline=None)
@given(expressions())
def test_a_value_used_further_on_passes_beside_the_nodes(text: str) -> None:
    """From its node to the edge's beginning there is an unbroken line of trunks, and none runs through a node."""
    _, made = placed(text)
    for edge in made.edges:
        at: tuple[float, float] = edge.start
        ends = {(trunk.beyond, trunk.end[1]): trunk for trunk in made.trunks if trunk.source is edge.source}
        while at in ends:
            trunk = ends[at]
            assert not any(
                box.top < trunk.end[1] < box.bottom and box.left < trunk.beyond and box.right > trunk.end[0]
                for box in made.boxes.values()
            )
            at = trunk.start
        box = made.boxes[edge.source]
        assert at == (box.right, box.y)


def box_of(made: Layout, graph: Graph, name: str):
    return made.boxes[next(node for node in graph.nodes if node.name == name)]


def test_the_shopping_is_drawn_as_in_the_textbook() -> None:
    graph, made = placed(PRESETS[0].text)
    columns: dict[float, list[str]] = {}
    for node, box in sorted(made.boxes.items(), key=lambda item: (item[1].x, item[1].y)):
        columns.setdefault(round(box.x, 6), []).append(node.name)
    assert list(columns.values()) == [["apple", "2", "orange", "3"], ["*", "*"], ["+", "1.1"], ["*"]]
    apple, two = box_of(made, graph, "apple"), box_of(made, graph, "2")
    first = made.boxes[graph.nodes[2]]
    assert first.y == pytest.approx((apple.y + two.y) / 2)  # in the middle of its inputs


def test_a_sum_of_many_terms_runs_straight() -> None:
    graph, made = placed(" + ".join(f"w{i} * x{i}" for i in range(30)))
    sums = [made.boxes[node].y for node in graph.nodes if node.name == "+"]
    assert max(abs(a - b) for a, b in pairwise(sums)) < MEASURES.height
    assert made.height < 20 * MEASURES.height


@pytest.mark.parametrize(
    "text",
    [
        "+".join(["x"] * (MOST_NODES // 2)),
        "+".join(f"w{i}*x{i}" for i in range(124)) + "+b",
        f"({'+'.join(f'a{i}' for i in range(120))})*({'*'.join(f'a{i}' for i in reversed(range(120)))})",
    ],
    ids=["one value used by all", "neuron", "every value used twice"],
)
def test_huge_graphs_are_placed_without_overlap(text: str) -> None:
    graph, made = placed(text)
    assert len(graph.nodes) >= MOST_NODES / 2
    rows: dict[float, list[float]] = {}
    for box in made.boxes.values():
        rows.setdefault(box.x, []).append(box.y)
    for heights in rows.values():
        assert all(b - a >= MEASURES.height for a, b in pairwise(sorted(heights)))


def test_too_many_passing_values_run_straight_to_their_users(monkeypatch) -> None:
    monkeypatch.setattr("gui.graph_view.columns.MOST_PASSING", 2)
    _, made = placed("exp(exp(exp(exp(x)))) + x")
    assert not made.trunks
    edge = made.edges[-2]
    assert isinstance(edge, Edge) and edge.start[0] < edge.end[0]


def test_spread_by_hand() -> None:
    assert spread([0, 10, 20], [5, 5], [1, 1, 1]) == [0, 10, 20]
    assert spread([0, 0], [10], [1, 1]) == [-5, 5]
    assert spread([0, 0], [10], [3, 1]) == [-2.5, 7.5]  # who weighs more moves less
    assert spread([20, 0], [10], [1, 1]) == [5, 15]  # the order stays


@given(
    st.lists(st.floats(-100, 100), min_size=1, max_size=8),
    st.data(),
)
def test_spread_keeps_the_distances_and_nothing_is_nearer(wanted: list[float], data: st.DataObject) -> None:
    distances = [data.draw(st.floats(0, 20)) for _ in wanted[1:]]
    weights = [data.draw(st.floats(0.5, 5)) for _ in wanted]
    found = spread(wanted, distances, weights)
    assert all(b - a >= distance - 1e-9 for (a, b), distance in zip(pairwise(found), distances, strict=True))

    def cost(heights: list[float]) -> float:
        return sum(w * (a - b) ** 2 for w, a, b in zip(weights, heights, wanted, strict=True))

    # The problem is convex: what no small allowed step improves is the best.
    for start in range(len(found)):
        for end in range(start, len(found)):
            for step in (-1e-3, 1e-3):
                other = [y + step if start <= i <= end else y for i, y in enumerate(found)]
                if all(b - a >= d - 1e-12 for (a, b), d in zip(pairwise(other), distances, strict=True)):
                    assert cost(other) >= cost(found) - 1e-9


def test_crossings_by_hand() -> None:
    a, b, c, d = (Node(name) for name in "abcd")
    before = {a: [], b: [], c: [b], d: [a]}
    assert crossings(Columns([[a, b], [c, d]], before)) == 1
    assert crossings(Columns([[a, b], [d, c]], before)) == 0
    assert crossings(Columns([[a, b], [c, d]], {a: [], b: [], c: [a, b], d: [a, b]})) == 1


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.label)
def test_no_edge_of_the_presets_crosses_another(preset) -> None:
    assert crossings(columns_of(parse(preset.text))) == 0


def test_columns_are_sorted_until_fewer_edges_cross() -> None:
    graph = parse("(a + b) * c + (a * b)")
    assert crossings(columns_of(graph)) <= 1
