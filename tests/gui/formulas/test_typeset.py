"""Every formula that the model declares can be typeset, and said in plain characters."""

import subprocess
import sys

import pytest

from gui.formulas.spoken import spoken
from gui.formulas.typeset import INK, typeface, typeset
from model.formula import Formula
from model.layers import LAYERS
from model.losses import LOSSES
from model.optimizers import OPTIMIZERS


def formulas_of(kind):
    """Every formula declared on `kind`, by name."""
    found = {}
    for name in dir(kind):
        value = getattr(kind, name)
        for number, each in enumerate(value if isinstance(value, tuple) else (value,)):
            if isinstance(each, Formula):
                found[f"{name}{number or ''}"] = each
    return found


ALL = [
    pytest.param(formula, id=f"{kind.__name__} {name}")
    for kind in (*LAYERS, *LOSSES, *OPTIMIZERS)
    for name, formula in formulas_of(kind).items()
]


@pytest.mark.parametrize("formula", ALL)
def test_every_formula_can_be_typeset(formula):
    for term in formula.terms():
        drawing = typeset(term)
        assert drawing.width > 0
        assert drawing.ascent + drawing.descent > 0


@pytest.mark.parametrize("formula", ALL)
def test_every_formula_can_be_said_in_plain_characters(formula):
    for term in formula.terms():
        assert spoken(term)
        assert not set(spoken(term)) & set("\\{}") or "if" in spoken(term)


def test_a_drawing_stands_on_its_line_of_writing():
    plain, deep, fraction = typeset("x"), typeset("x_{2}"), typeset(r"\frac{1}{2}")
    assert deep.descent > plain.descent
    assert fraction.ascent > plain.ascent and fraction.descent > plain.descent
    assert INK in plain.svg
    assert "<symbol" not in plain.svg and "<use" not in plain.svg  # Qt would draw nothing


def test_numbers_are_drawn_in_the_typeface_of_the_formulas():
    path = typeface()
    assert path is not None and path.suffix == ".ttf"


def test_nothing_is_typeset_or_coloured_before_it_is_wanted():
    """The libraries for it cost a fifth of a second: the window must not wait for them."""
    code = (
        "import sys, gui.main_window, gui.panels.inspector_panel;"
        "print([name for name in ('ziamath', 'ziafont', 'pygments', 'PySide6.QtSvg') if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert found.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("latex", "plain"),
    [
        (r"\frac{\partial L}{\partial z_{2}}", "∂L/∂z[2]"),
        (r"\frac{1}{1 + e^{-z}}", "1/(1 + e^(-z))"),
        (r"w \leftarrow w - \eta\,g", "w ← w - η g"),
        (r"\mathbf{X}\,\mathbf{W} + \mathbf{b}", "X W + b"),
        (r"\begin{cases} z & z > 0 \\ 0 & z \le 0 \end{cases}", "{ z if z > 0 ; 0 if z ≤ 0 }"),
    ],
)
def test_said_by_hand(latex, plain):
    assert spoken(latex) == plain
