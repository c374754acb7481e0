"""What is said of a graph in words and numbers: of the node at work, of the node under the pointer, of the whole."""

import math

from PySide6.QtCore import QCoreApplication

from gui.figures import MINUS, factor, figure
from gui.graph_view.walk import Walk
from gui.words import words
from model.graph import Node

translate = QCoreApplication.translate

SIGNS = {"*": "×", "-": "−", "relu": "ReLU"}  # where a node shows another sign than is typed
GAP = "   "  # between two statements
MOST = 6  # inputs that a line names


def sign(node: Node) -> str:
    """What stands in the node: a name, a number, the sign of an operation."""
    return SIGNS.get(node.name, node.name) if node.operation else leaf(node)


def leaf(node: Node) -> str:
    """A variable's name; a constant as it was typed, but for its minus sign."""
    return node.name if node.variable else node.name.replace("-", MINUS)


def title(node: Node) -> str:
    """ "Multiply", "Variable apple", "Constant 2"."""
    if node.operation:
        return words(node.operation.label)
    source = translate("graph", "Variable {name}") if node.variable else translate("graph", "Constant {name}")
    return source.format(name=leaf(node))


def formula(node: Node) -> str:
    """An operation in numbers: "100 × 2 = 200", "sigmoid(0.5) = 0.6225"."""
    if node.name.isalpha():
        inputs = [figure(each.value) for each in node.inputs]
        shown = inputs if len(inputs) <= MOST else [*inputs[:MOST], "…"]
        return f"{sign(node)}({', '.join(shown)}) = {figure(node.value)}"
    left, right = (factor(each.value) for each in node.inputs)
    return f"{left} {sign(node)} {right} = {figure(node.value)}"


def input_name(node: Node, place: int) -> str:
    """What an input goes by: its name; its operation, where that is one of leaves; else its place."""
    each = node.inputs[place]
    if not each.operation:
        return leaf(each)
    if any(one.operation for one in each.inputs) or len(each.inputs) > 2:
        return translate("graph", "input {number}").format(number=place + 1)
    names = [leaf(one) for one in each.inputs]
    return f"{sign(each)}({', '.join(names)})" if each.name.isalpha() else f" {sign(each)} ".join(names)


def slope(name: str) -> str:
    """The derivative of the loss, or of the result, with respect to something."""
    return f"dL/d{name}" if name.isidentifier() else f"dL/d({name})"


def said(walk: Walk, room: int) -> str:
    """What the node at work has just done; of a graph gone through at once its result. In about `room` characters."""
    node = walk.at_work
    if node is None:
        return _whole(walk, room)
    if walk.arriving:
        if walk.upstream == 1:
            return translate("graph", "The result has the slope 1 with respect to itself: dL/dL = 1")
        text = translate("graph", "From what lies behind arrives dL/dy = {gradient}")
        if held_fixed(walk):
            text = translate("graph", "From what lies behind arrives dL/dy = {gradient}, held fixed")
        return text.format(gradient=figure(walk.upstream))
    if node.problem:
        return problem(node)
    text = translate("graph", "{operation}: {numbers}")
    numbers = _fitting(handed_on(node, walk), room - len(title(node))) if walk.backward else formula(node)
    return text.format(operation=title(node), numbers=numbers)


def held_fixed(walk: Walk) -> str:
    """What does not follow when a value is edited; "" where everything does."""
    if not walk.edited or walk.upstream == 1:
        return ""
    return translate(
        "graph", "A value was edited: the arriving gradient dL/dy is still the one of the network, held fixed."
    )


def problem(node: Node) -> str:
    """ "Divide: division by zero"."""
    text = translate("graph", "{operation}: {numbers}")
    return text.format(operation=title(node), numbers=words(node.problem or ""))


def handed_on(node: Node, walk: Walk) -> list[str]:
    """Upstream times local is downstream, for each input; added to what had come there before."""
    texts: list[str] = []
    seen: set[Node] = set()
    for place, each in enumerate(node.inputs):
        if each in seen:
            continue
        seen.add(each)
        slopes = [one for other, one in zip(node.inputs, node.slopes, strict=True) if other is each]
        terms = [f"{factor(node.gradient)} × {factor(one)}" for one in slopes]
        earlier = walk.before.get(each, 0.0)
        if earlier:
            terms.insert(0, figure(earlier))
        texts.append(f"{slope(input_name(node, place))} = {' + '.join(terms)} = {figure(each.gradient)}")
    return texts


def adds_up(node: Node, walk: Walk) -> bool:
    """Some input of the node at work had received a gradient before, or is used twice."""
    return any(walk.before.get(each) for each in node.inputs) or len(set(node.inputs)) < len(node.inputs)


def rule(walk: Walk) -> str:
    """The rule of the node at work; "" where none is."""
    node = walk.at_work
    if node is None:
        return ""
    if walk.arriving:
        return translate("graph", "From here on each node hands on: upstream times local slope is downstream.")
    text = words(node.rule)
    if walk.backward and adds_up(node, walk):
        added = translate("graph", "A value that is used more than once adds the gradients up.")
        text = f"{text} {added}"
    return text


def description(node: Node, walk: Walk) -> str:
    """Some short lines: its numbers, its rule, and what is wrong."""
    known = walk.has_value(node)
    lines = [title(node)]
    if known:
        source = (
            translate("graph", "{title}: {numbers}") if node.operation else translate("graph", "{title} = {numbers}")
        )
        lines = [source.format(title=title(node), numbers=formula(node) if node.operation else figure(node.value))]
    if walk.has_gradient(node) and math.isfinite(node.gradient):
        complete = all(walk.has_passed(each) for each in walk.users(node))
        text = translate("graph", "gradient {value}") if complete else translate("graph", "gradient {value} so far")
        lines.append(text.format(value=figure(node.gradient)))
    if known and node.operation and math.isfinite(node.value):
        slopes = [
            translate("graph", "{slope} for {name}").format(slope=figure(one), name=input_name(node, place))
            for place, one in enumerate(node.slopes[:MOST])
        ]
        more = ["…"] if len(node.slopes) > MOST else []
        lines.append(translate("graph", "local slope {slopes}").format(slopes=", ".join(slopes + more)))
    lines.append(words(node.rule))
    if known and node.at_kink:
        lines.append(translate("graph", "It stands at its kink: no slope exists here, one was taken by convention."))
    if known and node.problem:
        text = words(node.problem)
        lines.append(f"{text[:1].upper()}{text[1:]}.")
    return "\n".join(lines)


def _fitting(texts: list[str], room: int) -> str:
    """As many of them as there is room for, but one at least."""
    shown = texts[:1]
    for each in texts[1:]:
        if sum(map(len, shown)) + len(GAP) * len(shown) + len(each) > room:
            return GAP.join([*shown, "…"])
        shown.append(each)
    return GAP.join(shown)


def _whole(walk: Walk, room: int) -> str:
    if not walk.position:
        return translate("graph", "The values of the leaves are given. Step computes one node at a time.")
    if walk.graph.problems:
        return problem(walk.graph.problems[0])
    text = translate("graph", "Result {value}").format(value=figure(walk.graph.output.value))
    if not walk.backward:
        return translate("graph", "{result}. Step begins the way back.").format(result=text)
    slopes = [f"{slope(name)} = {figure(node.gradient)}" for name, node in walk.graph.variables.items()]
    return _fitting([text, *slopes], room)
