"""The gradient of the next step is the one that the next step takes."""

import numpy as np
import pytest

from model.next_step import next_step
from model.starters import starter
from model.trainer import Trainer


@pytest.mark.parametrize("name", ["xor", "iris"])
@pytest.mark.parametrize("steps", [0, 7])
def test_it_is_what_the_next_step_works_on(name: str, steps: int) -> None:
    trainer = Trainer(starter(name))
    trainer.advance(steps)
    ahead = next_step(trainer)
    gradient = ahead.loss().gradient()
    trainer.step()
    snapshot = trainer.snapshot()
    np.testing.assert_array_equal(snapshot.batch, ahead.batch)
    np.testing.assert_allclose(snapshot.gradient, gradient, rtol=1e-12, atol=1e-15)


def test_it_stays_while_the_trainer_goes_on() -> None:
    trainer = Trainer(starter("xor"))
    before = trainer.network.parameters.copy()
    ahead = next_step(trainer)
    trainer.advance(5)
    np.testing.assert_array_equal(ahead.parameters, before)
    assert ahead.step == 0 and not ahead.parameters.flags.writeable
