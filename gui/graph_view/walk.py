"""The way through a graph: forward one node at a time, then backward one node at a time, and back again.

    0 ... m            so many operations have their values (the leaves have theirs from the start)
    m + 1              the gradient has arrived at the result
    m + 2 ... 2m + 1   so many operations have handed their gradients on, from the last to the first

The numbers of every position are computed anew from the leaves: a graph that can be drawn takes a millisecond.
"""

from itertools import islice

from model.graph import Graph, Node


class Walk:
    """One graph and how far the person has gone through it."""

    def __init__(self, graph: Graph, upstream: float = 1.0) -> None:
        """All numbers are there. `upstream`: the gradient that arrives at the result."""
        self.graph, self.upstream = graph, upstream
        self.operations = [node for node in graph.nodes if node.operation]
        self._turns = {node: turn for turn, node in enumerate(self.operations)}
        self._users: dict[Node, list[Node]] = {node: [] for node in graph.nodes}
        for node in graph.nodes:
            for each in node.inputs:
                self._users[each].append(node)
        self.before: dict[Node, float] = {}  # the gradients of the inputs before the node at work handed its own on
        self.position = 0
        self.at_once = True  # nobody has stepped here: no node is at work
        self.go_to_end()

    @property
    def end(self) -> int:
        return 2 * len(self.operations) + 1

    @property
    def at_work(self) -> Node | None:
        """The node that has just done something."""
        count = len(self.operations)
        if self.at_once or not self.position:
            return None
        if self.position <= count:
            return self.operations[self.position - 1]
        return self.graph.output if self.position == count + 1 else self.operations[self.end - self.position]

    @property
    def backward(self) -> bool:
        """Gradients are there."""
        return self.position > len(self.operations)

    @property
    def arriving(self) -> bool:
        """The gradient has come to the result, and no further."""
        return self.position == len(self.operations) + 1 and not self.at_once

    def step(self) -> None:
        """One node on; from the end to the start, and on from there."""
        self._go(1 if self.position == self.end else self.position + 1)

    def step_back(self) -> None:
        """One node back."""
        self._go(max(0, self.position - 1))

    def go_to_start(self) -> None:
        """Only the leaves have values."""
        self._go(0)

    def go_forward(self) -> None:
        """All values and no gradients."""
        self._go(len(self.operations))
        self.at_once = True

    def go_to_end(self) -> None:
        """All values and all gradients."""
        self._go(self.end)
        self.at_once = True

    def refresh(self) -> None:
        """A variable has another value: everything up to here anew."""
        at_once = self.at_once
        self._go(self.position)
        self.at_once = at_once

    def has_value(self, node: Node) -> bool:
        return self._turns.get(node, -1) < self.position

    def has_passed(self, node: Node) -> bool:
        """It has handed its gradient on to its inputs."""
        turn = self._turns.get(node)
        return turn is not None and self.position - len(self.operations) - 1 >= len(self.operations) - turn

    def has_gradient(self, node: Node) -> bool:
        """Some gradient has arrived, perhaps not yet from all who use it."""
        if node is self.graph.output:
            return self.backward
        return any(self.has_passed(user) for user in self._users[node])

    def users(self, node: Node) -> list[Node]:
        """Where its value goes; twice where it is used twice."""
        return self._users[node]

    def _go(self, position: int) -> None:
        self.position, self.at_once = position, False
        self.graph.forward()
        passed = position - len(self.operations) - 1
        if passed < 0:
            return
        steps = (node for node in self.graph.backward_steps(self.upstream) if node.operation)
        self.graph.output.gradient = self.upstream
        for _ in islice(steps, max(0, passed - 1)):
            pass
        if passed:
            at_work = self.operations[len(self.operations) - passed]
            self.before = {each: each.gradient for each in at_work.inputs}
            next(steps)
