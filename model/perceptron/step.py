"""Step: f(u) = 1 where u > 0, else 0. All or nothing, as the first artificial neurons answered.

W. S. McCulloch, W. Pitts, "A logical calculus of the ideas immanent in nervous activity" (1943): a neuron fires when
what reaches it exceeds its threshold. The slope is 0 everywhere but at the jump, where there is none. Nothing flows
back through it, so that gradient descent cannot train it: the networks of this program have smooth functions instead.
"""

from model.arrays import Floats


def step(u: Floats) -> Floats:
    """1 where `u` is above 0, and 0 elsewhere, at 0 too; the shape of `u`."""
    return (u > 0).astype(u.dtype)
