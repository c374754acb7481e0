"""The rules that are compared: two fixed standard deviations, one of the person's own, four with a derivation."""

from dataclasses import dataclass
from typing import Annotated

from model.hyperparameter import Spec, hyperparameter
from model.initializers import AnyInitializer, He, HeUniform, Normal, Xavier, XavierUniform
from model.message import QT_TRANSLATE_NOOP, Message


@dataclass(frozen=True)
class Candidate:
    """A rule for all layers of a network, and what it is called."""

    key: str
    label: Message
    weights: AnyInitializer


class OwnRule(Spec, tag=False, frozen=True):
    """The rule that the person sets by hand."""

    std: Annotated[
        float,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "own std"),
            QT_TRANSLATE_NOOP("model", "The standard deviation of the weights in a row of your own."),
            at_least=0.001,
            at_most=10,
            scale="log",
        ),
    ] = 0.3  # between too small and too large


def own(std: float) -> Candidate:
    """The person's own standard deviation."""
    label = Message(QT_TRANSLATE_NOOP("model", "own std {std:.3g}"), {"std": std})
    return Candidate("own", label, Normal(std=std))


def _fixed(key: str, std: float) -> Candidate:
    return Candidate(key, Message(QT_TRANSLATE_NOOP("model", "std {std:g}"), {"std": std}), Normal(std=std))


CANDIDATES: tuple[Candidate, ...] = (
    _fixed("std_1", 1.0),
    _fixed("std_0.01", 0.01),
    own(OwnRule().std),
    Candidate("xavier", Message(Xavier.label), Xavier()),
    Candidate("he", Message(He.label), He()),
    Candidate("xavier_uniform", Message(XavierUniform.label), XavierUniform()),
    Candidate("he_uniform", Message(HeUniform.label), HeUniform()),
)
