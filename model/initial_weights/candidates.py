"""The rules that are compared: two fixed standard deviations, one of the person's own, and the four with a derivation."""

from dataclasses import dataclass

from model.initializers import AnyInitializer, He, HeUniform, Normal, Xavier, XavierUniform
from model.message import QT_TRANSLATE_NOOP, Message


@dataclass(frozen=True)
class Candidate:
    """A rule for all layers of a network, and what it is called."""

    key: str
    label: Message
    weights: AnyInitializer


OWN_STD = 0.3  # between too small and too large, until the person chooses


def own(std: float) -> Candidate:
    """The person's own standard deviation."""
    label = Message(QT_TRANSLATE_NOOP("model", "own std {std:.3g}"), {"std": std})
    return Candidate("own", label, Normal(std=std))


def _fixed(key: str, std: float) -> Candidate:
    return Candidate(key, Message(QT_TRANSLATE_NOOP("model", "std {std:g}"), {"std": std}), Normal(std=std))


CANDIDATES: tuple[Candidate, ...] = (
    _fixed("std_1", 1.0),
    _fixed("std_0.01", 0.01),
    own(OWN_STD),
    Candidate("xavier", Message(Xavier.label), Xavier()),
    Candidate("he", Message(He.label), He()),
    Candidate("xavier_uniform", Message(XavierUniform.label), XavierUniform()),
    Candidate("he_uniform", Message(HeUniform.label), HeUniform()),
)
