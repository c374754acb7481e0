"""A run as the views of images need it: whether it has images and filters, and its pictures."""

from functools import cached_property

from gui.run import Run
from gui.words import words
from model.arrays import Shape
from model.data import Part
from model.layers import Convolution
from model.pictures import Pictures


class RunImages:
    """What stays the same while a run learns."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.layers = tuple(run.experiment.network.layers)
        dataset = run.experiment.data.dataset
        self.shape: Shape = dataset.shape
        self.has_images = len(self.shape) == 3 and dataset.task == "classification"
        self.names: tuple[str, ...] = tuple(words(name) for name in dataset.class_names)
        self.convolutions = tuple(i for i, layer in enumerate(self.layers) if isinstance(layer, Convolution))

    @cached_property
    def pictures(self) -> Pictures:
        """Made and used in the picture thread only, when the first picture is asked for."""
        return Pictures(self.run.experiment, self.run.parts)

    def part(self, name: str) -> Part:
        """The "train", "validation" or "test" part."""
        found: Part = getattr(self.run.parts, name)
        return found

    def sizes(self) -> dict[str, int]:
        """How many samples the parts have that are not empty: test, validation, train."""
        sizes = {name: len(self.part(name).points) for name in ("test", "validation", "train")}
        return {name: size for name, size in sizes.items() if size}
