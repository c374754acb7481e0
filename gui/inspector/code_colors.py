"""Python in colours: the kinds of words that pygments finds, in the theme's own few colours."""

from collections.abc import Iterator

from PySide6.QtGui import QColor, QFont, QFontDatabase, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from gui.theme import Theme, current_theme

Span = tuple[int, int, str]  # from, length, kind


class CodeColors(QSyntaxHighlighter):
    """Colours a document that is not edited: its words are found once."""

    def __init__(self, document: QTextDocument, text: str) -> None:
        super().__init__(document)
        self._spans = spans(text)

    def highlightBlock(self, text: str) -> None:
        number = self.currentBlock().blockNumber()
        for start, length, kind in self._spans[number] if number < len(self._spans) else ():
            self.setFormat(start, length, _format(kind, current_theme()))


def spans(text: str) -> list[list[Span]]:
    """For every line of `text` its coloured words."""
    found: list[list[Span]] = [[] for _ in text.split("\n")]
    line = column = 0
    for kind, word in kinds(text):
        for number, part in enumerate(word.split("\n")):
            if number:
                line, column = line + 1, 0
            if part and kind:
                found[line].append((column, len(part), kind))
            column += len(part)
    return found


def kinds(text: str) -> Iterator[tuple[str, str]]:
    """Every word of `text` with its kind: "comment", "keyword", "string", "number", "name", or "" for the rest."""
    from pygments.lexers.python import PythonLexer
    from pygments.token import Token

    named = (
        (Token.Comment, "comment"),
        (Token.Literal.String.Doc, "comment"),
        (Token.Literal.String, "string"),
        (Token.Literal.Number, "number"),
        (Token.Keyword, "keyword"),
        (Token.Operator.Word, "keyword"),
        (Token.Name.Function, "name"),
        (Token.Name.Class, "name"),
    )
    for token, word in PythonLexer(stripnl=False, ensurenl=False).get_tokens(text):
        yield next((kind for whole, kind in named if token in whole), ""), word


def code_font(theme: Theme) -> QFont:
    """A typeface in which all characters are equally wide."""
    made = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    made.setPixelSize(theme.small)
    return made


def _format(kind: str, theme: Theme) -> QTextCharFormat:
    made = QTextCharFormat()
    colors = {"comment": theme.muted, "keyword": theme.accent, "string": theme.muted, "number": theme.text}
    made.setForeground(QColor(colors.get(kind, theme.text)))
    made.setFontItalic(kind == "comment")
    if kind in ("name", "keyword"):
        made.setFontWeight(QFont.Weight.Bold)
    return made
