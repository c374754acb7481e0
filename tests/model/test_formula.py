"""The lines of numbers of the declared formulas say what the code computes."""

import math

import numpy as np
import pytest

from model.formula import Formula, Piece
from model.layers import ACTIVATIONS, LAYERS, Affine
from model.layers.layer import LayerSpec
from model.losses import LOSSES
from model.losses.loss import LossSpec
from model.optimizers import OPTIMIZERS


def evaluated(text: str, numbers: dict[str, float]) -> float:
    """What a line of numbers comes to, by Python's own arithmetic."""
    made = ""
    for piece in Formula("", text).pieces():
        value = f"({'-' if piece.negated else ''}({numbers[piece.name]!r}))" if piece.name else piece.text
        made += f"**{value}" if piece.raised else value
    for sign, python in (("·", "*"), ("−", "-"), ("½", "0.5"), ("²", "**2"), ("√", "sqrt")):
        made = made.replace(sign, python)
    names = {name: getattr(math, name) for name in ("e", "tanh", "log", "exp", "sqrt")}
    return float(eval(made, {"__builtins__": {}}, names | {"max": max, "min": min, "f": None}))


def test_a_formula_is_cut_into_terms_and_gaps():
    formula = Formula(r"y_{<k>} = ||\frac{1}{<N>}", "1 / (1 + e^<-z>)²")
    assert formula.terms({"k": 3}) == ("y_{3} =", r"\frac{1}{N}")
    assert formula.pieces() == (Piece("1 / (1 + e"), Piece(name="z", negated=True, raised=True), Piece(")²"))
    assert formula.gaps == {"z"}


@pytest.mark.parametrize("kind", [*LAYERS, *LOSSES, *OPTIMIZERS], ids=lambda kind: kind.__name__)
def test_every_entry_of_the_tables_has_formulas_of_its_own(kind):
    if issubclass(kind, LayerSpec):
        assert kind.forward_formula != LayerSpec.forward_formula
        assert kind.backward_formula != LayerSpec.backward_formula
    elif issubclass(kind, LossSpec):
        assert kind.sample_formula != LossSpec.sample_formula and kind.sample_formula.numbers
        assert kind.slope_formula != LossSpec.slope_formula and kind.slope_formula.numbers
    else:
        assert kind.formulas
        assert all(formula.numbers for formula in kind.formulas)


@pytest.mark.parametrize("kind", ACTIVATIONS, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("z", [-2.5, -0.3, 0.4, 3.1])
def test_an_activations_numbers_are_what_its_layer_computes(kind, z):
    spec = kind()
    numbers = {name: getattr(spec, name) for name in spec.__struct_fields__} | {"z": z}
    y, slope = (z, 1.0) if kind.__name__ == "Identity" else (float(each[0]) for each in spec.curve(np.array([z])))
    assert evaluated(spec.forward_formula.numbers, numbers) == pytest.approx(y, rel=1e-12)
    if spec.slope_formula.numbers:
        assert evaluated(spec.slope_formula.numbers, numbers | {"y": y}) == pytest.approx(slope, rel=1e-12)


@pytest.mark.parametrize("kind", LOSSES, ids=lambda kind: kind.__name__)
def test_a_losss_numbers_are_what_it_computes(kind):
    spec, y = kind(), np.array([[0.7, -1.2, 0.1]])
    t = np.array([[0.0, 1.0, 0.0]])
    p = spec.predict(y)
    rows = [{"y": y[0, k], "t": t[0, k], "p": p[0, k], "N": 1.0} for k in range(3)]
    total = sum(evaluated(spec.sample_formula.numbers, {k: float(v) for k, v in row.items()}) for row in rows)
    assert total == pytest.approx(float(spec.of_each(y, t)[0]), rel=1e-12)
    small = 1e-6
    for k, row in enumerate(rows):
        step = np.zeros((1, 3))
        step[0, k] = small
        numeric = float(spec.of_each(y + step, t)[0] - spec.of_each(y - step, t)[0]) / (2 * small)
        said = evaluated(spec.slope_formula.numbers, {k: float(v) for k, v in row.items()})
        assert said == pytest.approx(numeric, rel=1e-7)


def test_the_formula_of_a_neuron_has_its_place_and_its_number_of_inputs():
    left, total, plus, bias = Affine.neuron_formula.terms({"k": 5, "n": 8})
    assert left == "z_{5} ="
    assert "^{8}" in total and "w_{i,5}" in total
    assert (plus, bias) == ("+", "b_{5}")
