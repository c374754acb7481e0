r"""Formulas: what a layer, a loss or an optimizer computes, as it is written on paper.

Each is declared once, beside the code that computes it, and written twice: in symbols, and as a line that numbers can
be put into. A sigmoid says

    Formula(r"y = ||\frac{1}{1 + e^{-z}}", "1 / (1 + e^<-z>)")

The first is LaTeX, cut by || into the terms that can be pointed at. The second is plain characters with gaps: <z> is
replaced by the number z, <-z> by -z, and ^ before a gap makes it an exponent. Gaps in the
symbols are filled with indices: <k> becomes 5 in the formula of the fifth neuron, and stays k in that of them all.

The numbers go where they are known; no formula is evaluated here. What a formula comes to is read from the arrays of
the step that has really computed it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

CUT = "||"
GAP = re.compile(r"<(-?)([A-Za-z_]\w*'?)>")
PIECE = re.compile(r"(\^?<-?[A-Za-z_]\w*'?>)")


@dataclass(frozen=True)
class Piece:
    """A piece of a line of numbers: either plain `text`, or the gap of the number `name`."""

    text: str = ""
    name: str = ""
    negated: bool = False
    raised: bool = False  # an exponent


@dataclass(frozen=True)
class Formula:
    """One formula: `symbols` in LaTeX; `numbers`, the side right of the equals sign with gaps ("": it has none)."""

    symbols: str
    numbers: str = ""

    def terms(self, indices: Mapping[str, object] | None = None) -> tuple[str, ...]:
        """The LaTeX of each term, with these indices in its gaps; a gap without an index keeps its own letter."""
        given = indices or {}
        filled = GAP.sub(lambda gap: str(given.get(gap[2], gap[2])), self.symbols)
        return tuple(term.strip() for term in filled.split(CUT))

    def pieces(self) -> tuple[Piece, ...]:
        """The line of numbers, cut at its gaps."""
        found: list[Piece] = []
        for part in filter(None, PIECE.split(self.numbers)):
            gap = GAP.fullmatch(part.removeprefix("^"))
            if gap is None:
                found.append(Piece(text=part))
            else:
                found.append(Piece(name=gap[2], negated=gap[1] == "-", raised=part.startswith("^")))
        return tuple(found)

    @property
    def gaps(self) -> frozenset[str]:
        """The names of the numbers that it takes."""
        return frozenset(piece.name for piece in self.pieces() if piece.name)
