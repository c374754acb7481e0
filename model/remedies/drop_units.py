"""Dropout behind every hidden activation (see `layers.dropout`).

A unit that may be missing at any step cannot be the only one to know a sample. What is learnt is spread over many, and
is what many of them agree on.
"""

from typing import Annotated, ClassVar

from msgspec import structs

from model.experiment import Experiment
from model.hyperparameter import hyperparameter
from model.layer_names import fresh_name, named, with_layers
from model.layers import Dropout
from model.message import QT_TRANSLATE_NOOP, Message
from model.remedies.remedy import Remedy
from model.stages import stages


class DropUnits(Remedy, tag="dropout", frozen=True):
    """Dropout at the end of each hidden column; one that has it already takes this rate."""

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "Dropout")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model",
        "In every training step each hidden output is set to 0 with this probability, so that no unit relies on "
        "another one.",
    )

    called: ClassVar[str] = QT_TRANSLATE_NOOP("model", "Dropout of {value}")

    rate: Annotated[
        float,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "dropout rate"),
            QT_TRANSLATE_NOOP("model", "The probability with which an output is set to 0 in a training step."),
            above=0,
            below=1,
        ),
    ] = 0.1

    def applied(self, experiment: Experiment) -> Experiment:
        layers = named(experiment)
        for column in reversed(stages(layers)[:-1]):  # from the last: the places of those before do not shift
            there = [place for place in column.also if isinstance(layers[place], Dropout)]
            for place in there:
                layers[place] = structs.replace(layers[place], rate=self.rate)
            if not there:
                layers.insert(column.output + 1, Dropout(rate=self.rate, name=fresh_name(layers)))
        return with_layers(experiment, layers)

    def obstacle(self, experiment: Experiment) -> Message | None:
        return no_hidden_layer(experiment)


def no_hidden_layer(experiment: Experiment) -> Message | None:
    """A sentence where there is none to be changed."""
    if len(stages(experiment.network.layers)) > 1:
        return None
    return Message(QT_TRANSLATE_NOOP("model", "The network has no hidden layer that it could act on."))
