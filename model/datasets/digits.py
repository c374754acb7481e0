"""Handwritten digits: real data whose samples are images."""

from pathlib import Path
from typing import ClassVar

from model.arrays import Shape
from model.datasets.dataset import BuiltIn, Samples, Task
from model.datasets.digit_images import digit_images
from model.message import QT_TRANSLATE_NOOP

FILE = Path(__file__).parents[2] / "resources" / "datasets" / "digits.npz"
INK = 16  # pixels of the original bitmap that one pixel of the image stands for


class Digits(BuiltIn, tag="digits", frozen=True):
    """1,797 digits written by 13 people, as images of 8 x 8 pixels.

    An image is made from a bitmap of 32 x 32 by counting the black pixels in each block of 4 x 4; the count, 0 to 16,
    is divided by 16 here: 0 is paper, 1 is ink. E. Alpaydin and C. Kaynak (1998), "Cascading classifiers", Kybernetika
    34, 369-374. Source and licence: resources/datasets/README.md.
    """

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "handwritten digits")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model",
        "Real data: 1,797 handwritten digits as images of 8 by 8 pixels. Ten classes; "
        "the network sees 64 numbers and has to find out what makes a seven a seven.",
    )
    task: ClassVar[Task] = "classification"
    shape: ClassVar[Shape] = (1, 8, 8)
    axis_names: ClassVar[tuple[str, ...]] = tuple(f"[{row}, {column}]" for row in range(8) for column in range(8))
    class_names: ClassVar[tuple[str, ...]] = tuple("0123456789")

    def draw(self, seed: int) -> Samples:
        return digit_images(FILE, INK)
