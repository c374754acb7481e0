"""What the conductor tells the window, in this process; its own process is in tests/gui/test_search_process.py."""

import threading

import pytest
from msgspec import structs

from model.search.trial_record import winner
from model.trainer import Trainer
from search_engine import conductor
from search_engine.worker import work


@pytest.fixture
def told(monkeypatch):
    news = []
    monkeypatch.setattr(conductor, "_tell", news.append)
    return news


@pytest.fixture
def searched(study, spec):
    made = study(structs.replace(spec, trials=2, steps=10))
    work(made)
    return made


def test_the_winner_is_measured_on_the_test_part_once(searched, told, monkeypatch):
    conductor.measure(searched, threading.Event())
    best = winner(searched.trials())
    trainer = Trainer(searched.spec.experiment_of(best.values))
    while trainer.advance(100):
        pass
    expected = trainer.evaluate()
    assert told[0].figures == conductor.Figures(
        place=best.place, loss=expected.test_loss, accuracy=expected.test_accuracy
    )
    monkeypatch.setattr(conductor, "measured", lambda *arguments: pytest.fail("it is known"))
    conductor.measure(searched, threading.Event())
    assert told[1] == told[0]


def test_cancelled_it_keeps_no_figure(searched, told):
    cancelled = threading.Event()
    cancelled.set()
    conductor.measure(searched, cancelled)
    assert told == [] and searched.test is None


def test_only_what_changed_is_told(searched, told):
    conductor.run(searched, 1, threading.Event())
    (news,) = told
    assert [each.place for each in news.trials] == [0, 1] and news.finished == news.wanted == 2
