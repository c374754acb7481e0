"""The pages of the things in the diagram: a neuron or input, a weight or bias, a column, the loss."""

from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from gui.formulas.term import Row, number, symbol
from gui.inspector import activation_formulas, loss_formulas
from gui.inspector.affine_formulas import Neuron, output_gradient
from gui.inspector.code import layer_code, loss_code, update_code
from gui.inspector.column_pages import column_page, inputs_page, meaning_of_inputs
from gui.inspector.known import Known, of_parameters
from gui.inspector.page import Page, Section, TableRow, shortened
from gui.inspector.update_formulas import updates
from gui.inspector.where_from import where_from
from gui.selection import INPUTS, Column, LossValue, Parameter, Sources, Unit
from gui.words import words

translate = QCoreApplication.translate


def page_of(subject: Unit | Parameter | Column | LossValue, here: Known) -> Page:
    """All that is known about `subject`."""
    match subject:
        case Unit(stage=stage, index=index):
            return input_page(here, index) if stage == INPUTS else unit_page(here, stage, index)
        case Parameter(index):
            return parameter_page(here, index)
        case Column(stage):
            return inputs_page(here) if stage == INPUTS else column_page(here, stage)
        case LossValue():
            return loss_page(here)


def exists(subject: object, here: Known) -> bool:
    """Whether the network has such a thing: a selection may be older than it."""
    match subject:
        case Unit(stage=stage, index=index):
            units = here.units(0) if stage == INPUTS else here.stages[stage].units if stage < len(here.stages) else 0
            return index < units
        case Parameter(index):
            return index < here.run.layout.size
        case Column(stage):
            return stage < len(here.stages)
    return True


def unit_page(here: Known, stage: int, k: int) -> Page:
    """A neuron: its sum, its activation, and how its gradient comes and goes."""
    column, layers = here.stages[stage], here.layers
    if not here.is_affine(stage):
        return replace(column_page(here, stage), title=here.name(Unit(stage, k)))
    neuron = Neuron(here, stage, k)
    sections = [neuron.forward()]
    code = layer_code(here.run, column.affine)
    meaning = words(layers[column.affine].meaning)
    if column.activation is not None:
        sections.append(activation_formulas.forward(here, column.activation, k))
        code += layer_code(here.run, column.activation)
        meaning += " " + words(layers[column.activation].meaning)
    if stage == len(here.stages) - 1:
        sections.append(loss_formulas.slope(here, [k]))
    else:
        gradient = output_gradient(here, stage, k)
        sections += [gradient] if gradient is not None else []
    if column.activation is not None:
        sections.append(activation_formulas.backward(here, column.activation, k))
    sections += neuron.bias_gradient()[-1:]
    return Page(here.name(Unit(stage, k)), meaning, where_from(here), tuple(sections), code=code)


def input_page(here: Known, index: int) -> Page:
    """An input: a number of the data, and the weights that listen to it."""
    unit = Unit(INPUTS, index)
    value = here.value(0, index)
    rows: tuple[Row, ...] = ()
    if value is not None:
        name = here.name(unit)
        rows = ((symbol(f"x_{{{index + 1}}} =", here.sources(0, index), name),
                 number(value, here.sources(0, index), name)),)  # fmt: skip
    first = here.stages[0]
    table = None
    if here.units(first.affine) == here.units(0) and here.is_affine(0):

        def listener(k: int) -> TableRow:
            place, neuron = here.parameter(first.affine, "weights", index, k), Unit(0, k)
            sources = Sources(frozenset([unit, neuron]), frozenset([place]))
            return TableRow(here.name(neuron), (float(here.parameters[place]), here.gradient(place)), sources)

        header = (translate("inspector", "listener"), translate("inspector", "weight"), "∂L/∂w")
        table = shortened(header, first.units, listener)
    meaning = meaning_of_inputs()
    heading = translate("inspector", "Its value")
    sections = (Section(heading, rows),) if rows else ()
    return Page(here.name(unit), meaning, where_from(here), sections, table, layer_code(here.run, first.affine))


def parameter_page(here: Known, index: int) -> Page:
    """A weight or a bias: what it does, its gradient, its update."""
    entry, place = here.run.layout.locate(index)
    stage = next((n for n, each in enumerate(here.stages) if each.affine == entry.layer), None)
    if stage is None or not here.is_affine(stage):
        return _plain_parameter(here, index)
    k = place[-1]
    neuron = Neuron(here, stage, k)
    if len(place) == 1:
        name, gradients = f"b[{k + 1}]", neuron.bias_gradient()
        title = translate("inspector", "Bias of {neuron}").format(neuron=here.name(Unit(stage, k)))
        meaning = translate("inspector", "Added to the weighted sum, whatever the inputs are: where the neuron begins.")
    else:
        i = place[0]
        name, gradients = f"w[{i + 1},{k + 1}]", neuron.weight_gradient(i)
        unit = here.unit(entry.layer, i)
        start = here.run.parts.input_names[i] if unit is not None and unit.stage == INPUTS else str(i + 1)
        text = translate("inspector", "Weight {source}→{target} of {column}")
        title = text.format(source=words(start), target=k + 1, column=here.column(stage))
        meaning = translate("inspector", "How strongly the neuron listens to this input, and with which sign.")
    value = number(float(here.parameters[index]), of_parameters(index), name)
    latex = f"{name[0]}_{{{name[2:-1]}}} ="
    own = Section(translate("inspector", "Its value"), ((symbol(latex, of_parameters(index), name), value),))
    code = (*layer_code(here.run, entry.layer), *update_code(here.experiment))
    sections = (own, neuron.forward(place[:-1]), *gradients, *updates(here, index, name))
    return Page(title, meaning, where_from(here), sections, code=code)


def _plain_parameter(here: Known, index: int) -> Page:
    """A parameter of a layer that is no column of neurons."""
    entry, place = here.run.layout.locate(index)
    name = f"{entry.full_name}[{', '.join(str(i) for i in place)}]"
    layer = here.layers[entry.layer]
    code = (*layer_code(here.run, entry.layer), *update_code(here.experiment))
    return Page(name, words(layer.meaning), where_from(here), updates(here, index, name), code=code)


def loss_page(here: Known) -> Page:
    """The loss, of the sample and of the batch, and the gradient that sets out from it."""
    loss = here.run.experiment.loss
    title = translate("inspector", "Loss: {loss}").format(loss=words(loss.label))
    sections = (loss_formulas.of_sample(here), loss_formulas.of_batch(here), loss_formulas.slope(here))
    code = loss_code(loss, here.units(here.outputs))
    return Page(title, words(loss.meaning), where_from(here), sections, loss_formulas.table(here), code)
