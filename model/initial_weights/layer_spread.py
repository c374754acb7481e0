"""How the outputs of one layer are spread before it has learnt, and how large a gradient arrives at it.

    mean, std         of all outputs, every unit and every sample together: what a histogram shows
    between samples   how far one unit's output goes from sample to sample, the root mean square over the units
    at the ends       the share of the outputs where f is flat: |f'(z)| below 1 % of the steepest (see `saturation`)
    gradient          the root mean square of dL/dz over all units and samples

The first two may deceive. Units that say 0.2 and 0.8 whatever comes in are widely spread, and useless: all layers
behind see the same picture for every sample. What the samples change is in the third number alone:

    var = var between samples (mean over the units) + var between the units' means
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from model.arrays import Floats, Vector
from model.layers import Activation, Identity, LayerSpec
from model.saturation import FLAT, steepest

BINS = 30
WIDEST = 3.0  # a function without an end is drawn up to here


@dataclass(frozen=True, eq=False)
class LayerSpread:
    """What is measured of one layer."""

    activation: LayerSpec
    low: float  # the histogram's axis; what lies beyond it is counted in the outermost bins
    high: float
    shares: Vector  # (BINS,) of all outputs that are finite
    mean: float
    std: float
    between_samples: float
    at_ends: float
    beyond: float  # the share of the outputs that lie outside of the axis
    dead: int  # units whose slope is 0 for every sample
    units: int
    lost: float  # the share of the outputs that are no finite numbers
    gradient: float
    weights: float  # the root mean square of the weights as they were drawn


def layer_spread(activation: LayerSpec, y: Floats, slopes: Floats, dz: Floats, weights: Floats) -> LayerSpread:
    """Measure a layer. y, slopes, dz (samples, units) or images (samples, channels, height, width), of which every
    pixel is a sample: what comes out of the activation, f'(z), and dL/dz of every sample. weights: any shape."""
    y, slopes = rows(y), np.abs(rows(slopes))
    low, high = axis_of(activation)
    flat = FLAT * steepest(activation) if isinstance(activation, Activation) else 0.0
    finite = np.isfinite(y)
    numbers = y[finite] if not finite.all() else y
    size = max(1, numbers.size)
    with np.errstate(over="ignore", invalid="ignore"):
        return LayerSpread(
            activation=activation,
            low=low,
            high=high,
            shares=counts(numbers, low, high) / size,
            mean=float(numbers.mean()) if numbers.size else np.nan,
            std=float(numbers.std()) if numbers.size else np.nan,
            between_samples=float(np.sqrt(y.var(axis=0).mean())),
            at_ends=float(np.count_nonzero(slopes < flat) / slopes.size),
            beyond=float(np.count_nonzero((numbers < low) | (numbers > high)) / size),
            dead=int(np.count_nonzero(slopes.max(axis=0) == 0)),
            units=y.shape[1],
            lost=float(1 - finite.mean()),
            gradient=float(np.sqrt(np.mean(np.square(dz)))),
            weights=float(np.sqrt(np.mean(np.square(weights)))),
        )


def counts(numbers: Floats, low: float, high: float) -> Vector:
    """How many of the finite `numbers` lie in each of the bins, (BINS,); what lies beyond is in the outermost."""
    places = (numbers.ravel(order="K") - low) * (BINS / (high - low))
    np.clip(places, 0, BINS - 1, out=places)
    return np.bincount(places.astype(np.intp), minlength=BINS).astype(float)


@cache
def axis_of(activation: LayerSpec) -> tuple[float, float]:
    """What the histogram shows: all that the activation can put out, or where that has no end, up to `WIDEST`."""
    if not isinstance(activation, Activation) or isinstance(activation, Identity):
        return -WIDEST, WIDEST
    outputs, _ = activation.curve(np.array([-20.0, 20.0]))
    low, high = np.clip(np.round(outputs), -WIDEST, WIDEST)
    return float(low), float(high)


def rows(numbers: Floats) -> Floats:
    """(samples, units) as it is; images (samples, channels, height, width) as (samples x pixels, channels)."""
    return np.moveaxis(numbers, 1, -1).reshape(-1, numbers.shape[1])
