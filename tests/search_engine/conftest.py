"""A small search, and a storage of its own for each test."""

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec import structs

from model.search.search_spec import SearchSpec
from model.search.space import Range
from model.starters import starter
from search_engine.names import database, name_of
from search_engine.storage import open_storage
from search_engine.study import Study, begin, join


@pytest.fixture
def spec() -> SearchSpec:
    xor = starter("xor")
    data = structs.replace(xor.data, dataset=structs.replace(xor.data.dataset, samples=60), validation=0.2)
    axes = (
        Range(path="optimizer.learning_rate", low=1e-3, high=10, scale="log"),
        Range(path="network.layers[0].units", low=2, high=8, whole=True),
    )
    return SearchSpec(experiment=structs.replace(xor, data=data), axes=axes, trials=6, steps=40)


@pytest.fixture(scope="session")
def tables(tmp_path_factory) -> Path:
    """A storage with nothing in it: to make its tables takes a second."""
    folder = tmp_path_factory.mktemp("tables")
    storage = open_storage(database(folder), make=True)
    storage._backend.engine.dispose()
    return folder / "search.db"


@pytest.fixture
def study(tmp_path, spec, tables) -> Iterator[Callable[..., Study]]:
    """study(spec) begins a search, or joins it; study() joins the one that is there."""
    made: list[Study] = []
    shutil.copy(tables, tmp_path)

    def open_study(wanted: SearchSpec | None = None) -> Study:
        url = database(tmp_path)
        made.append(begin(url, name_of(wanted), wanted) if wanted is not None else join(url, name_of(spec)))
        return made[-1]

    yield open_study
    for each in made:
        each.close()


def is_running(pid: int) -> bool:
    """Whether the process runs: what has ended and was not waited for does not."""
    if sys.platform != "linux":
        try:
            os.kill(pid, 0)
        except OSError:
            return False
        return True
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture
def wait_for_end() -> Callable[[list[int]], None]:
    """wait_for_end(pids): until none of these processes runs; fails after ten seconds."""

    def wait(pids: list[int]) -> None:
        end = time.monotonic() + 10
        while any(is_running(pid) for pid in pids):
            assert time.monotonic() < end, "a process is left"
            os.sched_yield() if hasattr(os, "sched_yield") else None

    return wait
