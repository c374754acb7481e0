"""Typesetting: LaTeX becomes a drawing, without a browser.

The library sets a formula in a few thousandths of a second, which is too long for a frame, and it is itself loaded in
a fifth of a second: both are done in the picture thread, once for each formula. A drawing has no size and no colour of
its own yet, so that a change of theme sets nothing anew.
"""

import re
import warnings
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

INK = "#010203"  # in place of the colour that it is drawn with
SIZE = 16.0  # the size in which it is set; any would do

VIEW_BOX = re.compile(r'viewBox="([-\d.e]+) ([-\d.e]+) ([-\d.e]+) ([-\d.e]+)"')


@dataclass(frozen=True)
class Drawing:
    """A typeset formula. Lengths in units of the type size, from the place where its line of writing begins."""

    svg: str
    width: float
    ascent: float  # above the line of writing
    descent: float  # below it


def typeset(latex: str) -> Drawing:
    """Set `latex`. Raises what the library raises where it cannot read it."""
    # It finds its typeface in a way that Python 3.11 calls out of date.
    warnings.filterwarnings("ignore", "path is deprecated", DeprecationWarning)
    from ziafont.config import config as of_the_typeface
    from ziamath.config import config as of_the_formulas
    from ziamath.zmath import Latex

    # Qt reads SVG 1.2 Tiny, which draws no <symbol> that is used elsewhere.
    of_the_formulas.svg2 = of_the_typeface.svg2 = False
    svg: str = Latex(latex, size=SIZE, color=INK).svg()
    box = VIEW_BOX.search(svg)
    assert box is not None, "a drawing says how large it is"
    _, top, width, height = (float(number) / SIZE for number in box.groups())
    return Drawing(svg, width, -top, height + top)


def typeface() -> Path | None:
    """The file of the typeface that formulas are set in, so that numbers are drawn in the same."""
    package = find_spec("ziamath")
    if package is None or not package.submodule_search_locations:
        return None
    path = Path(package.submodule_search_locations[0], "fonts", "STIXTwoMath-Regular.ttf")
    return path if path.exists() else None
