"""What one training step works on: the network wired for a batch, its loss, and room for the batch's samples."""

import numpy as np

from model.arrays import Floats
from model.experiment import Experiment
from model.losses import Loss
from model.network import Network, Wiring
from model.random_streams import Stream


class StepWiring:
    """A wired network, its loss, and where a batch of this size is written to."""

    def __init__(self, network: Network, experiment: Experiment, size: int) -> None:
        wiring: Wiring = network.wire(size)
        targets: Floats = np.zeros((size, network.shapes[-1][0]), network.parameters.dtype, order="F")
        self.loss: Loss = experiment.loss.wire(wiring.output, targets)
        # Memory lies feature by feature (see `signal`), so a batch is gathered as columns of the transposed data.
        self.input_rows = wiring.input.with_one.T[:-1]
        self.target_rows = targets.T
        self.wiring = wiring
        self.forwards, self.backwards, self.remembers = wiring.forwards, wiring.backwards, wiring.remembers
        seed, names = experiment.batches.seed, [getattr(spec, "name", "") for spec in network.specs]
        self.dice = tuple(
            (layer.draw, Stream(seed, f"noise of {names[i] or f'layers[{i}]'}")) for i, layer in wiring.drawing
        )
