"""The network of the lab: some equal layers on top of each other, five of 100 units as in the textbooks.

    x -> affine -> (batch norm) -> f -> affine -> (batch norm) -> f -> ...

Source: K. Saito, "Deep Learning from Scratch", 2019, section 6.2, whose network this is.
"""

from typing import Annotated

from model.data import Data
from model.datasets.digits import Digits
from model.experiment import BatchesSpec, Experiment, NetworkSpec, Seed
from model.hyperparameter import Spec, hyperparameter
from model.initializers import AnyInitializer
from model.layers import Affine, AnyLayer, BatchNorm, Flatten, ReLU, Sigmoid, Tanh
from model.losses import SoftmaxCrossEntropy
from model.message import QT_TRANSLATE_NOOP
from model.optimizers import SGD

BATCH, LEARNING_RATE = 50, 0.1


class DeepNetwork(Spec, tag=False, frozen=True):
    """How many layers, how large, with which activation function; and the seed of all that is random."""

    layers: Annotated[
        int,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "layers"),
            QT_TRANSLATE_NOOP(
                "model", "How many layers stand on top of each other. The deeper, the more the rule matters."
            ),
            at_least=1,
            at_most=10,
        ),
    ] = 5
    units: Annotated[
        int,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "units"),
            QT_TRANSLATE_NOOP(
                "model", "How many neurons every layer has: what a neuron adds up grows with their number."
            ),
            at_least=1,
            at_most=300,
        ),
    ] = 100
    seed: Seed = 1
    activation: Sigmoid | Tanh | ReLU = Tanh()
    batch_norm: Annotated[
        bool,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "batch norm"),
            QT_TRANSLATE_NOOP(
                "model",
                "Brings what every neuron adds up to mean 0 and variance 1 over the batch, before the activation "
                "function: then the size of the weights hardly matters.",
            ),
        ),
    ] = False

    def hidden(self, weights: AnyInitializer) -> tuple[AnyLayer, ...]:
        """The layers, their weights drawn by the rule `weights`: the same draws with and without batch norm."""
        return tuple(layer for number in range(1, self.layers + 1) for layer in self._layer(number, weights))

    def experiment(self, weights: AnyInitializer) -> Experiment:
        """The same layers below an output layer, to learn the handwritten digits."""
        output = Affine(units=len(Digits.class_names), weights=weights, name="output")
        return Experiment(
            data=Data(dataset=Digits()),
            network=NetworkSpec(layers=(Flatten(), *self.hidden(weights), output)),
            loss=SoftmaxCrossEntropy(),
            optimizer=SGD(learning_rate=LEARNING_RATE),
            batches=BatchesSpec(size=BATCH),
        )

    def _layer(self, number: int, weights: AnyInitializer) -> list[AnyLayer]:
        affine = Affine(units=self.units, weights=weights, name=f"layer {number}")
        return [affine, *([BatchNorm()] if self.batch_norm else []), self.activation]
