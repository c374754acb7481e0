"""What the diagram says of the thing under the pointer: its name and its live numbers."""

import numpy as np
from PySide6.QtCore import QCoreApplication

from gui.network_view.columns import Diagram
from gui.network_view.flow import Flow
from gui.network_view.flow_painting import symbol_of
from gui.network_view.links import Link
from gui.network_view.spots import Bias, ImageNode, Spot, Title
from gui.network_view.unit_pictures import UnitPictures
from gui.selection import INPUTS, Unit
from gui.unit_name import unit_name
from gui.words import words
from model.column_names import column_name
from model.layers import AveragePooling, Convolution, Dropout, LayerSpec, Maxout, MaxPooling
from model.snapshot import Snapshot

translate = QCoreApplication.translate


def column_title(diagram: Diagram, stage: int) -> str:
    """ "Inputs", "Hidden 2", "Output"."""
    return words(column_name(stage, len(diagram.stages)))


def link_name(diagram: Diagram, link: Link) -> str:
    """ "w[2→5]"; an input goes by its name."""
    return f"w[{_ends(diagram, link)}]"


def edit_name(diagram: Diagram, spot: Link | Bias) -> str:
    """What to undo: "edit weight x1→2 of Hidden 1", "edit bias of Hidden 1, neuron 2"."""
    if isinstance(spot, Bias):
        return translate("network", "edit bias of {neuron}").format(neuron=_name(diagram, spot.unit))
    layer = column_title(diagram, spot.target.stage)
    return translate("network", "edit weight {ends} of {layer}").format(ends=_ends(diagram, spot), layer=layer)


def _name(diagram: Diagram, unit: Unit) -> str:
    return unit_name(unit, len(diagram.stages), diagram.columns[0].names)


def _ends(diagram: Diagram, link: Link) -> str:
    source = link.source
    assert source is not None, "the links of an image have no name of their own"
    start = diagram.columns[0].names[source.index] if source.stage == INPUTS else str(source.index + 1)
    return f"{start}→{link.target.index + 1}"


def number(value: float) -> str:
    """Three digits: what a glance can take in."""
    return f"{float(value):.3g}"


def description(
    spot: Spot,
    diagram: Diagram,
    snapshot: Snapshot | None,
    pictures: UnitPictures | None,
    sample: int,
    flow: Flow | None = None,
) -> str:
    """Some short lines; without a snapshot the names alone. Inside a step its numbers, in place of the run's."""
    if flow is not None and snapshot is not None and not isinstance(spot, Title):
        return description_in_step(spot, diagram, snapshot, flow)
    if isinstance(spot, Link):
        return _link(spot, diagram, snapshot)
    if isinstance(spot, Bias):
        place = diagram.bias(spot.unit)
        name = translate("network", "bias of {neuron}").format(neuron=_name(diagram, spot.unit))
        return _parameter(name, place, snapshot)
    if isinstance(spot, Unit):
        return _unit(spot, diagram, snapshot, pictures)
    if isinstance(spot, Title):
        return _column(spot, diagram)
    if isinstance(spot, ImageNode):
        text = translate("network", "{inputs} inputs: the picture of training sample {sample}")
        return text.format(inputs=diagram.columns[0].units, sample=sample + 1)
    return _loss(diagram, snapshot)


def description_in_step(spot: Spot, diagram: Diagram, snapshot: Snapshot, flow: Flow) -> str:
    """What is known of `spot` in a phase of a step."""
    if isinstance(spot, Link | Bias):
        place = spot.parameter if isinstance(spot, Link) else diagram.bias(spot.unit)
        if place is None:
            return _link(spot, diagram, None) if isinstance(spot, Link) else _name(diagram, spot.unit)
        bias = translate("network", "bias of {neuron}")
        name = link_name(diagram, spot) if isinstance(spot, Link) else bias.format(neuron=_name(diagram, spot.unit))
        lines = [f"{name} = {number(snapshot.parameters[place])}"]
        carried = _carried(flow)
        if carried and flow.links[place]:
            lines.append(carried.format(value=number(flow.links[place])))
        return "\n".join(lines)
    if isinstance(spot, Unit):
        known = flow.columns.get(spot.stage)
        if known is None:
            return translate("network", "{name}\nnot computed yet").format(name=_name(diagram, spot))
        return f"{_name(diagram, spot)}\n{symbol_of(known.quantity)} = {number(known.values[spot.index])}"
    if isinstance(spot, ImageNode):
        return translate("network", "{inputs} inputs: the picture that is shown").format(
            inputs=diagram.columns[0].units
        )
    loss = translate("network", "not computed yet")
    if flow.loss is not None:
        loss = translate("network", "loss of this batch {value}").format(value=number(flow.loss))
    return "\n".join([words(diagram.experiment.loss.label), loss, words(diagram.experiment.loss.meaning)])


def _carried(flow: Flow) -> str:
    match flow.carried:
        case "value":
            return translate("network", "carries {value}, its share of the sum")
        case "gradient":
            return translate("network", "carries {value} back, its share of the gradient")
        case "dL/dw":
            return translate("network", "its own gradient {value}")
        case "update":
            return translate("network", "was moved by {value}")
        case None:
            return ""


def _column(title: Title, diagram: Diagram) -> str:
    column = diagram.columns[title.stage - INPUTS]
    if column.activation is None:
        text = translate("network", "{title}: {count}").format(
            title=column_title(diagram, title.stage), count=column.units
        )
    else:
        text = translate("network", "{title}: {count} × {activation}").format(
            title=column_title(diagram, title.stage), count=column.units, activation=words(column.activation.label)
        )
    return "\n".join([text, *(f"{layer_note(layer)}. {words(layer.meaning)}" for layer in column.also)])


def layer_note(layer: LayerSpec) -> str:
    """A layer with the one number that tells it apart: "Convolution 5×5", "Dropout 50 %"."""
    match layer:
        case Convolution() | MaxPooling() | AveragePooling():
            text, value = translate("network", "{layer} {size}×{size}"), {"size": layer.size}
        case Dropout():
            text, value = translate("network", "{layer} {percent:.3g} %"), {"percent": 100 * layer.rate}
        case Maxout():
            text, value = translate("network", "{layer} of {pieces}"), {"pieces": layer.pieces}
        case _:
            return words(layer.label)
    return text.format(layer=words(layer.label), **value)


def _link(link: Link, diagram: Diagram, snapshot: Snapshot | None) -> str:
    if link.parameter is None:
        if link.source is not None:
            return _bundle(link.source, link, diagram, snapshot)
        text = translate("network", "{count} weights, one from every pixel")
        kernel = diagram.experiment.network.layers[diagram.stages[0].affine]
        if isinstance(kernel, Convolution):
            text = translate("network", "{count} weights, the same at every place of the image")
            return text.format(count=kernel.size**2)
        return text.format(count=diagram.columns[0].units)
    return _parameter(link_name(diagram, link), link.parameter, snapshot)


def _bundle(source: Unit, link: Link, diagram: Diagram, snapshot: Snapshot | None) -> str:
    """A line for several weights, or for none."""
    name = link_name(diagram, link)
    places = diagram.weights(link.target.stage, source.index, link.target.index)
    if not len(places):
        return translate("network", "{name}: no weight").format(name=name)
    text = translate("network", "{name}: {count} weights").format(name=name, count=len(places))
    if snapshot is None:
        return text
    values = snapshot.parameters[places]
    strongest = translate("network", "the strongest {value}")
    return "\n".join([text, strongest.format(value=number(values[np.argmax(np.abs(values))]))])


def _parameter(name: str, place: int | None, snapshot: Snapshot | None) -> str:
    if snapshot is None or place is None:
        return name
    gradient, update = number(snapshot.gradient[place]), number(snapshot.update[place])
    if snapshot.batch_loss is None:
        gradient = update = "–"  # before the first batch there is neither: that is not a gradient of zero
    text = translate("network", "{name} = {value}\ngradient {gradient}\nlast update {update}")
    return text.format(name=name, value=number(snapshot.parameters[place]), gradient=gradient, update=update)


def _unit(unit: Unit, diagram: Diagram, snapshot: Snapshot | None, pictures: UnitPictures | None) -> str:
    lines = [_name(diagram, unit)]
    place = diagram.bias(unit)
    if snapshot is not None and place is not None:
        lines.append(translate("network", "bias {value}").format(value=number(snapshot.parameters[place])))
    if pictures is not None and unit in pictures.values:
        text = translate("network", "activation for this sample {value}")
        lines.append(text.format(value=number(pictures.values[unit])))
    if pictures is not None and pictures.mean is not None and pictures.mean[0] == unit:
        text = (
            translate("network", "mean over the batch {value}")
            if unit.stage == INPUTS
            else translate("network", "mean activation over the batch {value}")
        )
        lines.append(text.format(value=number(pictures.mean[1])))
    return "\n".join(lines)


def _loss(diagram: Diagram, snapshot: Snapshot | None) -> str:
    loss = diagram.experiment.loss
    lines = [words(loss.label)]
    if snapshot is not None and snapshot.batch_loss is not None:
        text = translate("network", "loss of the last batch {value}")
        lines.append(text.format(value=number(snapshot.batch_loss)))
    # A sentence is broken by the label that shows it.
    return "\n".join([*lines, words(loss.meaning)])
