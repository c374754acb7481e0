"""The pages of the phases of a step: the layer at work, what it has just computed, and nothing of what comes later."""

from PySide6.QtCore import QCoreApplication

from gui.inspector import activation_formulas, loss_formulas
from gui.inspector.affine_formulas import Neuron
from gui.inspector.code import batch_code, layer_code, loss_code, update_code
from gui.inspector.column_pages import affine_matrices, column_table, input_table, symbols_only
from gui.inspector.known import Known, of_parameters
from gui.inspector.page import Page, TableRow, shortened
from gui.inspector.update_formulas import updates
from gui.inspector.where_from import where_from
from gui.selection import Parameter, Unit
from gui.words import words
from model.phases import Phase
from model.stages import Stage

translate = QCoreApplication.translate


def phase_page(here: Known, phase: Phase, subject: object = None) -> Page:
    """What has just been done. `subject`: the neuron or weight whose numbers are taken as the example."""
    match phase.kind:
        case "batch":
            return _batch(here)
        case "forward" | "backward":
            return _layer(here, phase.layer, subject, forward=phase.kind == "forward")
        case "loss":
            return _loss(here)
        case "slope":
            return _slope(here)
        case _:
            return _update(here, subject)


def _batch(here: Known) -> Page:
    text = translate(
        "inspector", "Some samples are drawn from the training data; their mean gradient stands for that of all."
    )
    title = translate("inspector", "The mini-batch: {count} samples").format(count=here.samples)
    return Page(title, text, where_from(here), (), input_table(here), batch_code())


def _layer(here: Known, layer: int, subject: object, *, forward: bool) -> Page:
    spec = here.layers[layer]
    found = next((n for n, stage in enumerate(here.stages) if stage.affine <= layer <= stage.output), None)
    way = translate("inspector", "Forward") if forward else translate("inspector", "Backward")
    code = layer_code(here.run, layer, forward=forward, backward=not forward)
    if found is None or not here.is_affine(found) or layer in here.stages[found].also:
        title = translate("inspector", "{way}: {layer}").format(way=way, layer=words(spec.label))
        formula = spec.forward_formula if forward else spec.backward_formula
        section = symbols_only(here, layer, formula, found or 0, backward=not forward)
        return Page(title, words(spec.meaning), where_from(here), (section,), code=code)
    text = translate("inspector", "{way}: {column}, {layer}")
    title = text.format(way=way, column=here.column(found), layer=words(spec.label))
    k = _example(subject, found, here.stages[found])
    if layer == here.stages[found].activation:
        part = activation_formulas.forward if forward else activation_formulas.backward
        sections = (part(here, layer, k),)
    elif forward:
        sections = (affine_matrices(here, found, forward=True), Neuron(here, found, k).forward())
    else:
        neuron = Neuron(here, found, k)
        sections = (affine_matrices(here, found, forward=False), *neuron.weight_gradient(_input(subject, here, found)))
    return Page(title, words(spec.meaning), where_from(here), sections, column_table(here, found), code)


def _example(subject: object, stage: int, column: Stage) -> int:
    if isinstance(subject, Unit) and subject.stage == stage and subject.index < column.units:
        return subject.index
    return 0


def _input(subject: object, here: Known, stage: int) -> int:
    if (
        isinstance(subject, Unit)
        and subject.stage == stage - 1
        and subject.index < here.units(here.stages[stage].affine)
    ):
        return subject.index
    return 0


def _loss(here: Known) -> Page:
    loss = here.run.experiment.loss
    title = translate("inspector", "Loss: {loss}").format(loss=words(loss.label))
    sections = (loss_formulas.of_sample(here), loss_formulas.of_batch(here))
    code = loss_code(loss, here.units(here.outputs), backward=False)
    return Page(title, words(loss.meaning), where_from(here), sections, loss_formulas.table(here), code)


def _slope(here: Known) -> Page:
    loss = here.run.experiment.loss
    title = translate("inspector", "The gradient sets out: {loss}").format(loss=words(loss.label))
    meaning = translate("inspector", "How the loss changes with every output. From here it goes back, layer by layer.")
    code = loss_code(loss, here.units(here.outputs), forward=False)
    return Page(title, meaning, where_from(here), (loss_formulas.slope(here),), loss_formulas.table(here), code)


def _update(here: Known, subject: object) -> Page:
    optimizer = here.experiment.optimizer
    title = translate("inspector", "Update: {optimizer}").format(optimizer=words(optimizer.label))
    index = subject.index if isinstance(subject, Parameter) else 0
    if here.step is not None and here.step.diverges:
        meaning = translate("inspector", "The loss is no finite number: there is no gradient, and the run ends here.")
        return Page(title, meaning, where_from(here), (), code=update_code(here.experiment))
    sections = updates(here, index, parameter_name(here, index))
    header = (
        translate("inspector", "parameter"),
        translate("inspector", "before"),
        translate("inspector", "gradient"),
        translate("inspector", "after"),
    )

    def row(each: int) -> TableRow:
        after = float(here.after[each]) if here.after is not None else None
        values = float(here.parameters[each]), here.gradient(each), after
        return TableRow(_full_name(here, each), values, of_parameters(each))

    table = shortened(header, here.run.layout.size, row)
    return Page(title, words(optimizer.meaning), where_from(here), sections, table, update_code(here.experiment))


def parameter_name(here: Known, index: int) -> str:
    """ "w[1,3]" or "b[3]", counted from 1 as in the formulas."""
    entry, place = here.run.layout.locate(index)
    return f"{entry.name[0]}[{','.join(str(each + 1) for each in place)}]"


def _full_name(here: Known, index: int) -> str:
    entry, _ = here.run.layout.locate(index)
    stage = next((n for n, each in enumerate(here.stages) if each.affine == entry.layer), None)
    name = parameter_name(here, index)
    return f"{here.column(stage)} {name}" if stage is not None else f"{entry.full_name} {name}"
