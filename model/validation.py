"""What is wrong with an experiment's file, in words.

msgspec finds what is wrong and where, in the words of a programmer: "Expected `int` >= 1 - at
`$.network.layers[2].units`". Here the place is looked up in the declarations and in the file, and the sentence is made
anew: "$.network.layers[2].units: must be a whole number, at least 1 and at most 4096, not 0".
"""

import json
import re
from collections.abc import Iterable
from typing import Any, cast

import msgspec
from msgspec import inspect

from model.message import QT_TRANSLATE_NOOP, Message

LONGEST_QUOTE = 40  # characters, of what the file says
Key = str | int
Number = inspect.IntType | inspect.FloatType


def explain(reason: str, kind: type[msgspec.Struct], raw: object) -> tuple[str, Message]:
    """The place and a sentence for `reason`, which is what msgspec said when it was to make a `kind` of `raw`."""
    found = re.fullmatch(r"(.*?)(?: - at `(\$[\w.\[\]]*)`)?", reason, re.DOTALL)
    assert found is not None, "every text matches"
    path = _keys(found[2] or "$")
    missing, unknown = (re.search(f"{word} field `(.*)`", found[1], re.DOTALL) for word in ("required", "unknown"))
    if missing:
        path = (*path, missing[1])
        message = QT_TRANSLATE_NOOP("model", "is missing: it must be {allowed}")
        return _place(path), Message(message, {"allowed": _allowed(_type_at(kind, raw, path))})
    if unknown:
        names = _field_names(_chosen(_type_at(kind, raw, path), _value_at(raw, path)))
        message = QT_TRANSLATE_NOOP("model", "is not known here: allowed are {names}")
        return _place((*path, unknown[1])), Message(message, {"names": _quoted(names)})
    message = QT_TRANSLATE_NOOP("model", "must be {allowed}, not {found}")
    allowed = _allowed(_type_at(kind, raw, path))
    return _place(path), Message(message, {"allowed": allowed, "found": _in_words(_value_at(raw, path))})


def _keys(place: str) -> tuple[Key, ...]:
    """'$.network.layers[2].units' -> ('network', 'layers', 2, 'units')"""
    found = cast("list[tuple[str, str]]", re.findall(r"\.(\w+)|\[(\d+)\]", place))
    return tuple(name or int(index) for name, index in found)


def _place(path: tuple[Key, ...]) -> str:
    place = "$"
    for key in path:
        place += f".{key}" if isinstance(key, str) and key.isidentifier() else f"[{_quoted([key])}]"
    return place


def _value_at(raw: object, path: tuple[Key, ...]) -> object:
    for key in path:
        raw = cast("Any", raw)[key]
    return raw


def _type_at(kind: type[msgspec.Struct], raw: object, path: tuple[Key, ...]) -> inspect.Type:
    """What is declared at `path`. Where several kinds may stand, the file's own "type" says which is meant."""
    declared: inspect.Type = inspect.type_info(kind)
    for depth, key in enumerate(path):
        if isinstance(key, int):
            items = _bare(declared)
            one_kind = isinstance(items, inspect.VarTupleType)
            declared = items.item_type if one_kind else cast("inspect.TupleType", items).item_types[key]
            continue
        structs = _structs(declared)
        if key == structs[0].tag_field:
            return inspect.LiteralType(tuple(str(struct.tag) for struct in structs))
        struct = _chosen(declared, _value_at(raw, path[:depth]))
        declared = next(field.type for field in struct.fields if field.encode_name == key)
    return declared


def _bare(declared: inspect.Type) -> inspect.Type:
    """A type without the label and the meaning that are declared around it."""
    return declared.type if isinstance(declared, inspect.Metadata) else declared


def _structs(declared: inspect.Type) -> list[inspect.StructType]:
    """The kinds of object that may stand here: one, several, or none."""
    bare = _bare(declared)
    kinds = bare.types if isinstance(bare, inspect.UnionType) else (bare,)
    return [kind for kind in kinds if isinstance(kind, inspect.StructType)]


def _chosen(declared: inspect.Type, value: object) -> inspect.StructType:
    """The kind of object that `value` says it is."""
    structs = _structs(declared)
    tag = cast("dict[str, object]", value).get(structs[0].tag_field or "")
    return next((struct for struct in structs if struct.tag == tag), structs[0])


def _field_names(struct: inspect.StructType) -> list[str]:
    tag = [struct.tag_field] if struct.tag_field else []
    return tag + [field.encode_name for field in struct.fields]


def _allowed(declared: inspect.Type) -> Message:
    bare, structs = _bare(declared), _structs(declared)
    if structs:
        tags = [str(struct.tag) for struct in structs]
        if len(tags) == 1:
            names = _quoted(_field_names(structs[0]))
            return Message(QT_TRANSLATE_NOOP("model", "an object with {names}"), {"names": names})
        message = QT_TRANSLATE_NOOP("model", "an object whose {tag} is one of {names}")
        return Message(message, {"tag": _quoted([structs[0].tag_field or ""]), "names": _quoted(tags)})
    match bare:
        case inspect.UnionType():  # a number, or nothing
            message = QT_TRANSLATE_NOOP("model", "{allowed}, or null")
            return Message(message, {"allowed": _allowed(bare.types[0])})
        case inspect.IntType():
            return _within(Message(QT_TRANSLATE_NOOP("model", "a whole number")), _bounds(bare))
        case inspect.FloatType():
            return _within(Message(QT_TRANSLATE_NOOP("model", "a number")), _bounds(bare))
        case inspect.VarTupleType():
            return _within(Message(QT_TRANSLATE_NOOP("model", "a list")), _lengths(bare))
        case inspect.TupleType():
            return Message(QT_TRANSLATE_NOOP("model", "a list of {n}"), {"n": len(bare.item_types)})
        case inspect.LiteralType() if len(bare.values) == 1:
            return Message("{name}", {"name": _quoted(bare.values)})
        case inspect.LiteralType():
            return Message(QT_TRANSLATE_NOOP("model", "one of {names}"), {"names": _quoted(bare.values)})
        case inspect.BoolType():
            return Message(QT_TRANSLATE_NOOP("model", "true or false"))
        case _:
            return Message(QT_TRANSLATE_NOOP("model", "a text"))


def _within(kind: Message, bounds: list[Message]) -> Message:
    """'a whole number, at least 1 and at most 4096'"""
    if not bounds:
        return kind
    values: dict[str, object] = {"kind": kind, "low": bounds[0], "high": bounds[-1]}
    both, one = QT_TRANSLATE_NOOP("model", "{kind}, {low} and {high}"), QT_TRANSLATE_NOOP("model", "{kind}, {low}")
    return Message(both if len(bounds) == 2 else one, values)


def _bounds(number: Number) -> list[Message]:
    """The lower bound, then the upper one, where there is one."""
    words = (
        (number.gt, QT_TRANSLATE_NOOP("model", "above {bound}")),
        (number.ge, QT_TRANSLATE_NOOP("model", "at least {bound}")),
        (number.lt, QT_TRANSLATE_NOOP("model", "below {bound}")),
        (number.le, QT_TRANSLATE_NOOP("model", "at most {bound}")),
    )
    return [Message(source, {"bound": f"{bound:.16g}"}) for bound, source in words if bound is not None]


def _lengths(items: inspect.VarTupleType) -> list[Message]:
    words = (
        (items.min_length, QT_TRANSLATE_NOOP("model", "at least {bound} long")),
        (items.max_length, QT_TRANSLATE_NOOP("model", "at most {bound} long")),
    )
    return [Message(source, {"bound": bound}) for bound, source in words if bound is not None]


def _quoted(values: Iterable[object]) -> str:
    """As they stand in the file, cut where they are long."""
    texts = (json.dumps(value, ensure_ascii=False) for value in values)
    return ", ".join(text if len(text) <= LONGEST_QUOTE else text[:LONGEST_QUOTE] + "…" for text in texts)


def _in_words(value: object) -> Message:
    match value:
        case dict():
            return Message(QT_TRANSLATE_NOOP("model", "an object"))
        case list() | tuple():
            return Message(QT_TRANSLATE_NOOP("model", "a list of {n}"), {"n": len(cast("list[object]", value))})
        case _:
            return Message("{value}", {"value": _quoted([value])})
