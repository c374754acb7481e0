"""The real thing: worker processes, killed and cancelled. Each test starts two, which takes a second or two."""

import os
import signal
import subprocess
import sys
import time

import pytest
from msgspec import structs

from model.search.trial_run import ending_at
from model.trainer import Trainer
from search_engine.conduct import conduct
from search_engine.pool import Pool, start
from search_engine.storage import StorageError
from search_engine.worker import NICENESS

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


def soon(seconds):
    """Look often: all trials together take less than the time between two looks."""
    time.sleep(0.02)


def running(standing):
    return [each.place for each in standing.trials if each.state == "running"]


def test_exactly_as_many_as_asked_for_although_a_worker_is_killed(study, spec, wait_for_end):
    searched = study(structs.replace(spec, trials=8, steps=400))
    killed, workers, standing = set(), set(), None
    for standing in conduct(searched, 2, wait=soon):
        workers |= set(standing.pids)
        attempts = searched._study.get_trials(deepcopy=False)
        busy = {e.user_attrs["worker"]["pid"] for e in attempts if e.state.name == "RUNNING"} & set(standing.pids)
        dying = killed & set(standing.pids)
        if busy and not dying and not any("ended" in e.user_attrs for e in attempts):  # the last was between two trials
            victim = busy.pop()
            killed.add(victim)
            os.kill(victim, signal.SIGKILL)
    assert standing.over and standing.finished == 8
    wait_for_end(list(workers))
    attempts = searched._study.get_trials()
    counted = {e.user_attrs["place"]: e for e in attempts if e.state.name in ("COMPLETE", "PRUNED")}
    assert sorted(counted) == list(range(8)) and len(attempts) == 8 + sum(e.state.name == "FAIL" for e in attempts)
    (lost,) = [each for each in attempts if "ended" in each.user_attrs]
    assert lost.user_attrs["worker"]["pid"] in killed, "it costs one trial"
    assert counted[lost.user_attrs["place"]].params == lost.params
    again = searched.trials()[lost.user_attrs["place"]]
    made = Trainer(ending_at(searched.spec.experiment_of(again.values), again.result))
    while made.advance(1000):
        pass
    assert made.record.evaluations[-1].validation_loss.hex() == again.loss.hex(), "a recipe, to the last bit"


def test_cancelling_leaves_no_process_and_resuming_finishes_the_rest(study, spec, wait_for_end):
    searched = study(structs.replace(spec, trials=4, steps=800))
    pids: list[int] = []
    for standing in conduct(searched, 2, lambda: bool(pids), soon):
        pids.extend(standing.pids if running(standing) else ())
    assert len(pids) == 2
    wait_for_end(pids)
    assert all(each.finished for each in searched.trials()), "what ran is free again"
    before = searched.trials()
    *_, last = conduct(searched, 1, wait=soon)
    assert last.finished == 4 and [each for each in last.trials if each.place in {e.place for e in before}] == before


def test_workers_end_when_whoever_started_them_is_gone(study, spec, tmp_path, wait_for_end):
    searched = study(structs.replace(spec, trials=50, steps=100_000))
    code = (
        "import sys; from search_engine.pool import Pool; pool = Pool(sys.argv[1], sys.argv[2], 2); pool.fill(2)\n"
        "print(*pool.pids, flush=True); sys.stdin.read()"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code, searched.url, searched.name],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    pids = [int(each) for each in parent.stdout.readline().split()]
    assert len(pids) == 2
    parent.kill()
    parent.communicate()
    wait_for_end(pids)


def test_a_worker_that_cannot_use_the_storage_says_why(study, spec, monkeypatch):
    searched = study(spec)
    searched.name = "another"
    monkeypatch.setattr("search_engine.conduct.FRUITLESS", 1)
    with pytest.raises(StorageError, match="end with an error"):
        for _ in conduct(searched, 1, wait=soon):
            pass


def test_the_pool_holds_no_more_than_its_size(study, spec, wait_for_end):
    searched = study(spec)
    pool = Pool(searched.url, searched.name, 2)
    pool.fill(9)
    pids = pool.pids
    assert len(pids) == 2
    assert sorted(pool.close()) == sorted(pids) and pool.pids == []
    wait_for_end(pids)


def test_a_process_of_the_search_has_low_priority_and_ends_with_its_input():
    mine = os.getpriority(os.PRIO_PROCESS, 0)
    process = start("search_engine.worker", stdout=subprocess.DEVNULL)
    end = time.monotonic() + 20
    while os.getpriority(os.PRIO_PROCESS, process.pid) != min(mine + NICENESS, 19):
        assert time.monotonic() < end, "it has the priority of this process"
        os.sched_yield()
    process.stdin.close()
    assert process.wait(20) == 0
    assert os.getpriority(os.PRIO_PROCESS, 0) == mine, "this one keeps its own"
