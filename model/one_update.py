"""One update of one parameter, with every number that the rule's formulas speak of.

A rule treats each parameter for itself. Applied to a vector of one number it therefore does to it what it does to that
number among all the others, to the last bit; and what it remembers before and after can be read off.
"""

from collections.abc import Sequence

import numpy as np
from msgspec import structs

from model.optimizers import Optimizer


def one_update(
    optimizer: Optimizer,
    parameter: np.floating,
    gradient: np.floating,
    state: Sequence[float],
    count: int,
    learning_rate: float,
    *,
    decays: bool,
) -> dict[str, float]:
    """All numbers by the names that the formulas of `optimizer` give them: <w> before the update, <w'> after it.

    `gradient`: the one that the update goes by (see `used_gradient`), not that of the data loss alone. `state`: what
    the rule remembers of this parameter, in the order of `optimizer.remembers`; `count`: the updates that it has done
    before. `learning_rate`: that of this step. `decays`: the parameter is a weight, which an optimizer's own decay may
    shrink.
    """
    rule = optimizer.rule(np.array([parameter]), np.array([gradient]))
    rule.decay_only(np.array([decays]))
    rule.set_learning_rate(learning_rate)
    rule.state[:], rule.count = state, count
    numbers = {name: float(value) for name, value in structs.asdict(optimizer).items()}
    numbers |= {"w": float(parameter), "g": float(gradient), "t": count + 1.0}
    numbers |= {"learning_rate": learning_rate, "decays": float(decays)}
    numbers |= dict(zip(optimizer.remembers, rule.state.tolist(), strict=True))
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):  # a run that diverges may be looked at
        rule.update()
    after = zip(optimizer.remembers, rule.state.tolist(), strict=True)
    numbers |= {"w'": float(rule.parameters[0])} | {f"{name}'": value for name, value in after}
    return numbers | optimizer.derived(numbers)
