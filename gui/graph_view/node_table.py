"""The nodes of a graph as a table, for a file."""

from collections.abc import Iterator, Sequence

from gui.graph_view.walk import Walk

HEADER = "number", "name", "operation", "value", "gradient", "inputs"


def rows_of(walk: Walk) -> Iterator[Sequence[object]]:
    """One row a node, inputs before those who use them; `inputs` are their numbers. Empty: not there yet."""
    numbers = {node: number for number, node in enumerate(walk.graph.nodes, start=1)}
    for node, number in numbers.items():
        name, operation = ("", node.operation.label) if node.operation else (node.name, "")
        value = node.value if walk.has_value(node) else ""
        gradient = node.gradient if walk.has_gradient(node) else ""
        yield number, name, operation, value, gradient, " ".join(str(numbers[each]) for each in node.inputs)
