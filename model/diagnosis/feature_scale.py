"""Features that are not scaled: one input is much larger than another, or all are far from 1.

The gradient of a weight is proportional to the input that comes through it: dL/dw_i = x_i dL/dz. So along the weight of
a large input the loss is steep, along that of a small one it is flat; the curvatures of a linear model are as E[x_i^2],
the *squares* of the scales. The steepest direction limits the learning rate (lr < 2 / curvature), and the flattest then
needs as many times more steps as the curvatures differ.

Two measures over the training samples, each enough:

    unequal   the largest standard deviation of an input is 10 times the smallest: 100 times as many steps
    large     the largest root mean square of an input is above 30: a curvature of 900, for which learning rates as
              usual (0.1, 0.01) are too high

Points in the plane have 3 to 4, standardized inputs 1. The pixels of an image have one unit, and count as one input:
one that is paper in nearly every image is rare, not small. Inputs that never change are left out.

Source: Y. LeCun, L. Bottou, G. B. Orr, K.-R. Mueller, "Efficient BackProp", in Neural Networks: Tricks of the Trade,
Springer (1998), section 4.3.
"""

from collections.abc import Iterator

import numpy as np

from model.arrays import Floats
from model.diagnosis.evidence import Evidence
from model.diagnosis.finding import Finding, three_digits
from model.message import QT_TRANSLATE_NOOP, Message

UNEQUAL = 10.0
LARGE = 30.0
MOST_SAMPLES, MOST_NUMBERS = 2000, 2**17  # that are looked at: of images fewer


def feature_scale(evidence: Evidence) -> Iterator[Finding]:
    """Whether the inputs differ much in size, or are large."""
    parts = evidence.parts
    if len(parts.train.inputs) < 2:
        return
    inputs, names = parts.train.inputs, parts.input_names
    values = _features(inputs[: max(2, min(MOST_SAMPLES, MOST_NUMBERS // len(names)))])
    deviations, sizes = values.std(axis=0), np.sqrt((values**2).mean(axis=0))
    changing = np.flatnonzero(deviations > 0)
    if not len(changing):
        return
    widest, narrowest = (int(changing[pick(deviations[changing])]) for pick in (np.argmax, np.argmin))
    ratio, largest = deviations[widest] / deviations[narrowest], int(sizes.argmax())
    if ratio >= UNEQUAL and len(sizes) == len(names):
        number = float(ratio)
        source = QT_TRANSLATE_NOOP("model", "the input {wide} varies {ratio:,.10g} times as much as {narrow}.")
        sentence = Message(source, {"wide": names[widest], "ratio": three_digits(number), "narrow": names[narrowest]})
    elif sizes[largest] >= LARGE:
        number = float(sizes[largest])
        if len(sizes) == len(names):
            source = QT_TRANSLATE_NOOP("model", "the input {name} has a size (root mean square) of {size:,.10g}.")
        else:
            source = QT_TRANSLATE_NOOP("model", "the pixels have a size (root mean square) of {size:,.10g}.")
        sentence = Message(source, {"name": names[largest], "size": three_digits(number)})
    else:
        return
    advice = QT_TRANSLATE_NOOP(
        "model", "Standardize the inputs: mean 0 and standard deviation 1 suit one learning rate for all weights."
    )
    yield Finding("features not scaled", number, sentence, Message(advice), "data")


def _features(inputs: Floats) -> Floats:
    """(values, inputs), of images (values, channels)."""
    if inputs.ndim == 4:
        return np.moveaxis(inputs, 1, -1).reshape(-1, inputs.shape[1])
    return inputs.reshape(len(inputs), -1)
