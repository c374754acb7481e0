"""The loss: of one sample, of the batch, and the gradient that sets out from it."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from gui.formulas.term import Row, Term, bracketed, known, number, sign, sum_of, symbol
from gui.inspector.filled import Gap, filled
from gui.inspector.known import Known
from gui.inspector.page import NumberTable, Section, TableRow, shortened
from gui.selection import Sources
from model.losses import LossSpec

translate = QCoreApplication.translate

LOSS = Sources(loss=True)
MOST_SLOPES = 4  # of more outputs, only the first, the right one and the last are written out; the table has them all


def of_sample(here: Known) -> Section:
    """The loss of the sample that is shown, a sum over the outputs."""
    loss = here.run.experiment.loss
    rows: list[Row] = []
    if loss.prediction_formula is not None:
        left, *right = loss.prediction_formula.terms()
        rows.append((symbol(left, _output(here, 0)), *(symbol(each, _output(here, 0)) for each in right)))
    left, *right = loss.sample_formula.terms()
    name = translate("inspector", "the loss of one sample")
    lead = symbol(left, LOSS, name)
    rows.append((lead, *(symbol(each, _outputs(here), name) for each in right)))
    if here.row is not None:
        rows += _sample_numbers(here, loss, lead)
    return Section(translate("inspector", "Forward: the loss of a sample"), tuple(rows))


def _sample_numbers(here: Known, loss: LossSpec, lead: Term) -> list[Row]:
    rows: list[Row] = []
    outputs = here.units(here.outputs)
    if loss.prediction_formula is not None and loss.prediction_formula.numbers and outputs == 1:
        p = _gaps(here, 0)["p"]
        terms = filled(loss.prediction_formula, _gaps(here, 0))
        rows.append((symbol("p_{1} =", p[1]), *terms, sign(" = "), known(p[0], "p_{1}", _output(here, 0), "p[1]")))
    row: list[Term] = [lead, *sum_of(outputs, lambda k: _summand(here, loss, k), right_answers(here))]
    own = sample_loss(here)
    if own is not None:
        row += [sign(" = "), number(own, LOSS, translate("inspector", "the loss of this sample"))]
    rows.append(tuple(row))
    return rows


def _summand(here: Known, loss: LossSpec, k: int) -> Sequence[Term]:
    terms = filled(loss.sample_formula, _gaps(here, k))
    if k and terms[0].text.startswith("−"):  # a sum of negative terms: each in brackets
        return [sign("("), *terms, sign(")")]
    return terms


def of_batch(here: Known) -> Section:
    """The mean over the batch: the one number that training makes smaller."""
    left, *right = here.run.experiment.loss.batch_formula.terms({"N": here.samples or "N"})
    name = translate("inspector", "the loss of the batch")
    lead = symbol(left, LOSS, name)
    rows: list[Row] = [(lead, *(symbol(each, LOSS, name) for each in right))]
    step, note = here.step, ""
    if step is not None and here.loss is not None:

        def own(row: int) -> Sequence[Term]:
            title = translate("inspector", "the loss of sample {number} of the batch").format(number=row + 1)
            return (bracketed(number(float(step.losses[row]), LOSS, title)),)

        terms = sum_of(here.samples, own)
        rows.append((lead, sign("("), *terms, sign(f") / {here.samples} = "), number(here.loss, LOSS, name)))
        note = translate("inspector", "{count} terms, one for each sample.").format(count=here.samples)
    return Section(translate("inspector", "The loss of the batch"), tuple(rows), note)


def slope(here: Known, outputs: Sequence[int] | None = None) -> Section:
    """∂L/∂y of every output, or of these: the gradient that sets out on its way back."""
    loss, rows = here.run.experiment.loss, []
    every = range(here.units(here.outputs)) if outputs is None else outputs
    left, *right = loss.slope_formula.terms(
        {"N": here.samples or "N"} | ({"k": every[0] + 1} if len(every) == 1 else {})
    )
    name = "∂L/∂y"
    rows.append((symbol(left, _outputs(here), name), *(symbol(e, _outputs(here), name) for e in right)))
    note = ""
    if here.samples and here.row is None:
        note = translate("inspector", "Sums over the batch.")
    else:
        note = translate("inspector", "Divided by the batch size, because the loss is a mean.")
    shown = every if len(every) <= MOST_SLOPES else sorted({every[0], *right_answers(here)[:1], every[-1]})
    rows += [_slope_numbers(here, loss, k) for k in shown]
    return Section(translate("inspector", "Backward: the gradient sets out"), tuple(rows), note)


def _slope_numbers(here: Known, loss: LossSpec, k: int) -> Row:
    name, source = f"∂L/∂y[{k + 1}]", replace(_output(here, k), loss=True)
    latex = rf"\frac{{\partial L}}{{\partial y_{{{k + 1}}}}}"
    value = here.slope(here.outputs, k)
    row: list[Term] = [symbol(latex + " =", source, name)]
    if here.row is not None and loss.slope_formula.numbers:
        row += filled(loss.slope_formula, _gaps(here, k))
        if value is None:
            return tuple(row)
        row.append(sign(" = "))
    return (*row, known(value, latex, source, name))


def table(here: Known) -> NumberTable:
    """Every output beside its target."""
    loss = here.run.experiment.loss
    header = [translate("inspector", "output"), "y", *(["p"] if loss.takes_scores else []), "t", "∂L/∂y"]
    names = ("y", "p", "t") if loss.takes_scores else ("y", "t")

    def row(k: int) -> TableRow:
        gaps = _gaps(here, k)
        values = (*(gaps[name][0] for name in names), here.slope(here.outputs, k))
        return TableRow(str(k + 1), values, _output(here, k))

    return shortened(header, here.units(here.outputs), row)


def sample_loss(here: Known) -> float | None:
    """The loss of the sample that is shown; None for the whole batch, or before it is known."""
    if here.step is None or here.row is None or not here.knows_loss:
        return None
    return float(here.step.losses[here.row])


def right_answers(here: Known) -> list[int]:
    """The outputs whose target is not zero, where one sample is shown: of classes, the right one."""
    if here.step is None or here.row is None:
        return []
    targets = here.step.targets.reshape(here.samples, -1)[here.row]
    return [k for k, target in enumerate(targets.tolist()) if target]


def _gaps(here: Known, k: int) -> dict[str, Gap]:
    step = here.step
    y = here.value(here.outputs, k)
    source = _output(here, k)
    p = t = None
    if step is not None:
        targets = step.targets.reshape(here.samples, -1)
        t = float(targets[:, k].mean() if here.row is None else targets[here.row, k])
        if y is not None:
            predictions = step.predictions.reshape(here.samples, -1)
            p = float(predictions[:, k].mean() if here.row is None else predictions[here.row, k])
    samples = float(here.samples) if here.samples else None
    return {
        "y": (y, source, f"y[{k + 1}]"),
        "p": (p, source, f"p[{k + 1}]"),
        "t": (t, LOSS, translate("inspector", "target {number}").format(number=k + 1)),
        "N": (samples, None, translate("inspector", "the batch size")),
    }


def _output(here: Known, k: int) -> Sources:
    return here.sources(here.outputs, k)


def _outputs(here: Known) -> Sources:
    units = [here.unit(here.outputs, k) for k in range(here.units(here.outputs))]
    return Sources(units=frozenset(unit for unit in units if unit is not None), loss=True)
