"""MNIST: the handwritten digits on which convolutional networks became known."""

from pathlib import Path
from typing import ClassVar

from model.arrays import Shape
from model.datasets.dataset import BuiltIn, Samples, Task
from model.datasets.digit_images import digit_images
from model.message import QT_TRANSLATE_NOOP

FILE = Path(__file__).parents[2] / "resources" / "datasets" / "mnist.npz"
SIDE = 28  # pixels
INK = 255  # a pixel is a byte: 0 is paper, 255 is ink


class Mnist(BuiltIn, tag="mnist", frozen=True):
    """5,000 of the 70,000 digits of MNIST, 500 of each, as images of 28 x 28 pixels.

    Each digit was scaled into a box of 20 x 20 and put with its centre of mass into the middle of the image. A pixel is
    divided by 255 here: 0 is paper, 1 is ink. Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, "Gradient-based learning
    applied to document recognition", 1998. Source and licence: resources/datasets/README.md.
    """

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "MNIST")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model",
        "Real data: 5,000 handwritten digits of MNIST as images of 28 by 28 pixels, 500 of each digit. Large enough "
        "for filters to find strokes and corners.",
    )
    task: ClassVar[Task] = "classification"
    shape: ClassVar[Shape] = (1, SIDE, SIDE)
    axis_names: ClassVar[tuple[str, ...]] = tuple(f"[{row}, {column}]" for row in range(SIDE) for column in range(SIDE))
    class_names: ClassVar[tuple[str, ...]] = tuple("0123456789")

    def draw(self, seed: int) -> Samples:
        return digit_images(FILE, INK)
