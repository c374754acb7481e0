"""The network as it is drawn: columns of neurons.

A column is an affine layer together with the activation behind it: what a person calls "a layer of 8 tanh units".
Layers that only change the shape (Flatten) stand before the column that needs them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from model.layers import Activation, Affine, LayerSpec, Softmax


@dataclass(frozen=True)
class Stage:
    """One column: places in network.layers."""

    affine: int
    activation: int | None  # None: nothing stands behind the affine layer
    units: int

    @property
    def output(self) -> int:
        """The layer whose output the neurons of this column show."""
        return self.affine if self.activation is None else self.activation


def stages(layers: Sequence[LayerSpec]) -> tuple[Stage, ...]:
    """The columns of the diagram, from the first hidden layer to the output."""
    found: list[Stage] = []
    for i, layer in enumerate(layers):
        if isinstance(layer, Affine):
            behind = layers[i + 1] if i + 1 < len(layers) else None
            follows = i + 1 if isinstance(behind, Activation | Softmax) else None
            found.append(Stage(i, follows, layer.units))
    return tuple(found)
