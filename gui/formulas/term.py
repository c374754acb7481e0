"""A formula on the screen is rows of terms. Each can be pointed at and knows where its number comes from."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from gui.formulas.spoken import spoken
from gui.selection import Sources

MINUS = "\N{MINUS SIGN}"
ELLIPSIS = "…"
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")

MOST_TERMS = 6  # of a sum; of a longer one the first ones and the last are written out
FIRST_TERMS = 4


@dataclass(frozen=True)
class Term:
    """What stands at one place of a row."""

    text: str  # in plain characters: read aloud, and drawn where it is not typeset
    latex: str = ""  # typeset where there is some
    sources: Sources | None = None  # where its number comes from
    name: str = ""  # what it is, in words
    value: float | None = None  # its number in full
    raised: bool = False  # an exponent
    under: str = ""  # a word below it, such as "upstream"
    muted: bool = False  # not known yet

    @property
    def can_be_pointed_at(self) -> bool:
        return self.sources is not None


Row = tuple[Term, ...]


def number_text(value: float, digits: int = 4) -> str:
    """So many digits, as they are printed: −0.3127, 1.2·10⁻⁵."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "∞" if value > 0 else MINUS + "∞"
    text = f"{float(value) + 0.0:.{digits}g}"  # a zero has no sign
    mantissa, _, exponent = text.partition("e")
    if exponent:
        power = f"10{str(int(exponent)).translate(SUPERSCRIPTS)}"
        mantissa = mantissa.replace("-", MINUS)
        return mantissa[:-1] + power if mantissa in ("1", MINUS + "1") else f"{mantissa}·{power}"
    return text.replace("-", MINUS)


def plain_text(row: Iterable[Term]) -> str:
    """A row as it is read aloud or copied."""
    return " ".join("".join(f"^{term.text}" if term.raised else term.text for term in row).split())


def number(value: float, sources: Sources | None = None, name: str = "", under: str = "") -> Term:
    """A number that is known."""
    return Term(number_text(value), "", sources, name, float(value), under=under)


def symbol(latex: str, sources: Sources | None = None, name: str = "", under: str = "") -> Term:
    """Something typeset."""
    return Term(f" {spoken(latex)} ", latex, sources, name, under=under)


def known(value: float | None, latex: str, sources: Sources, name: str, under: str = "") -> Term:
    """A number, or its symbol where it is not known yet."""
    if value is None:
        return Term(spoken(latex), latex, sources, name, under=under, muted=True)
    return number(value, sources, name, under)


def sign(text: str) -> Term:
    """An operator or a bracket."""
    return Term(text)


def bracketed(term: Term) -> Term:
    """A factor or a summand: a negative number stands in brackets."""
    negative = term.value is not None and term.text.startswith(MINUS)
    return replace(term, text=f"({term.text})") if negative else term


def shown_places(count: int, keep: Sequence[int] = ()) -> list[int | None]:
    """Which terms of a long sum are written out: the first, those to `keep`, the last. None: some are left out."""
    if count <= MOST_TERMS:
        return list(range(count))
    kept = list(keep[: FIRST_TERMS - 2])
    places: list[int | None] = []
    for place in sorted({*range(FIRST_TERMS - len(kept)), *kept, count - 1}):
        if places and places[-1] != place - 1:
            places.append(None)
        places.append(place)
    return places


def sum_of(count: int, term: Callable[[int], Sequence[Term]], keep: Sequence[int] = ()) -> list[Term]:
    """term(0) + term(1) + …, shortened where it is long. The first needs no brackets."""
    made: list[Term] = []
    for place in shown_places(count, keep):
        terms = list(term(place)) if place is not None else [sign(ELLIPSIS)]
        if made:
            made.append(sign(" + "))
        elif terms[0].value is not None:
            terms[0] = replace(terms[0], text=terms[0].text.strip("()"))
        made += terms
    return made
