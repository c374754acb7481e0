"""Batch normalization before every hidden activation (see `layers.batch_norm`).

It is no remedy by intention. But the mean and the variance of a batch depend on which samples happen to be in it, so a
sample never looks quite the same twice, and that disturbs learning by heart a little. Often it makes learning by heart
merely quicker.
"""

from typing import Annotated, ClassVar

from model.experiment import Experiment
from model.hyperparameter import hyperparameter
from model.layer_names import named, with_layers
from model.layers import BatchNorm, LayerSpec
from model.message import QT_TRANSLATE_NOOP, Message
from model.remedies.drop_units import no_hidden_layer
from model.remedies.remedy import Remedy
from model.stages import Stage, stages


class NormalizeBatches(Remedy, tag="batch_norm", frozen=True):
    """Batch normalization behind the weights of each hidden column that has none."""

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "Batch norm")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model",
        "Every hidden unit is brought to mean 0 and variance 1 over the batch. Which samples share a batch is chance: "
        "a little noise that disturbs learning by heart.",
    )

    called: ClassVar[str] = QT_TRANSLATE_NOOP("model", "Batch norm")

    momentum: Annotated[
        float,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "momentum of the running statistics"),
            QT_TRANSLATE_NOOP("model", "The share of the running statistics that stays at every step."),
            at_least=0,
            below=1,
        ),
    ] = 0.9

    def applied(self, experiment: Experiment) -> Experiment:
        layers = named(experiment)
        for column in reversed(_without(experiment)):
            layers.insert(column.affine + 1, BatchNorm(momentum=self.momentum))
        return with_layers(experiment, layers)

    def obstacle(self, experiment: Experiment) -> Message | None:
        if _without(experiment):
            return None
        has_all = QT_TRANSLATE_NOOP("model", "Every hidden layer has batch normalization already.")
        return no_hidden_layer(experiment) or Message(has_all)


def _without(experiment: Experiment) -> list[Stage]:
    """The hidden columns with weights and without batch normalization."""
    layers: tuple[LayerSpec, ...] = experiment.network.layers
    return [
        column
        for column in stages(layers)[:-1]
        if layers[column.affine].weighted and not any(isinstance(layers[place], BatchNorm) for place in column.also)
    ]
