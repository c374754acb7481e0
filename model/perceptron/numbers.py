"""The numbers of a neuron that a person may set, declared once: what they mean and how large they may be here."""

from typing import Annotated

from model.hyperparameter import Spec, hyperparameter
from model.message import QT_TRANSLATE_NOOP


class NeuronNumbers(Spec, frozen=True):
    """The numbers of one neuron, and of the rule that it learns by."""

    input: Annotated[
        float,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "input"),
            QT_TRANSLATE_NOOP("model", "A number that reaches the neuron; two inputs are a point of the plane."),
            at_least=-2.5,
            at_most=2.5,
        ),
    ] = 1.0
    weight: Annotated[
        float,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "weight"),
            QT_TRANSLATE_NOOP("model", "How much an input counts, and for which answer: its sign turns it round."),
            at_least=-5,
            at_most=5,
        ),
    ] = 1.0
    bias: Annotated[
        float,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "bias"),
            QT_TRANSLATE_NOOP("model", "What the sum is without any input. It shifts the line without turning it."),
            at_least=-5,
            at_most=5,
        ),
    ] = 0.0
    threshold: Annotated[
        float,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "threshold"),
            QT_TRANSLATE_NOOP("model", "What w·x must exceed for the answer 1: the bias with its sign changed."),
            at_least=-5,
            at_most=5,
        ),
    ] = 0.0
    learning_rate: Annotated[
        float,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "learning rate"),
            QT_TRANSLATE_NOOP("model", "How much of a sample is added to the weights after a mistake."),
            above=0,
            at_most=10,
            scale="log",
        ),
    ] = 0.1
