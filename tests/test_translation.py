"""Every text that a person sees can be translated: it is marked where it stands, and Qt's tool finds it there."""

import ast
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = [path for folder in ("gui", "model", "search_engine") for path in sorted((ROOT / folder).rglob("*.py"))]

# Whose arguments are shown, and the classes whose first argument is.
SHOWING = re.compile(
    "set(Text|ToolTip|WindowTitle|Title|AccessibleName|AccessibleDescription|StatusTip|WhatsThis|PlaceholderText|Html"
    "|Prefix|Suffix|SpecialValueText|ItemText|InformativeText|Label)|add(Action|Menu|Tab|Item|Row|ToolBar)"
    "|(draw|insert)(Text|Item|Action)|warning|information|critical|question|about|keep_room_for"
)
MADE_OF_TEXT = re.compile("Q(Label|CheckBox|RadioButton|PushButton|Action|Menu|DockWidget|GroupBox)|(Text|Live)Label")
DECLARED = {"label", "meaning", "title", "caption", "source"}  # variables of the model that hold words


def name_of(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def words_in(node: ast.expr | None) -> str:
    """The words that stand in `node` itself, without markup, gaps, signs and single letters."""
    match node:
        case ast.Constant(value=str(text)):
            return " ".join(re.findall(r"[^\W\d_]{2,}", re.sub(r"<[^>]*>?|&\w+;|\{[^}]*\}", " ", text)))
        case ast.JoinedStr(values=parts):
            # Markup may go round a value: it is not cut out piece by piece.
            whole = "".join(str(part.value) if isinstance(part, ast.Constant) else "_" for part in parts)
            return words_in(ast.Constant(whole))
        case ast.BinOp(left=left, right=right) | ast.IfExp(body=left, orelse=right):
            return words_in(left) + words_in(right)
        case ast.Call(func=ast.Attribute(value=text, attr="format")):
            return words_in(text)
    return ""


def shown_unmarked(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and words of each text that is shown without having been marked."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = name_of(node.func)
            shown = node.args if SHOWING.fullmatch(name) else node.args[:1] if MADE_OF_TEXT.fullmatch(name) else []
            if name in ("Message", "tr"):  # a source that is marked, or a text that the tool can read
                shown = [each for each in node.args[:1] if name == "Message" or isinstance(each, ast.JoinedStr)]
            yield from ((each.lineno, words_in(each)) for each in shown if words_in(each))


def declared_unmarked(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if DECLARED & {name_of(target) for target in targets} and words_in(node.value):
                yield node.lineno, words_in(node.value)
        if isinstance(node, ast.keyword) and node.arg in DECLARED and words_in(node.value):
            yield node.value.lineno, words_in(node.value)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_text_is_shown_that_was_not_marked(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = list(shown_unmarked(tree))
    if "model" in path.relative_to(ROOT).parts:
        found += declared_unmarked(tree)
    assert found == []


@pytest.mark.parametrize(
    "code",
    [
        'label.setText("ready")',
        'label.setText(f"step {n}")',
        'label.setToolTip("<p>" + "no mark" + "</p>")',
        'QLabel("a" if x else "the other")',
        'label.setText("{n} steps".format(n=n))',
        'label.setText(self.tr(f"step {n}"))',
        'Message("no mark")',
    ],
)
def test_a_text_without_a_mark_is_found(code: str) -> None:
    assert list(shown_unmarked(ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    ['label.setText(self.tr("ready"))', 'label.setText("…")', 'QLabel(f"<b style=x>{n}</b> ■")', 'box.setText("x")'],
)
def test_marked_words_and_signs_pass(code: str) -> None:
    assert not list(shown_unmarked(ast.parse(code)))


def marked(path: Path) -> Iterator[tuple[str, str]]:
    """Context and text of everything marked in a file; the context of `tr` is its class."""

    def visit(node: ast.AST, inside: str) -> Iterator[tuple[str, str]]:
        if isinstance(node, ast.ClassDef):
            inside = node.name
        match node:
            case ast.Call(func=function, args=[ast.Constant(value=str(text)), *_]) if name_of(function) == "tr":
                yield inside, text
            case ast.Call(
                func=function, args=[ast.Constant(value=str(context)), ast.Constant(value=str(text)), *_]
            ) if name_of(function) in ("translate", "QT_TRANSLATE_NOOP"):
                yield context, text
        for child in ast.iter_child_nodes(node):
            yield from visit(child, inside)

    return visit(ast.parse(path.read_text(encoding="utf-8")), "")


def test_the_tool_of_qt_extracts_every_marked_text(tmp_path: Path) -> None:
    tool = shutil.which("pyside6-lupdate", path=str(Path(sys.executable).parent))
    if tool is None:
        pytest.skip("this PySide6 comes without lupdate")
    target = tmp_path / "all.ts"
    subprocess.run([tool, *map(str, SOURCES), "-ts", str(target)], check=True, capture_output=True, timeout=60)
    extracted = {
        (context.findtext("name"), message.findtext("source"))
        for context in ElementTree.parse(target).iter("context")
        for message in context.iter("message")
    }
    expected = {each for path in SOURCES for each in marked(path)}
    assert len(expected) > 500
    assert expected - extracted == set()
