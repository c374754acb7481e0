"""The update: the last part of a step, from the gradient of the data loss to the move of the parameters.

g <- dL/dW, with a penalty, and clipped       what the update goes by     (see `used_gradient`)
lr <- lr f(s)                                 the schedule, at step s     (see `schedules`)
W <- W - ...                                  the optimizer               (see `optimizers`)
"""

from collections.abc import Callable

from model.experiment import Experiment
from model.last_update import LastUpdate
from model.network import Network
from model.optimizers import Rule
from model.regularization import weights_of
from model.schedules import ConstantRate
from model.used_gradient import UsedGradient


class Update:
    """What an experiment does with the gradient of one network."""

    rule: Rule  # the optimizer at work

    def __init__(self, network: Network, experiment: Experiment) -> None:
        self._network = network
        self._weights = weights_of(network.layout)
        self._begin_rule(experiment)
        self.last = LastUpdate(self.rule, network.state)

    def take(self, experiment: Experiment) -> None:
        """Another optimizer, with fresh state."""
        self._begin_rule(experiment)
        self.last.take(self.rule)

    def configure(self, experiment: Experiment) -> None:
        """Other hyperparameters of the same optimizer, and of what stands before it; the state stays.

        Raises TypeError where the optimizer is another one.
        """
        self.rule.configure(experiment.optimizer)
        used = UsedGradient(experiment, self._weights, self._network.parameters, self._network.gradient)
        self.rule.gradient = used.values
        preparations: list[Callable[[int], object]] = []
        if used.is_another:
            preparations.append(lambda _: used.prepare())
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
