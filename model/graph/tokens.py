"""The words of an expression: numbers, names and signs, each with its place in the text."""

import re
from dataclasses import dataclass

from model.message import QT_TRANSLATE_NOOP, Message

END = "end"
WORD = re.compile(
    r"(?P<number>([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?)|(?P<name>[^\W\d]\w*)|(?P<sign>\*\*|[-+*/(),])"
)


class ExpressionError(Exception):
    """An expression that cannot be read: the place in the text (0 is before its first character), and a sentence."""

    def __init__(self, position: int, message: Message) -> None:
        super().__init__(str(message))
        self.position = position
        self.message = message


@dataclass(frozen=True)
class Token:
    """One word."""

    kind: str  # "number", "name", "sign" or END
    text: str
    position: int  # of its first character


def tokens(text: str) -> list[Token]:
    """The words of `text` and END. Raises ExpressionError at a character that has no meaning."""
    found: list[Token] = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        match = WORD.match(text, at)
        if match is None:
            raise ExpressionError(at, _unknown(text[at]))
        found.append(Token(str(match.lastgroup), match.group(), at))
        at = match.end()
    return [*found, Token(END, "", len(text))]


def _unknown(character: str) -> Message:
    if character == "^":
        return Message(QT_TRANSLATE_NOOP("model", "a power is written **, as in x ** 2"))
    source = QT_TRANSLATE_NOOP("model", "{character} has no meaning here; there are + - * / ** and parentheses")
    return Message(source, {"character": character})
