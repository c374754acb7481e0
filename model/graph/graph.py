r"""A computational graph: an expression as nodes, each of which computes one thing.

    (apple * 2 + orange * 3) * 1.1

      apple  --\
                * --\
      2      --/     \
                      + --\
      orange --\     /     \
                * --/       * -- result
      3      --/           /
      1.1 ----------------/

Forward, values flow from left to right, in an order in which every node comes after its inputs. Backward, gradients
flow from right to left in the opposite order: then every node has heard from all its users before it hands its own
gradient on. One pass gives the slope of the result with respect to *every* variable, for the price of one forward pass;
this is reverse-mode differentiation, of which backpropagation is the case of a network.

Source: S. Linnainmaa, "Taylor expansion of the accumulated rounding error", 1976; M. Nielsen, "Neural Networks and Deep
Learning", 2015, chapter 2.
"""

from collections.abc import Iterator

from model.graph.node import Node

MOST_NODES = 500  # more cannot be drawn so that a person reads it


class Graph:
    """The nodes that lead to one output, in the order in which they are computed."""

    def __init__(self, output: Node) -> None:
        """Computes all values."""
        self.output = output
        self.nodes: tuple[Node, ...] = tuple(_in_order(output))  # inputs before their users, `output` last
        self.variables: dict[str, Node] = {node.name: node for node in self.nodes if node.variable}
        self.forward()

    def set(self, name: str, value: float) -> None:
        """Give a variable another value; `forward` computes what follows. Raises KeyError where there is none."""
        self.variables[name].value = value

    def forward(self) -> None:
        """All values and local slopes; gradients are 0 until `backward`."""
        for _ in self.forward_steps():
            pass

    def backward(self, upstream: float = 1.0) -> None:
        """All gradients: d(output)/d(node) times `upstream`, the gradient that arrives at the output."""
        for _ in self.backward_steps(upstream):
            pass

    def forward_steps(self) -> Iterator[Node]:
        """Forward one node at a time: each is yielded when it has its value."""
        for node in self.nodes:
            node.forward()
            yield node

    def backward_steps(self, upstream: float = 1.0) -> Iterator[Node]:
        """Backward one node at a time: each is yielded when its gradient is complete and was handed to its inputs."""
        for node in self.nodes:
            node.gradient = 0.0
        self.output.gradient = upstream
        for node in reversed(self.nodes):
            node.backward()
            yield node

    @property
    def problems(self) -> tuple[Node, ...]:
        """The nodes at which something went wrong, the first first."""
        return tuple(node for node in self.nodes if node.problem)


def _in_order(output: Node) -> Iterator[Node]:
    """Depth first, each node once and after all of its inputs. Without recursion: a sum may be hundreds deep."""
    done: set[Node] = set()
    waiting = [(output, False)]
    while waiting:
        node, inputs_done = waiting.pop()
        if node in done:
            continue
        if inputs_done:
            done.add(node)
            yield node
        else:
            waiting.append((node, True))
            waiting.extend((each, False) for each in reversed(node.inputs))
