"""A declared line of numbers with the numbers put in."""

from collections.abc import Mapping

from gui.formulas.term import MINUS, Term, bracketed, number, sign
from gui.selection import Sources
from model.formula import Formula

Gap = tuple[float | None, Sources | None, str]  # a number, where it comes from, what it is


def filled(formula: Formula, gaps: Mapping[str, Gap]) -> list[Term]:
    """The line of `formula`, each gap filled with its number; with its name where the number is not known."""
    terms: list[Term] = []
    for piece in formula.pieces():
        if not piece.name:
            terms.append(sign(piece.text))
            continue
        value, sources, name = gaps.get(piece.name, (None, None, piece.name))
        if value is None:
            text = f"{MINUS}{piece.name}" if piece.negated else piece.name
            made = Term(text, sources=sources, name=name, muted=True)
        else:
            made = number(-value if piece.negated else value, sources, f"-{name}" if piece.negated else name)
        if piece.raised:
            made = Term(made.text, sources=sources, name=made.name, value=made.value, raised=True, muted=made.muted)
        elif _follows_something(terms):
            made = bracketed(made)
        terms.append(made)
    return terms


def _follows_something(terms: list[Term]) -> bool:
    """Whether a minus would stand behind an operator, where it needs brackets."""
    before = terms[-1].text.rstrip() if terms else ""
    return bool(before) and before[-1] not in "(,="
