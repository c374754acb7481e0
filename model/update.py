"""The update: the last part of a step, from the gradient of the data loss to the move of the parameters.

    g <- dL/dW                          as backward has left it
    g <- g + l1 sign(W) + l2 W          the price of the weights          (see `regularization`)
    g <- g c / |g|  where |g| > c       not too long                      (see `clipping`)
    lr <- lr f(s)                       the schedule, at step s           (see `schedules`)
    W <- W - ...                        the optimizer                     (see `optimizers`)

Backward's own vector is never changed. It stays the gradient of the data loss: what the diagram draws, the record's
norms are of and a gradient check compares. Where there is a price or a limit the optimizer reads a second vector, which
is made from the first at every step; where there is neither it reads the first, and nothing is done in between.
"""

from collections.abc import Callable

import numpy as np

from model.clipping import clip
from model.experiment import Experiment
from model.last_update import LastUpdate
from model.network import Network
from model.optimizers import Rule
from model.regularization import PenaltyGradient, weights_of
from model.schedules import ConstantRate


class Update:
    """What an experiment does with the gradient of one network."""

    rule: Rule  # the optimizer at work

    def __init__(self, network: Network, experiment: Experiment) -> None:
        self._network = network
        self._weights = weights_of(network.layout)
        self._begin_rule(experiment)
        self.last = LastUpdate(self.rule)

    def take(self, experiment: Experiment) -> None:
        """Another optimizer, with fresh state."""
        self._begin_rule(experiment)
        self.last.take(self.rule)

    def configure(self, experiment: Experiment) -> None:
        """Other hyperparameters of the same optimizer, and of what stands before it; the state stays.

        Raises TypeError where the optimizer is another one.
        """
        self.rule.configure(experiment.optimizer)
        data, used = self._network.gradient, np.empty_like(self._network.gradient)
        preparations: list[Callable[[int], object]] = []
        if not experiment.regularization.is_free:
            price = PenaltyGradient(experiment.regularization, self._weights, self._network.parameters)
            preparations.append(lambda _: price.add_to(used))
        if (longest := experiment.clipping.norm) is not None:
            preparations.append(lambda _: clip(used, longest))
        if preparations:
            preparations.insert(0, lambda _: np.copyto(used, data))
        self.rule.gradient = used if preparations else data
        if not isinstance(experiment.schedule, ConstantRate):
            preparations.append(lambda step: self.rule.set_learning_rate(experiment.learning_rate_at(step)))
        self._preparations = tuple(preparations)

    def do(self, step: int) -> None:
        """Move the parameters, after `step` steps; what they were before is kept until the next update."""
        self.last.keep()
        for prepare in self._preparations:
            prepare(step)
        self.rule.update()

    def _begin_rule(self, experiment: Experiment) -> None:
        self.rule = experiment.optimizer.rule(self._network.parameters, self._network.gradient)
        self.rule.decay_only(self._weights)
        self.configure(experiment)
