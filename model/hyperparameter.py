"""Hyperparameters, declared once.

A hyperparameter is a number (or a choice) that a person sets and that training does not change: a learning rate, a
number of units, a share of test samples. Its name, default, domain, scale and meaning stand in one place, the field of
a `Spec`:

    class SGD(Spec, tag="sgd"):
        learning_rate: Annotated[float, hyperparameter("learning rate", "Length of ...", above=0, scale="log")] = 0.1

From that one line come the value in the JSON file, its entry in the JSON Schema, the check and its error message, the
editor in the window, its label and its tool tip.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, Literal, cast

import msgspec

Scale = Literal["linear", "log"]


class Spec(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=False, tag_field="type"
):
    """A named concept and its hyperparameters: immutable, compared by value, written to JSON by name."""

    label: ClassVar[str] = ""  # its name in the field, marked for translation
    meaning: ClassVar[str] = ""  # one or two sentences: what it is, when one takes it


def hyperparameter(
    label: str,
    meaning: str,
    *,
    above: float | None = None,
    at_least: float | None = None,
    below: float | None = None,
    at_most: float | None = None,
    scale: Scale = "linear",
) -> msgspec.Meta:
    """The declaration that goes into a field's `Annotated[...]`. `label` and `meaning` are marked for translation."""
    bounds: dict[str, Any] = {"gt": above, "ge": at_least, "lt": below, "le": at_most}
    return msgspec.Meta(**bounds, title=label, description=meaning, extra_json_schema={"scale": scale})


@dataclass(frozen=True)
class Hyperparameter:
    """One declaration, read back: all that an editor, a tool tip or a search needs."""

    name: str  # the field, as in the JSON file
    label: str
    meaning: str
    kind: type  # float, int, bool or str
    default: Any  # msgspec.NODEFAULT where the file must give it
    minimum: float | None
    maximum: float | None
    minimum_excluded: bool
    maximum_excluded: bool
    scale: Scale
    optional: bool  # None is allowed
    choices: tuple[str, ...]  # of a str: the values allowed


@cache  # a form asks for each of its fields, and the answer never changes
def hyperparameters(spec: type[msgspec.Struct]) -> tuple[Hyperparameter, ...]:
    """The declared hyperparameters of `spec`, in the order of its fields; fields without a declaration are left out."""
    info = msgspec.inspect.type_info(spec)
    assert isinstance(info, msgspec.inspect.StructType)
    found = (_read(field) for field in info.fields)
    return tuple(parameter for parameter in found if parameter is not None)


def _read(field: msgspec.inspect.Field) -> Hyperparameter | None:
    metadata = field.type
    optional = isinstance(metadata, msgspec.inspect.UnionType)
    if isinstance(metadata, msgspec.inspect.UnionType):  # Annotated[int, ...] | None: the declaration is the first
        metadata = metadata.types[0]
    if not isinstance(metadata, msgspec.inspect.Metadata) or not declared_by(metadata):
        return None
    declared = declared_by(metadata)
    inner = metadata.type
    kinds: dict[type, type] = {
        msgspec.inspect.FloatType: float,
        msgspec.inspect.IntType: int,
        msgspec.inspect.BoolType: bool,
        msgspec.inspect.LiteralType: str,
        msgspec.inspect.StrType: str,
    }
    if type(inner) not in kinds:
        return None
    lowest, highest = _bound(inner, "gt", "ge"), _bound(inner, "lt", "le")
    return Hyperparameter(
        name=field.encode_name,
        label=declared["title"],
        meaning=declared["description"],
        kind=kinds[type(inner)],
        default=field.default,
        minimum=lowest[0],
        maximum=highest[0],
        minimum_excluded=lowest[1],
        maximum_excluded=highest[1],
        scale=declared["scale"],
        optional=optional,
        choices=tuple(str(v) for v in inner.values) if isinstance(inner, msgspec.inspect.LiteralType) else (),
    )


def declared_by(metadata: msgspec.inspect.Metadata) -> dict[str, Any]:
    """Label, meaning and scale of a declaration; empty where the field has none."""
    return cast("dict[str, Any]", metadata.extra_json_schema or {})  # pyright: ignore[reportUnknownMemberType]


def _bound(kind: msgspec.inspect.Type, excluded: str, included: str) -> tuple[float | None, bool]:
    for name, is_excluded in ((excluded, True), (included, False)):
        bound = getattr(kind, name, None)
        if bound is not None:
            return bound, is_excluded
    return None, False
