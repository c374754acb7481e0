"""The pages of a whole column: the same formulas for all its neurons at once, and a table of their numbers."""

from PySide6.QtCore import QCoreApplication

from gui.formulas.term import Row, sign, symbol
from gui.inspector.code import layer_code
from gui.inspector.known import Known, of_units
from gui.inspector.page import NumberTable, Page, Section, TableRow, shortened
from gui.inspector.where_from import where_from
from gui.selection import Sources
from gui.words import words
from model.formula import Formula

translate = QCoreApplication.translate


def column_page(here: Known, stage: int) -> Page:
    """A column: the same formulas for all its neurons at once, and a table of their numbers."""
    column = here.stages[stage]
    if not here.is_affine(stage):
        return other_page(here, stage)
    title = translate("inspector", "{column}: affine, {count} units").format(
        column=here.column(stage), count=column.units
    )
    if column.units == 1:
        title = translate("inspector", "{column}: affine, one unit").format(column=here.column(stage))
    code = layer_code(here.run, column.affine)
    meaning = words(here.layers[column.affine].meaning)
    sections = [affine_matrices(here, stage, forward=True)]
    if column.activation is not None:
        activation = here.layers[column.activation]
        title = translate("inspector", "{column}, then {activation}").format(
            column=title, activation=words(activation.label)
        )
        meaning += " " + words(activation.meaning)
        sections.append(symbols_only(here, column.activation, activation.forward_formula, stage))
        sections.append(symbols_only(here, column.activation, activation.backward_formula, stage, backward=True))
        code += layer_code(here.run, column.activation)
    sections.append(affine_matrices(here, stage, forward=False))
    return Page(title, meaning, where_from(here), tuple(sections), column_table(here, stage), code)


def other_page(here: Known, stage: int) -> Page:
    """A column of filters, a pooling or a Maxout: the formulas of its layers, one after the other, and their code."""
    column = here.stages[stage]
    places = sorted(at for at in (column.affine, column.activation, *column.also) if at is not None)
    specs = [here.layers[at] for at in places]
    text = translate("inspector", "{column}: {layers}, {count} units")
    title = text.format(
        column=here.column(stage), layers=", ".join(words(spec.label) for spec in specs), count=column.units
    )
    sections = [symbols_only(here, at, here.layers[at].forward_formula, stage) for at in places]
    sections += [symbols_only(here, at, here.layers[at].backward_formula, stage, backward=True) for at in places[::-1]]
    code = tuple(function for at in places for function in layer_code(here.run, at))
    return Page(title, " ".join(words(spec.meaning) for spec in specs), where_from(here), tuple(sections), code=code)


def affine_matrices(here: Known, stage: int, *, forward: bool) -> Section:
    """The affine layer as products of matrices, with their shapes."""
    layer = here.stages[stage].affine
    spec = here.layers[layer]
    n, m, batch = here.units(layer), here.units(layer + 1), here.samples or "N"
    block = here.run.layout.blocks[layer]
    weights = Sources(parameters=frozenset(range(block.start, block.stop)))
    before, behind = of_units(stage - 1, n), of_units(stage, m)
    formulas: list[tuple[Formula, tuple[Sources, ...], str]]
    if forward:
        shapes = f"{batch}×{m} = {batch}×{n} · {n}×{m} + {m}"
        formulas = [(spec.forward_formula, (behind, before, weights, weights, weights), shapes)]
    else:
        shapes = f"{n}×{m} = {n}×{batch} · {batch}×{m}"
        formulas = [(getattr(spec, "weights_formula", spec.backward_formula), (weights, before, behind), shapes)]
        if stage > 0:
            shapes = f"{batch}×{n} = {batch}×{m} · {m}×{n}"
            formulas.append((spec.backward_formula, (before, behind, weights), shapes))
    rows: list[Row] = []
    for formula, sources, shapes in formulas:
        terms = formula.terms()
        rows.append(tuple(symbol(each, source) for each, source in zip(terms, sources, strict=False)))
        rows.append((sign(shapes),))
    heading = (
        translate("inspector", "Forward: all neurons at once")
        if forward
        else translate("inspector", "Backward: all weights at once")
    )
    return Section(
        heading, tuple(rows), translate("inspector", "Rows × columns; one row for each sample of the batch.")
    )


def symbols_only(here: Known, layer: int, formula: Formula, stage: int, *, backward: bool = False) -> Section:
    """A formula that holds for every neuron of the column."""
    everything = of_units(stage, here.stages[stage].units)
    spec = here.layers[layer]
    rows: list[Row] = [tuple(symbol(each, everything) for each in formula.terms())]
    slope = getattr(spec, "slope_formula", None)
    if backward and slope is not None:
        rows.append(tuple(symbol(each, everything) for each in slope.terms()))
    heading = (
        translate("inspector", "Backward: {activation}")
        if backward
        else translate("inspector", "Forward: {activation}")
    )
    return Section(heading.format(activation=words(spec.label)), tuple(rows))


def column_table(here: Known, stage: int) -> NumberTable:
    """z, y and their gradients of every neuron."""
    column = here.stages[stage]
    z, y = column.affine + 1, column.output + 1
    header = [translate("inspector", "neuron"), "z", "y", "∂L/∂y", "∂L/∂z"]
    if column.activation is None:
        header = [header[0], "z", "∂L/∂z"]

    def row(k: int) -> TableRow:
        values = (here.value(z, k), here.value(y, k), here.slope(y, k), here.slope(z, k))
        if column.activation is None:
            values = values[0], values[3]
        return TableRow(str(k + 1), values, here.sources(z, k))

    return shortened(header, column.units, row)


def meaning_of_inputs() -> str:
    """In words."""
    return translate("inspector", "What the network sees of a sample. It comes from the data, and nothing learns here.")


def inputs_page(here: Known) -> Page:
    """All inputs of the sample."""
    meaning = meaning_of_inputs()
    text = translate("inspector", "Inputs: {count}").format(count=here.units(0))
    first = here.stages[0].affine
    return Page(text, meaning, where_from(here), (), input_table(here), layer_code(here.run, first))


def input_table(here: Known) -> NumberTable:
    """Every input of the sample, or its mean over the batch."""
    header = (translate("inspector", "input"), translate("inspector", "value"))
    names = here.run.parts.input_names
    return shortened(header, len(names), lambda i: TableRow(words(names[i]), (here.value(0, i),), here.sources(0, i)))
