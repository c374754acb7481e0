"""The page of a point on a curve: what was measured there, and by which code."""

from PySide6.QtCore import QCoreApplication

from gui.formulas.term import Row, number, symbol
from gui.inspector.code import measure_code
from gui.inspector.known import Known, of_parameters
from gui.inspector.page import Page, Section
from gui.selection import CurvePoint, Sources
from model.epochs import Epochs

translate = QCoreApplication.translate

ACCURACY = r"\frac{1}{N} \sum_{s=1}^{N} \left[\mathrm{class}(\mathbf{y}^{(s)}) = t^{(s)}\right]"
NORM = r"\sqrt{\sum_j g_j^2}"


def curve_page(here: Known, point: CurvePoint, epochs: Epochs | None) -> Page:
    """All about one point of a curve."""
    title = translate("inspector", "{curve} at step {step:,}").format(curve=_named(point), step=point.step)
    loss = here.run.experiment.loss
    if point.measure.startswith("gradient"):
        block = _layer_block(here, point)
        row = _row(r"\left\Vert \mathbf{g} \right\Vert =", NORM, point.value, block)
        meaning = translate("inspector", "How long this layer's gradient was at the step, before its update.")
    elif point.measure.endswith("accuracy"):
        row = _row(r"\mathrm{accuracy} =", ACCURACY, point.value / 100, Sources())
        meaning = translate("inspector", "The share of samples of this part whose class was found, learning nothing.")
    else:
        _, *mean = loss.batch_formula.terms()
        row = _row("L =", " ".join(mean), point.value, Sources(loss=True))
        meaning = (
            translate("inspector", "The mean loss of this step's mini-batch, before its update.")
            if point.measure == "batch loss"
            else translate("inspector", "The mean loss of all samples of this part, measured without learning from it.")
        )
    where = translate("inspector", "Step {step:,}").format(step=point.step)
    if epochs is not None:
        done = epochs.done(point.step)
        where = translate("inspector", "Step {step:,}, epoch {epoch:,}").format(step=point.step, epoch=done)
    sections = (Section(translate("inspector", "What was measured"), row),)
    code = measure_code(point.measure, loss, here.units(here.outputs))
    return Page(title, meaning, where, sections, code=code, step=point.step)


def _row(left: str, right: str, value: float, sources: Sources) -> tuple[Row, ...]:
    name = translate("inspector", "what was measured")
    return (
        (symbol(left, sources, name), symbol(right, sources, name)),
        (symbol(left, sources, name), number(value, sources, name)),
    )


def _named(point: CurvePoint) -> str:
    return point.curve[:1].upper() + point.curve[1:]


def _layer_block(here: Known, point: CurvePoint) -> Sources:
    layer = here.run.layout.learning_layers[int(point.measure.split()[1]) - 1]
    block = here.run.layout.blocks[layer]
    return of_parameters(*range(block.start, block.stop))
