"""One parameter's update has the bits of the update of all, and its formulas add up."""

import math

import pytest
from msgspec import structs

from model.one_update import one_update
from model.optimizers import OPTIMIZERS
from model.starters import starter
from model.trainer import Trainer


def numbers_of(trainer, index):
    """By the arrays of the step that comes next."""
    step, optimizer = trainer.look_inside(), trainer.experiment.optimizer
    size = len(step.parameters)
    state = [step.state[part * size + index] for part in range(len(optimizer.remembers))]
    return one_update(optimizer, step.parameters[index], step.gradient[index], state, step.count)


def trainer_with(kind, precision):
    trainer = Trainer(structs.replace(starter("xor"), optimizer=kind(), precision=precision))
    trainer.advance(7)
    return trainer


@pytest.mark.parametrize("precision", ["float64", "float32"])
@pytest.mark.parametrize("kind", OPTIMIZERS, ids=lambda kind: kind.__name__)
def test_it_is_the_update_that_is_then_done(kind, precision):
    trainer = trainer_with(kind, precision)
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
    numbers = numbers_of(trainer_with(kind, "float64"), 3)
    for formula in kind.formulas:
        made = ""
        for piece in formula.pieces():
            value = f"({numbers[piece.name]!r})" if piece.name else piece.text
            made += f"**{value}" if piece.raised else value
        for sign, python in (("·", "*"), ("−", "-"), ("²", "**2"), ("√", "sqrt")):
            made = made.replace(sign, python)
        left, right = (eval(side, {"sqrt": math.sqrt}) for side in made.split(" = "))
        assert left == pytest.approx(right, rel=1e-9)


def test_what_the_optimizer_remembers_is_in_the_step():
    trainer = trainer_with(OPTIMIZERS[-1], "float64")
    step = trainer.look_inside()
    assert step.state.tobytes() == trainer.rule.state.tobytes()
    assert step.count == trainer.rule.count == 7
