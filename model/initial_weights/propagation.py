"""How far a signal gets: the spread of every layer's outputs and gradients under one rule for the initial weights.

Layer l adds up what the one before it puts out, and bends it:

    z_k = sum_i w_ik y_i        y' = f(z)

**Forward.** The weights are independent, with mean 0 and variance s^2; there are n inputs. Over the draw of the weights
all mixed terms vanish, so Var(z) = n s^2 E[y^2]. What comes out depends on f:

    tanh       f(z) ~ z near 0, so E[y'^2] ~ Var(z):       from layer to layer   std <- sqrt(n) s std
    ReLU       half of z is cut off, E[y'^2] = Var(z) / 2:                       std <- sqrt(n / 2) s std
    sigmoid    y' ~ 1/2 + z / 4: the 1/2 carries no news. It makes Var(z) ~ n s^2 / 4 from the biggest part of y, which
               is the same for every sample; what differs between samples is      news <- sqrt(n) s news / 4

With n = 100 the factor sqrt(n) s is 10 for s = 1: z is far out where tanh is flat, all outputs are at the ends. It is
0.1 for s = 0.01: five tanh layers leave a hundred thousandth. It is 1 for s = 1 / sqrt(n), Xavier's rule between layers
of one size, and for ReLU with s = sqrt(2 / n), He's. For a sigmoid Xavier's rule is a factor of 1/4 a layer: the
histogram looks well spread, and hardly any of it comes from the data.

**Backward.** dL/dz_i = f'(z_i) sum_k w_ik dL/dz_k, so the same sum goes the other way, over the m units behind:

    Var(dL/dz) <- m s^2 E[f'(z)^2] Var(dL/dz)

f' is at most 1/4 in a sigmoid, 1 in a tanh near 0, 0 at the ends, and 0 or 1 (half of the time) in a ReLU. A rule that
keeps the outputs alive keeps the gradients alive, too.

**Batch normalization** divides z by its own standard deviation over the batch: s falls out.

Sources: X. Glorot, Y. Bengio, "Understanding the difficulty of training deep feedforward neural networks", 2010; K. He
et al., "Delving deep into rectifiers", 2015. The figures are those of K. Saito, "Deep Learning from Scratch", 2019.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from model.arrays import Floats
from model.batch_loss import BatchLoss
from model.data import Parts
from model.experiment import Experiment
from model.fitting import input_shape
from model.initial_weights.deep_network import DeepNetwork
from model.initial_weights.lab_experiment import starting_from
from model.initial_weights.layer_spread import LayerSpread, layer_spread
from model.initializers import AnyInitializer
from model.layers import Identity, LayerSpec
from model.network import Network, Wiring
from model.random_streams import stream
from model.signal import Signal
from model.stages import Stage, stages

SAMPLES, INPUTS = 1000, 100  # standard normal inputs, as many numbers each


def spreads_of_deep_network(network: DeepNetwork, weights: AnyInitializer) -> tuple[LayerSpread, ...]:
    """Every layer's spread for standard normal inputs, and going back for a standard normal gradient at the last
    layer's outputs: no loss is needed to see how both change on their way."""
    layers = network.hidden(weights)
    made = Network(layers, (INPUTS,))
    made.initialize(network.seed)
    wiring = made.wire(SAMPLES)  # in training mode: batch norm takes the statistics of these samples
    wiring.input.values[...] = standard_normal(network.seed, "inputs of the initial weights lab", INPUTS)
    with np.errstate(over="ignore", invalid="ignore"):
        wiring.forward()
        wiring.output.gradient[...] = standard_normal(
            network.seed, "gradient of the initial weights lab", network.units
        )
        wiring.backward()
    return _spreads(made, wiring)


@lru_cache(maxsize=2)  # all rules are given the same
def standard_normal(seed: int, purpose: str, units: int) -> Floats:
    """Independent numbers with mean 0 and variance 1, (SAMPLES, units); read-only."""
    numbers = stream(seed, purpose).standard_normal((SAMPLES, units))
    numbers.setflags(write=False)
    return numbers


def spreads_of_experiment(
    experiment: Experiment, parts: Parts, weights: AnyInitializer, seed: int
) -> tuple[LayerSpread, ...]:
    """Every column's spread for the first training samples, and for the gradient of their loss; without a penalty.

    `parts`: the experiment's data.
    """
    chosen = starting_from(experiment, weights, seed)
    made = Network(chosen.network.layers, input_shape(chosen))
    made.initialize(seed)
    batch = np.arange(min(SAMPLES, made.rows, len(parts.train.inputs)))
    loss = BatchLoss(chosen, parts, made.parameters, batch)
    loss.gradient()
    # The loss is a mean over the batch: without the division, dL/dz is that of each sample's own loss.
    return _spreads(loss.network, loss.wiring, samples=len(batch))


def _spreads(network: Network, wiring: Wiring, samples: int = 1) -> tuple[LayerSpread, ...]:
    """Of the columns that draw weights. Each gradient is taken times `samples`."""
    found: list[LayerSpread] = []
    for column in weighted_columns(network.specs):
        activation = Identity() if column.activation is None else network.specs[column.activation]
        last = column.bent if column.activation is None else column.activation
        z, y = wiring.signals[column.bent + 1], wiring.signals[last + 1]
        gradient: Floats = z.gradient * samples
        weights = network.layout.view(network.parameters, column.affine, "weights")
        found.append(layer_spread(activation, y.values, _slopes(wiring, column, z, y), gradient, weights))
    return tuple(found)


def _slopes(wiring: Wiring, column: Stage, z: Signal, y: Signal) -> Floats:
    """f'(z) of the activation between `z` and `y`: what its backward pass makes of the gradient 1.

    It overwrites both gradients, which have been read.
    """
    layer = wiring.layers[column.activation] if column.activation is not None else None
    y.gradient[...] = 1
    if layer is not None:
        layer.backward()
    return z.gradient


def weighted_columns(layers: Sequence[LayerSpec]) -> list[Stage]:
    """The columns that draw weights: all but the poolings."""
    return [column for column in stages(layers) if layers[column.affine].weighted]
