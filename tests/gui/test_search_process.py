"""The process of a search: one real one, and what is not a matter of the search."""

import pytest
from msgspec import structs

from gui.search_process import SearchProcess
from model.search.search_spec import SearchSpec
from model.search.space import Range
from model.starters import starter
from search_engine.conductor import Order
from search_engine.names import database, name_of


@pytest.fixture
def order(tmp_path):
    xor = starter("xor")
    data = structs.replace(xor.data, dataset=structs.replace(xor.data.dataset, samples=60), validation=0.2)
    spec = SearchSpec(
        experiment=structs.replace(xor, data=data),
        axes=(Range(path="optimizer.learning_rate", low=0.01, high=1, scale="log"),),
        trials=3,
        steps=20,
    )
    return Order(what="run", url=database(tmp_path), name=name_of(spec), spec=spec, workers=1)


@pytest.fixture
def process(qtbot):
    made = SearchProcess()
    yield made
    made.close()


def test_a_search_is_told_and_ends(qtbot, process, order):
    told = []
    process.told.connect(told.append)
    with qtbot.waitSignal(process.ended, timeout=60_000):
        process.begin(order)
        assert process.busy
    assert not process.busy
    trials = {each.place: each for news in told for each in news.trials}
    assert sorted(trials) == [0, 1, 2] and all(each.finished for each in trials.values())
    assert told[-1].finished == told[-1].wanted == 3


def test_what_cannot_be_is_said_in_a_sentence(qtbot, process, order):
    told = []
    process.told.connect(told.append)
    with qtbot.waitSignal(process.ended, timeout=60_000):
        process.begin(structs.replace(order, url="foo://bar"))
    source, values = told[0].refused
    assert "foo://bar: this is no address of a database" in source.format(**values)


def test_closed_in_the_midst_nobody_hears_of_it(qtbot, process, order):
    told = []
    process.told.connect(told.append)
    process.begin(structs.replace(order, spec=structs.replace(order.spec, steps=10**9)))
    process.close()
    assert not process.busy and process._process is None
    qtbot.wait(0)
    assert told == []


def test_cancelled_it_ends_with_its_workers(qtbot, process, order):
    told = []
    process.told.connect(told.append)
    process.begin(structs.replace(order, spec=structs.replace(order.spec, steps=10**9)))
    qtbot.waitUntil(lambda: any(each.state == "running" for news in told for each in news.trials), timeout=60_000)
    with qtbot.waitSignal(process.ended, timeout=60_000):
        process.cancel()
    assert not process.busy


def test_cancelled_before_it_began_it_does_not_begin(qtbot, process, order, monkeypatch):
    monkeypatch.setattr("gui.search_process.start", lambda *arguments, **pipes: pytest.fail("it began"))
    with process._lock, qtbot.waitSignal(process.ended, raising=False, timeout=0):
        process.begin(order)
        process._cancelled = True
    qtbot.waitUntil(lambda: not process.busy)
