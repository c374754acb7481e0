"""One parameter's update has the bits of the update of all, and its formulas add up."""

import math

import pytest
from msgspec import structs

from model.clipping import Clipping
from model.one_update import one_update
from model.optimizers import OPTIMIZERS, AdamW
from model.regularization import Regularization, weights_of
from model.schedules import Cosine
from model.starters import starter
from model.trainer import Trainer
from model.used_gradient import UsedGradient

ALL = {
    "schedule": Cosine(horizon=20, warm_up=4),
    "regularization": Regularization(l1=0.01, l2=0.1),
    "clipping": Clipping(norm=0.05),
}


def numbers_of(trainer, index):
    """By the arrays of the step that comes next."""
    step, optimizer = trainer.look_inside(), trainer.experiment.optimizer
    size = len(step.parameters)
    state = [step.state[part * size + index] for part in range(len(optimizer.remembers))]
    weights = weights_of(trainer.network.layout)
    used = UsedGradient(trainer.experiment, weights, step.parameters, step.gradient)
    used.prepare()
    rate = trainer.experiment.learning_rate_at(step.step)
    decays = bool(weights[index])
    return one_update(optimizer, step.parameters[index], used.values[index], state, step.count, rate, decays=decays)


def trainer_with(kind, precision, **update):
    trainer = Trainer(structs.replace(starter("xor"), optimizer=kind(), precision=precision, **update))
    trainer.advance(7)
    return trainer


@pytest.mark.parametrize("update", [{}, ALL], ids=["plain", "all"])
@pytest.mark.parametrize("precision", ["float64", "float32"])
@pytest.mark.parametrize("kind", OPTIMIZERS, ids=lambda kind: kind.__name__)
def test_it_is_the_update_that_is_then_done(kind, precision, update):
    trainer = trainer_with(kind, precision, **update)
    indices = range(trainer.network.layout.size)
    said = [numbers_of(trainer, index) for index in indices]
    trainer.step()
    assert [each["w'"] for each in said] == trainer.network.parameters.tolist()
    for part, name in enumerate(kind.remembers):
        after = trainer.rule.state[part * len(said) : (part + 1) * len(said)]
        assert [each[f"{name}'"] for each in said] == after.tolist()
    assert {each["t"] for each in said} == {trainer.rule.count}


@pytest.mark.parametrize("kind", OPTIMIZERS, ids=lambda kind: kind.__name__)
def test_both_sides_of_every_line_are_equal(kind):
    numbers = numbers_of(trainer_with(kind, "float64", **ALL), 3)
    for formula in kind.formulas:
        made = ""
        for piece in formula.pieces():
            value = f"({numbers[piece.name]!r})" if piece.name else piece.text
            made += f"**{value}" if piece.raised else value
        for sign, python in (("·", "*"), ("−", "-"), ("²", "**2"), ("√", "sqrt")):
            made = made.replace(sign, python)
        left, right = (eval(side, {"sqrt": math.sqrt}) for side in made.split(" = "))
        assert left == pytest.approx(right, rel=1e-9)


def test_a_bias_does_not_decay():
    trainer = trainer_with(AdamW, "float64")
    weights = weights_of(trainer.network.layout)
    decays = [numbers_of(trainer, index)["weight_decay"] for index in range(len(weights))]
    assert decays == [0.01 if weight else 0.0 for weight in weights]
    assert not weights.all()


def test_what_the_optimizer_remembers_is_in_the_step():
    trainer = trainer_with(OPTIMIZERS[-1], "float64")
    step = trainer.look_inside()
    assert step.state.tobytes() == trainer.rule.state.tobytes()
    assert step.count == trainer.rule.count == 7
