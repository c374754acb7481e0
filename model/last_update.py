"""The last update, kept so that it can be seen and undone."""

import numpy as np

from model.arrays import Vector
from model.optimizers.optimizer import Rule


class LastUpdate:
    """What the parameters, the network's state and the optimizer's state were before the last update."""

    def __init__(self, rule: Rule, network_state: Vector) -> None:
        self.parameters: Vector = rule.parameters.copy()
        self.known = False  # an update was done, and nothing was changed by hand since
        self._network_state, self._network_state_before = network_state, network_state.copy()
        self.take(rule)

    def take(self, rule: Rule) -> None:
        """From now on `rule` does the updates, of the same parameters."""
        self._rule, self._remembers = rule, len(rule.state) > 0
        self._state = rule.state.copy()

    def keep(self) -> None:
        """Call this right before an update."""
        np.copyto(self.parameters, self._rule.parameters)
        if self._remembers:
            np.copyto(self._state, self._rule.state)
        if len(self._network_state):
            np.copyto(self._network_state_before, self._network_state)
        self.known = True

    def update(self) -> Vector:
        """What the last update added to the parameters; zero where it was undone or is not known."""
        with np.errstate(invalid="ignore"):  # a weight set to infinity by hand
            return self._rule.parameters - self.parameters

    def forget(self) -> None:
        """The parameters were set otherwise: nothing is known of the update before."""
        np.copyto(self.parameters, self._rule.parameters)
        self.known = False

    def undo(self) -> bool:
        """Back to what was before, where that is known."""
        if not self.known:
            return False
        np.copyto(self._rule.parameters, self.parameters)
        np.copyto(self._rule.state, self._state)
        np.copyto(self._network_state, self._network_state_before)
        self._rule.count -= 1
        self.known = False
        return True
