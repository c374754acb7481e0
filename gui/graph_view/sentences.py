"""What is said of a graph in words and numbers: of the node at work, of the node under the pointer, of the whole."""

from PySide6.QtCore import QCoreApplication

from gui.graph_view.numbers import short
from gui.graph_view.walk import Walk
from gui.words import words
from model.graph import Node

translate = QCoreApplication.translate

SIGNS = {"*": "×", "-": "−", "relu": "ReLU"}  # where a node shows another sign than is typed
MOST = 3  # inputs that a sentence names


def sign(node: Node) -> str:
    """What stands in the node: a name, a number, the sign of an operation."""
    return SIGNS.get(node.name, node.name) if node.operation else node.name


def title(node: Node) -> str:
    """ "Multiply", "Variable apple", "Constant 2"."""
    if node.operation:
        return words(node.operation.label)
    source = translate("graph", "Variable {name}") if node.variable else translate("graph", "Constant {name}")
    return source.format(name=node.name)


def formula(node: Node) -> str:
    """An operation in numbers: "100 × 2 = 200", "sigmoid(0.5) = 0.6225"."""
    inputs = [short(each.value) for each in node.inputs]
    if node.name.isalpha():
        shown = inputs if len(inputs) <= 2 * MOST else [*inputs[: 2 * MOST], "…"]
        return f"{sign(node)}({', '.join(shown)}) = {short(node.value)}"
    left, right = (f"({each})" if each.startswith("-") else each for each in inputs)
    return f"{left} {sign(node)} {right} = {short(node.value)}"


def input_name(node: Node, place: int) -> str:
    """What an input goes by: its name; its operation, where that is one of leaves; else its place."""
    each = node.inputs[place]
    if not each.operation:
        return each.name
    if any(one.operation for one in each.inputs) or len(each.inputs) > 2:
        return translate("graph", "input {number}").format(number=place + 1)
    names = [one.name for one in each.inputs]
    return f"{sign(each)}({', '.join(names)})" if each.name.isalpha() else f" {sign(each)} ".join(names)


def slope(name: str) -> str:
    """The derivative of the loss, or of the result, with respect to something."""
    return f"dL/d{name}" if name.isidentifier() else f"dL/d({name})"


def said(walk: Walk) -> str:
    """What the node at work has just done; of a graph gone through at once its result."""
    node = walk.at_work
    if node is None:
        return _whole(walk)
    if walk.arriving:
        if walk.upstream == 1:
            return translate("graph", "The result has the slope 1 with respect to itself: dL/dL = 1")
        text = translate("graph", "From what lies behind arrives dL/dy = {gradient}")
        return text.format(gradient=short(walk.upstream))
    text = translate("graph", "{operation}: {numbers}")
    if node.problem:
        return text.format(operation=title(node), numbers=words(node.problem))
    return text.format(operation=title(node), numbers=handed_on(node, walk) if walk.backward else formula(node))


def handed_on(node: Node, walk: Walk) -> str:
    """Upstream times local is downstream, for each input; added to what had come there before."""
    texts: list[str] = []
    seen: set[Node] = set()
    for place, each in enumerate(node.inputs):
        if each in seen:
            continue
        seen.add(each)
        if len(texts) == MOST:
            return "   ".join([*texts, "…"])
        slopes = [one for other, one in zip(node.inputs, node.slopes, strict=True) if other is each]
        terms = [f"{_factor(node.gradient)} × {_factor(one)}" for one in slopes]
        earlier = walk.before.get(each, 0.0)
        if earlier:
            terms.insert(0, short(earlier))
        texts.append(f"{slope(input_name(node, place))} = {' + '.join(terms)} = {short(each.gradient)}")
    return "   ".join(texts)


def adds_up(node: Node, walk: Walk) -> bool:
    """Some input of the node at work had received a gradient before, or is used twice."""
    return any(walk.before.get(each) for each in node.inputs) or len(set(node.inputs)) < len(node.inputs)


def rule(walk: Walk) -> str:
    """The rule of the node at work."""
    node = walk.at_work
    if node is None or walk.arriving:
        return translate(
            "graph", "Upstream times local slope is downstream. Point at a node for its rule; step to see it at work."
        )
    text = words(node.rule)
    if walk.backward and adds_up(node, walk):
        added = translate("graph", "A value that is used more than once adds the gradients up.")
        text = f"{text} {added}"
    return text


def description(node: Node, walk: Walk) -> str:
    """Some short lines: its numbers, its rule, and what is wrong."""
    lines = [title(node)]
    if walk.has_value(node):
        lines.append(
            formula(node) if node.operation else translate("graph", "value {value}").format(value=short(node.value))
        )
    if walk.has_gradient(node):
        complete = walk.at_once or all(walk.has_passed(each) for each in walk.users(node))
        text = translate("graph", "gradient {value}") if complete else translate("graph", "gradient {value} so far")
        lines.append(text.format(value=short(node.gradient)))
    if walk.has_value(node) and node.operation:
        slopes = [
            translate("graph", "{slope} for {name}").format(slope=short(one), name=input_name(node, place))
            for place, one in enumerate(node.slopes[: 2 * MOST])
        ]
        more = ["…"] if len(node.slopes) > 2 * MOST else []
        lines.append(translate("graph", "local slope {slopes}").format(slopes=", ".join(slopes + more)))
    lines.append(words(node.rule))
    if walk.has_value(node) and node.at_kink:
        lines.append(translate("graph", "It stands at its kink: no slope exists here, one was taken by convention."))
    if node.problem and walk.has_value(node):
        lines.append(_capital(words(node.problem)) + ".")
    return "\n".join(lines)


def _whole(walk: Walk) -> str:
    if not walk.position:
        return translate("graph", "The values of the leaves are given. Step computes one node at a time.")
    if walk.graph.problems:
        node = walk.graph.problems[0]
        text = translate("graph", "{operation}: {numbers}")
        return text.format(operation=title(node), numbers=words(node.problem or ""))
    text = translate("graph", "Result {value}").format(value=short(walk.graph.output.value))
    if not walk.backward:
        return translate("graph", "{result}. Step begins the way back.").format(result=text)
    slopes = [f"{slope(name)} = {short(node.gradient)}" for name, node in walk.graph.variables.items()]
    return "   ".join([text, *slopes[: 2 * MOST], *(["…"] if len(slopes) > 2 * MOST else [])])


def _factor(value: float) -> str:
    text = short(value)
    return f"({text})" if text.startswith("-") else text


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
