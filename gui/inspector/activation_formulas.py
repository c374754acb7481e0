"""An activation function: y = f(z) on the way forward, and upstream times local slope on the way back."""

import numpy as np
from PySide6.QtCore import QCoreApplication

from gui.formulas.term import Row, Term, bracketed, known, number, sign, symbol
from gui.inspector.filled import Gap, filled
from gui.inspector.known import Known
from gui.inspector.page import Section
from gui.words import words
from model.hyperparameter import hyperparameters
from model.layers import Activation, LayerSpec, Softmax

translate = QCoreApplication.translate


def forward(here: Known, layer: int, k: int) -> Section:
    """What layer `layer` makes of number k."""
    spec = here.layers[layer]
    z, y = here.value(layer, k), here.value(layer + 1, k)
    before, behind = here.sources(layer, k), here.sources(layer + 1, k)
    left, *right = spec.forward_formula.terms({"k": k + 1})
    name, came_in = f"y[{k + 1}]", f"z[{k + 1}]"
    symbols: Row = (
        symbol(left, behind, name),
        *(symbol(each, before, came_in) for each in right),
    )
    numbers: list[Term] = [symbol(f"y_{{{k + 1}}} =", behind, name)]
    note = ""
    if here.samples and here.row is None:
        note = translate("inspector", "The mean of the outputs over the batch; it is not f of the mean.")
    elif spec.forward_formula.numbers:
        numbers += [*filled(spec.forward_formula, _gaps(here, layer, k, z, y)), sign(" = ")]
    numbers.append(known(y, f"y_{{{k + 1}}}", behind, name))
    return Section(translate("inspector", "Forward: the activation"), (symbols, tuple(numbers)), note)


def backward(here: Known, layer: int, k: int) -> Section:
    """∂L/∂z = ∂L/∂y · f'(z)."""
    spec = here.layers[layer]
    left, *right = spec.backward_formula.terms({"k": k + 1})
    before, behind = here.sources(layer, k), here.sources(layer + 1, k, loss=layer + 1 == here.outputs)
    names = f"∂L/∂z[{k + 1}]", f"∂L/∂y[{k + 1}]", f"f'(z[{k + 1}])"
    upstream, local, downstream = _words()
    symbols: list[Term] = [symbol(left, before, names[0])]
    if isinstance(spec, Activation):
        first, times, last = right
        symbols += [
            symbol(first, behind, names[1], upstream),
            symbol(times),
            symbol(last, before, names[2], local),
        ]
    else:
        symbols += [symbol(each, behind, names[1]) for each in right]
    rows: list[Row] = [tuple(symbols)]
    if isinstance(spec, Activation):
        rows.append((symbol(spec.slope_formula.terms()[0], before, names[2]),))
    heading = translate("inspector", "Upstream × local = downstream")
    total = here.slope(layer, k)
    if here.row is None or not isinstance(spec, Activation):
        numbers: list[Term] = [symbols[0], known(total, left.rstrip(" ="), before, names[0])]
        note = translate("inspector", "Summed over the batch.") if here.samples and here.row is None else ""
        return Section(heading, (*rows, tuple(numbers)), note)
    z, y = here.value(layer, k), here.value(layer + 1, k)
    gradient, slope = here.slope(layer + 1, k), slope_at(spec, z)
    if spec.slope_formula.numbers and slope is not None:
        lead = symbol(f"f'(z_{{{k + 1}}}) =", before, names[2])
        terms = filled(spec.slope_formula, _gaps(here, layer, k, z, y))
        rows.append((lead, *terms, sign(" = "), number(slope, before, names[2])))
    numbers = [
        symbols[0],
        bracketed(known(gradient, rf"\frac{{\partial L}}{{\partial y_{{{k + 1}}}}}", behind, names[1], upstream)),
        sign(" · "),
        bracketed(known(slope, f"f'(z_{{{k + 1}}})", before, names[2], local)),
    ]
    if total is not None:
        numbers += [sign(" = "), number(total, before, names[0], downstream)]
    return Section(heading, (*rows, tuple(numbers)))


def slope_at(spec: LayerSpec, z: float | None) -> float | None:
    """f'(z), computed by the very layer that the network uses."""
    if z is None or not isinstance(spec, Activation):
        return None
    if not hasattr(spec, "layer") and type(spec).make is Activation.make:  # the identity computes nothing
        return 1.0
    return float(spec.curve(np.array([z]))[1][0])


def _words() -> tuple[str, str, str]:
    return (
        translate("inspector", "upstream"),
        translate("inspector", "local"),
        translate("inspector", "downstream"),
    )


def _gaps(here: Known, layer: int, k: int, z: float | None, y: float | None) -> dict[str, Gap]:
    spec = here.layers[layer]
    before, behind = here.sources(layer, k), here.sources(layer + 1, k)
    gaps: dict[str, Gap] = {"z": (z, before, f"z[{k + 1}]"), "y": (y, behind, f"y[{k + 1}]")}
    for declared in hyperparameters(type(spec)):
        gaps[declared.name] = float(getattr(spec, declared.name)), None, words(declared.label)
    if isinstance(spec, Softmax):
        values = here.values(layer)
        with np.errstate(over="ignore"):
            total = float(np.exp(values).sum()) if values is not None else None
        gaps["total"] = total, None, translate("inspector", "the sum over all scores")
    return gaps
