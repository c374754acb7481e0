from itertools import pairwise

import numpy as np
import pytest
from msgspec import structs

from gui.network_edits import choose_activations, choose_all_weights
from gui.starter_texts import STARTER_TEXTS, starter_text
from model.initial_weights import DeepNetwork, spreads_of_deep_network
from model.initializers import He, Normal, Xavier
from model.layers import Tanh
from model.starters import STARTERS, starter
from model.trainer import Trainer


def test_every_starter_is_described_and_nothing_else():
    assert list(STARTER_TEXTS) == list(STARTERS)


@pytest.mark.parametrize("name", STARTER_TEXTS)
def test_three_sentences_what_to_watch_to_change_and_to_expect(name):
    text = starter_text(name)
    assert text.watch.startswith("Watch ")
    assert text.change.startswith("Change ")
    assert all(sentence.endswith(".") and len(sentence) <= 64 for sentence in text.sentences)


def test_a_starter_that_nobody_has_described_shows_its_name():
    assert starter_text("new").title == "new"
    assert starter_text("new").sentences == ("", "", "")


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_vanishing_network_learns_with_tanh_in_all_hidden_layers(seed):
    experiment = with_seed(choose_activations(starter("vanishing"), Tanh()), seed)
    trainer = Trainer(experiment)
    trainer.advance(600)
    assert trainer.record.evaluations[-1].train_loss < 0.5 * trainer.record.evaluations[0].train_loss


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_too_large_a_step_grows_the_loss_at_every_step_and_a_tenth_of_it_learns(seed):
    experiment = with_seed(starter("diverging"), seed)
    trainer = Trainer(experiment)
    trainer.advance(100)
    assert trainer.diverged and np.all(np.diff(trainer.record.losses()) > 0)
    slow = structs.replace(experiment.optimizer, learning_rate=experiment.optimizer.learning_rate / 10)
    trainer = Trainer(structs.replace(experiment, optimizer=slow))
    trainer.advance(200)
    assert not trainer.diverged
    assert trainer.record.evaluations[-1].train_loss < 0.1 * trainer.record.evaluations[0].train_loss


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_weights_too_small_learn_nothing_and_from_xavier_or_he_the_loss_falls(seed):
    experiment = with_seed(starter("init"), seed)
    guessing = np.log(10)
    trainer = Trainer(experiment)
    trainer.advance(300)
    assert trainer.record.evaluations[-1].train_loss == pytest.approx(guessing, abs=0.01)
    for rule in (Xavier(), He()):
        trainer = Trainer(choose_all_weights(experiment, rule))
        trainer.advance(300)
        assert trainer.record.evaluations[-1].train_loss < 0.15
    spreads = spreads_of_deep_network(DeepNetwork(seed=seed), Normal(std=0.01))
    assert all(behind.std < 0.2 * before.std for before, behind in pairwise(spreads))


def with_seed(experiment, seed):
    parts = {name: structs.replace(getattr(experiment, name), seed=seed) for name in ("data", "weights", "batches")}
    return structs.replace(experiment, **parts)
