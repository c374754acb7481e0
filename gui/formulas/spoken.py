"""LaTeX in plain characters: read aloud, copied, and shown until it is typeset."""

import re
from functools import lru_cache

SIGNS = {
    r"\partial ": "∂",
    r"\partial": "∂",
    r"\cdot": "·",
    r"\leftarrow": "←",
    r"\sum": "Σ",
    r"\eta": "η",
    r"\lambda": "λ",
    r"\alpha": "α",
    r"\beta": "β",
    r"\delta": "δ",
    r"\varepsilon": "ε",
    r"\top": "ᵀ",
    r"\le": "≤",
    r"\\": "; ",
    r"\,": " ",
    r"\left": "",
    r"\right": "",
    r"\begin{cases}": "{ ",
    r"\end{cases}": " }",
    r"\Vert": "‖",
    "&": "if",
}
GROUP = r"\{((?:[^{}]|\{[^{}]*\})*)\}"
SHAPES = (
    (re.compile(r"\\(?:mathbf|mathrm)" + GROUP), r"\1"),
    (re.compile(r"\\hat (\w)"), "\\1\N{COMBINING CIRCUMFLEX ACCENT}"),
    (re.compile(r"\\sqrt" + GROUP), r"√(\1)"),
    (re.compile(r"\\frac" + GROUP + GROUP), r"(\1)/(\2)"),
    (re.compile(r"_" + GROUP), r"[\1]"),
    (re.compile(r"_(\w)"), r"[\1]"),
    (re.compile(r"\^" + GROUP), r"^(\1)"),
)


@lru_cache(maxsize=1024)
def spoken(latex: str) -> str:
    r"""`latex` in one line: \frac{\partial L}{\partial z_{2}} becomes ∂L/∂z[2]."""
    text = latex
    for command, sign in SIGNS.items():
        text = re.sub(re.escape(command) + (r"(?![a-z])" if command[-1].isalpha() else ""), lambda _, s=sign: s, text)
    for _ in range(3):  # from the inside out
        for shape, plain in SHAPES:
            text = shape.sub(plain, text)
    text = re.sub(r"\(([^()\s+]+)\)/", r"\1/", text)
    text = re.sub(r"/\(([^()\s+]+)\)", r"/\1", text)
    return " ".join(text.replace("\\", "").split())
