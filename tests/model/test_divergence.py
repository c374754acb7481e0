import math

import pytest
from msgspec.structs import replace

from model.divergence import Diverged, decay_of
from model.optimizers import SGD, Adam, AdamW, Momentum, Nesterov
from model.regularization import Regularization
from model.starters import starter
from model.trainer import Trainer


@pytest.mark.parametrize(
    ("diverged", "sentence"),
    [
        (
            Diverged(1234, math.inf, 3.0),
            "diverged at step 1,234: the loss became inf; the learning rate 3.0 is the likely cause",
        ),
        (
            Diverged(1, math.nan, 0.1),
            "diverged at step 1: the loss of the initial weights is nan; they or the inputs are too large",
        ),
        (
            Diverged(1, math.inf, 0.1, by_hand=True),
            "diverged at step 1: the loss became inf; the number set by hand is the likely cause",
        ),
        (
            Diverged(2000, math.inf, 0.1, by_hand=True),
            "diverged at step 2,000: the loss became inf; the number set by hand is the likely cause",
        ),
        (
            Diverged(1234, math.inf, 1.0, decay=5.0),
            "diverged at step 1,234: the loss became inf; the weight decay multiplied every weight by -4 at each step "
            "and is the likely cause",
        ),
    ],
)
def test_what_it_says(diverged, sentence):
    assert str(diverged.message) == sentence


@pytest.mark.parametrize(
    ("diverged", "word"),
    [
        (Diverged(50, math.inf, 3.0), "learning rate"),
        (Diverged(1, math.inf, 3.0), "initial weights"),
        (Diverged(50, math.inf, 3.0, by_hand=True), "by hand"),
        (Diverged(50, math.inf, 1.0, decay=2.1), "decay"),
        (Diverged(50, math.inf, 1.0, decay=1.9), "learning rate"),  # it shrinks the weights, to and fro
    ],
)
def test_cause_and_advice_are_of_one_thing(diverged, word):
    assert word in str(diverged.cause) and word in str(diverged.advice)


def test_a_penalty_decays_the_weights_where_nothing_divides_it():
    base = starter("linear")

    def decay(optimizer, **fields):
        return decay_of(replace(base, optimizer=optimizer, **fields), 0.5)

    penalty = {"regularization": Regularization(l2=4.0)}
    assert decay(SGD()) == 0
    assert decay(SGD(), **penalty) == decay(Momentum(), **penalty) == decay(Nesterov(), **penalty) == 2.0
    assert decay(Adam(), **penalty) == 0
    assert decay(AdamW(weight_decay=0.1), **penalty) == 0.05


def test_a_strong_penalty_is_blamed_and_not_the_learning_rate():
    trainer = Trainer(replace(starter("linear"), optimizer=SGD(learning_rate=1.0), regularization=Regularization(l2=9)))
    trainer.advance(1000)
    assert trainer.diverged is not None
    assert "the weight decay multiplied every weight by -8 at each step" in str(trainer.diverged.message)


def test_a_number_set_by_hand_is_blamed_for_some_steps():
    trainer = Trainer(starter("curve"))
    trainer.advance(50)
    trainer.retune(SGD(learning_rate=0.1))
    trainer.set_parameter(trainer.network.layout.size - 1, 1e200)
    trainer.advance(100)
    assert trainer.diverged is not None and trainer.diverged.step > 50
    assert "set by hand" in str(trainer.diverged.message)
