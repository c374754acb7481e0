"""One vector holds everything a network learns.

All weights and biases lie end to end in one vector, layer after layer, and all gradients in another of the same
layout. An optimizer is then a rule on vectors, a checkpoint is a copy, and a picture of the loss is a plane through
the space that this vector lives in. A layer holds views: pieces of the vector seen as matrices, without copying.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from model.arrays import Floats, Shape, Vector


@dataclass(frozen=True)
class Entry:
    """One named array inside the vector: `weights` (2, 8) of layer 0, at 0."""

    layer: int  # its place in network.layers
    name: str
    start: int
    shape: Shape

    @property
    def stop(self) -> int:
        return self.start + math.prod(self.shape)

    @property
    def full_name(self) -> str:
        """As in files: `layers[0].weights`."""
        return f"layers[{self.layer}].{self.name}"


class Layout:
    """Where each layer's arrays lie in the vector. Knows names and shapes, holds no numbers."""

    def __init__(self, shapes: Sequence[dict[str, Shape]]) -> None:
        """`shapes`: for each layer its arrays by name, in the order in which they lie."""
        entries: list[Entry] = []
        blocks: list[slice] = []
        at = 0
        for layer, arrays in enumerate(shapes):
            first = at
            for name, shape in arrays.items():
                entries.append(Entry(layer, name, at, shape))
                at = entries[-1].stop
            blocks.append(slice(first, at))
        self.entries: tuple[Entry, ...] = tuple(entries)
        self.blocks: tuple[slice, ...] = tuple(blocks)  # by layer; empty for a layer that learns nothing
        self.size = at
        self.learning_layers: tuple[int, ...] = tuple(i for i, b in enumerate(blocks) if b.stop > b.start)

    def view(self, vector: Vector, layer: int, name: str) -> Floats:
        """The array `name` of `layer` inside `vector`, without copying. Raises KeyError where there is none."""
        entry = self.entry(layer, name)
        return vector[entry.start : entry.stop].reshape(entry.shape)

    def views(self, vector: Vector) -> Iterator[tuple[Entry, Floats]]:
        """Every entry with its array inside `vector`."""
        for entry in self.entries:
            yield entry, vector[entry.start : entry.stop].reshape(entry.shape)

    def entry(self, layer: int, name: str) -> Entry:
        """The array `name` of `layer`. Raises KeyError where there is none."""
        for entry in self.entries:
            if entry.layer == layer and entry.name == name:
                return entry
        raise KeyError(f"layers[{layer}].{name}")

    def locate(self, index: int) -> tuple[Entry, tuple[int, ...]]:
        """Which entry the number at `index` of the vector belongs to, and where in it. Raises IndexError outside."""
        for entry in self.entries:
            if entry.start <= index < entry.stop:
                place = np.unravel_index(index - entry.start, entry.shape)
                return entry, tuple(int(i) for i in place)
        raise IndexError(f"{index} is not in a vector of {self.size} parameters")
