"""A digit drawn with the pointer, brought to the form of the data that a network has learnt from.

A network knows only what it has seen: pixels of one size, a digit of one size in one place, strokes of one width. A
drawing has to be prepared as the samples were, or it is something else than a digit to the network. Both data sets
come from forms of the NIST, and were prepared in two ways:

**8 x 8 (`Digits`).** A digit is stretched to a box, 20 pixels wide and 32 high, in the middle of a bitmap of 32 x 32;
in each block of 4 x 4 the black pixels are counted, 0 to 16, and divided by 16. In the data nearly every image fills
all 8 rows and the columns 1 to 6, only ones are narrower, and about 312 of the 1,024 pixels are black whatever the
digit: the NIST had made strokes equally wide. So here they are thickened or thinned, pixel by pixel along their edge,
until there is as much ink as in 9 of 10 images of the data.

**28 x 28 (MNIST).** A digit is shrunk, keeping its proportions, until it fits into 20 x 20 pixels; the grey levels come
from averaging. Then it is moved, by whole pixels, until its centre of mass lies in the centre of 28 x 28.

**Averaging.** The share of ink in a pixel is the mean over the area that it covers in the drawing. A pixel of the
result covers the rows t ... t' of the drawing; the matrix A holds, for each of its rows, how much of each row of the
drawing lies in it, as a share of t' - t. With such a matrix B for the columns the whole picture is one product:

    result = A drawing B^T

What of a box lies outside of the drawing is paper.

Sources: E. Alpaydin, C. Kaynak, "Optical recognition of handwritten digits" (UCI, 1998), after M. Garris et al., "NIST
form-based handprint recognition system" (NISTIR 5469, 1994); Y. LeCun, C. Cortes, C. Burges, "The MNIST database of
handwritten digits", 1998. The rules for `Digits` that these do not give are measured on the data (see the test).
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from model.arrays import Floats, Shape

INK = 0.5  # a pixel with more of it is black
BITMAP, BLOCK = 32, 4  # px: the bitmap behind an 8 x 8 image, and the block that becomes one pixel of it
BOX_WIDTH, BOX_HEIGHT = 20, 32  # px, of the digit in the bitmap
MOST_STRETCHED = 2.0  # a one is not made as wide as an eight
FEWEST, MOST = 261, 368  # black pixels of the bitmap: so many are in 9 of 10 images of the data
MNIST, MNIST_BOX = 28, 20  # px

Preparation = Callable[[Floats], Floats]  # ink (height, width), 0 to 1, at least one pixel of it -> a sample


def preparation(shape: Shape) -> Preparation | None:
    """How a drawing becomes a sample of this shape; None where nobody knows."""
    known: dict[Shape, Preparation] = {(1, 8, 8): as_digits, (1, MNIST, MNIST): as_mnist}
    return known.get(shape)


def as_digits(ink: Floats) -> Floats:
    """A drawing `ink` (height, width), 0 for paper to 1 for ink, as a sample (1, 8, 8) of `Digits`."""
    top, bottom, left, right = bounds(ink)
    high = BOX_HEIGHT / (bottom - top)
    wide = min(BOX_WIDTH / (right - left), MOST_STRETCHED * high)
    grey = averaged(ink, _edges((top + bottom) / 2, high, BITMAP), _edges((left + right) / 2, wide, BITMAP))
    bitmap = _of_usual_width(grey > INK * grey.max())  # of a hairline no pixel is half black
    counts = bitmap.reshape(BITMAP // BLOCK, BLOCK, BITMAP // BLOCK, BLOCK).sum(axis=(1, 3))
    return counts[None] / BLOCK**2


def as_mnist(ink: Floats) -> Floats:
    """A drawing `ink` (height, width), 0 for paper to 1 for ink, as a sample (1, 28, 28) of MNIST."""
    top, bottom, left, right = bounds(ink)
    scale = MNIST_BOX / max(bottom - top, right - left)
    small = averaged(ink, _edges((top + bottom) / 2, scale, MNIST_BOX), _edges((left + right) / 2, scale, MNIST_BOX))
    row, column = (_beginning(small.sum(axis=axis)) for axis in (1, 0))
    sample = np.zeros((1, MNIST, MNIST))
    sample[0, row : row + MNIST_BOX, column : column + MNIST_BOX] = small
    return sample


def bounds(ink: Floats) -> tuple[int, int, int, int]:
    """Top, bottom, left and right edge of what is drawn. Raises ValueError on an empty sheet."""
    rows, columns = (np.flatnonzero((ink > INK).any(axis=axis)) for axis in (1, 0))
    if not len(rows):
        raise ValueError("nothing is drawn")
    return int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1


def averaged(ink: Floats, rows: Floats, columns: Floats) -> Floats:
    """The drawing (height, width) in other pixels, whose edges `rows` (m + 1,) and `columns` (n + 1,) are: (m, n)."""
    return _shares(rows, ink.shape[0]) @ ink @ _shares(columns, ink.shape[1]).T


def _shares(edges: Floats, pixels: int) -> Floats:
    """The matrix A (m, pixels): how much of each old pixel lies in each new one, as a share of the new one."""
    begin, end, old = edges[:-1, None], edges[1:, None], np.arange(pixels)
    overlap = np.minimum(end, old + 1) - np.maximum(begin, old)
    return np.maximum(overlap, 0) / (end - begin)


def _edges(middle: float, scale: float, pixels: int) -> Floats:
    """The edges of so many new pixels around `middle`, in old pixels; an old pixel becomes `scale` new ones."""
    return middle + (np.arange(pixels + 1) - pixels / 2) / scale


def _beginning(masses: Floats) -> int:
    """Where a line of pixels begins when its centre of mass lies in the middle of MNIST's; all of it stays inside."""
    centre = float((masses * (np.arange(len(masses)) + 0.5)).sum() / masses.sum())
    return min(max(round(MNIST / 2 - centre), 0), MNIST - len(masses))


def _of_usual_width(bitmap: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Strokes thickened or thinned by whole pixels until the bitmap holds as much ink as the data's do."""
    while np.count_nonzero(bitmap) < FEWEST:
        bitmap = _thickened(bitmap)
    while np.count_nonzero(bitmap) > MOST:
        thinner = ~_thickened(~bitmap)
        if np.count_nonzero(thinner) < FEWEST:
            break  # one pixel less on each side is too little
        bitmap = thinner
    return bitmap


def _thickened(bitmap: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """With every pixel its four neighbours; beyond the border as on it."""
    framed = np.pad(bitmap, 1, mode="edge")
    return framed[:-2, 1:-1] | framed[2:, 1:-1] | framed[1:-1, :-2] | framed[1:-1, 2:] | bitmap
