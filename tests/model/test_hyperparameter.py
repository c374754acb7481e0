from typing import Annotated, Literal

import msgspec
import pytest

from model.experiment import BatchesSpec, EvaluationSpec, NetworkSpec, Stop, Weights
from model.hyperparameter import Hyperparameter, Spec, hyperparameter, hyperparameters


class Declared(Spec, tag="declared", frozen=True, kw_only=True):
    rate: Annotated[float, hyperparameter("rate", "How far.", above=0, at_most=10, scale="log")] = 0.5
    share: Annotated[float, hyperparameter("share", "How much.", at_least=0, below=1)] = 0.25
    count: Annotated[int, hyperparameter("count", "How many.", at_least=1)]
    unit: Annotated[Literal["a", "b"], hyperparameter("unit", "Of what.")] = "a"
    on: Annotated[bool, hyperparameter("on", "Whether.")] = True
    word: Annotated[str, hyperparameter("word", "Which.")] = ""
    limit: Annotated[float, hyperparameter("limit", "Until.", above=0)] | None = None
    version: int = 1
    tags: Annotated[tuple[str, ...], hyperparameter("tags", "No number.")] = ()
    bounded: Annotated[int, msgspec.Meta(ge=1)] = 1


def test_every_declaration_is_read_back():
    found = {p.name: p for p in hyperparameters(Declared)}
    assert list(found) == ["rate", "share", "count", "unit", "on", "word", "limit"]  # the others declare no number
    assert found["rate"] == Hyperparameter(
        name="rate",
        label="rate",
        meaning="How far.",
        kind=float,
        default=0.5,
        minimum=0,
        maximum=10,
        minimum_excluded=True,
        maximum_excluded=False,
        scale="log",
        optional=False,
        choices=(),
    )
    share = found["share"]
    assert (share.minimum, share.minimum_excluded, share.maximum, share.maximum_excluded) == (0, False, 1, True)
    count = found["count"]
    assert (count.kind, count.default, count.maximum) == (int, msgspec.NODEFAULT, None)
    assert set(found["unit"].choices) == {"a", "b"}
    assert found["on"].kind is bool
    assert found["limit"].optional and found["limit"].default is None and found["limit"].kind is float


@pytest.mark.parametrize("kind", [Stop, EvaluationSpec, BatchesSpec, Weights])
def test_the_parts_of_an_experiment_declare_all_their_fields(kind):
    declared = hyperparameters(kind)
    assert [p.name for p in declared] == [f.name for f in msgspec.structs.fields(kind)]
    assert all(p.label and p.meaning for p in declared)


def test_what_is_no_number_declares_none():
    assert hyperparameters(NetworkSpec) == ()


def test_a_spec_is_a_value():
    assert Declared(count=1) == Declared(count=1)
    assert hash(Declared(count=1)) == hash(Declared(count=1))
    with pytest.raises(AttributeError):
        Declared(count=1).count = 2
