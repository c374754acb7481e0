"""Who runs which trial. All processes are played by this one: each `Study` sees the storage on its own."""

import os

import pytest
from msgspec import structs

from model.search.search_spec import STARTUP
from model.search.trial_record import winner
from model.search.trial_run import Result
from search_engine import attempt as attempt_module
from search_engine.storage import StorageError
from search_engine.study import MOST_ATTEMPTS, begin, join
from search_engine.worker import run, work


def done(loss):
    return Result(how="complete", step=40, validation_loss=loss)


def places(study, state):
    return [each.place for each in study.trials() if each.state == state]


def test_every_trial_is_claimed_once_by_whoever_comes(study, spec):
    one, other = study(spec), study()
    claimed = [(one, other)[i % 2].claim() for i in range(spec.trials)]
    assert sorted(each.place for each in claimed) == list(range(spec.trials))
    assert one.claim() is None and other.claim() is None
    for each in claimed:
        one.finish(each, done(0.5))
    assert places(other, "complete") == list(range(spec.trials))


def test_the_values_of_a_trial_follow_from_the_search(study, spec):
    one = study(spec)
    claimed = [one.claim() for _ in range(spec.trials)]
    assert [each.values for each in claimed] == [spec.values_at(place) for place in range(spec.trials)]


def test_two_attempts_made_at_the_same_time_are_one_trial(study, spec, monkeypatch):
    one, other = study(spec), study()
    attempt, theirs = one._attempt, []

    def late(place):
        if not theirs:
            theirs.append(other.claim())  # between the look at what is free and the attempt
        return attempt(place)

    monkeypatch.setattr(one, "_attempt", late)
    assert one.claim().place == 1 and theirs[0].place == 0
    attempts = [each for each in one._study.get_trials() if each.user_attrs["place"] == 0]
    assert [each.state.name for each in attempts] == ["RUNNING", "FAIL"]


def test_an_attempt_answers_for_itself_from_its_first_moment(study, spec, monkeypatch):
    """Killed before anything else is written, it is found by its process, and has its values."""
    one, other = study(spec), study()
    monkeypatch.setattr(one._storage, "record_heartbeat", lambda number: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        one.claim()
    assert [each.values for each in other.trials()] == [spec.values_at(0)]
    other.fail_worker(os.getpid(), by_itself=True)
    assert other.claim().attempts == 1


def test_of_who_was_killed_before_the_first_heartbeat_silence_tells_too(study, spec, monkeypatch):
    one, other = study(spec), study()
    monkeypatch.setattr(one._storage, "record_heartbeat", lambda number: None)
    one.claim()
    monkeypatch.setattr(attempt_module, "machine", lambda: "another one")
    monkeypatch.setattr(other._storage._backend, "grace_period", -1)
    assert [other.fail_lost() for _ in range(3)] == [0, 1, 0]


def test_a_trial_whose_process_is_gone_is_run_again_with_the_same_values(study, spec, monkeypatch):
    one, other = study(spec), study()
    lost = one.claim()
    one.report(lost, 2, 0.9)
    assert other.fail_lost() == 0, "this process lives"
    monkeypatch.setattr(attempt_module, "is_alive", lambda pid, began: False)
    assert other.fail_lost() == 1
    again = other.claim()
    assert (again.place, again.values) == (lost.place, lost.values) and again.number != lost.number
    one.finish(lost, done(0.1))  # it was only asleep: too late
    other.finish(again, done(0.2))
    assert [(each.place, each.loss) for each in other.trials()] == [(lost.place, 0.2)]


def test_of_another_machine_silence_tells(study, spec, monkeypatch):
    one, other = study(spec), study()
    lost = one.claim()
    monkeypatch.setattr(attempt_module, "machine", lambda: "another one")
    assert other.fail_lost() == 0
    monkeypatch.setattr(other._storage._backend, "grace_period", -1)  # as if the heartbeat were long ago
    assert other.fail_lost() == 1 and other.claim().values == lost.values


def test_a_trial_that_ends_its_process_again_and_again_is_given_up(study, spec):
    one, two = study(spec), study(structs.replace(spec))
    me = one.claim()
    for _ in range(MOST_ATTEMPTS):
        one.fail_worker(os.getpid(), by_itself=True)
        me = one.claim()
    assert me.attempts == MOST_ATTEMPTS
    run(one, me)
    assert [(each.place, each.result.how) for each in two.trials()] == [(0, "failed")]


def test_a_cancelled_trial_is_not_to_blame(study, spec):
    one = study(spec)
    first = one.claim()
    one.fail_worker(os.getpid(), by_itself=False)
    again = one.claim()
    assert again.attempts == 0 and again.values == first.values


@pytest.mark.parametrize("method", ["random", "grid", "tpe"])
def test_a_whole_search_by_one_process(study, spec, method):
    trials = STARTUP + 3 if method == "tpe" else 6
    searched = study(structs.replace(spec, method=method, trials=trials, steps=10))
    work(searched)
    found = searched.trials()
    assert [each.place for each in found] == list(range(trials)) and all(each.finished for each in found)
    assert len({tuple(each.values.values()) for each in found}) == trials
    best = winner(found)
    assert best.loss == min(each.loss for each in found if each.state == "complete")
    assert all(each.curve[each.result.step] == each.loss for each in found if each.loss is not None)
    assert searched._study.best_value == best.loss, "to the last bit, through the database"


def test_the_same_search_is_joined_and_can_be_extended(study, spec):
    work(study(structs.replace(spec, steps=4)))
    first = study(structs.replace(spec, steps=4)).trials()
    more = study(structs.replace(spec, steps=4, trials=9))
    assert more.claim().place == 6 and more.trials()[:6] == first
    assert study(structs.replace(spec, steps=4)).spec.trials == 9, "what was asked for stays asked for"


def test_another_search_under_the_same_name_is_refused(study, spec):
    made = study(spec)
    with pytest.raises(StorageError, match="searches something else"):
        begin(made.url, made.name, structs.replace(spec, seed=2))


def test_a_study_of_somebody_else_is_no_search(study, spec, monkeypatch):
    import optuna

    made = study(spec)
    optuna.create_study(storage=made.url, study_name="foreign")
    monkeypatch.setattr("search_engine.study.time.sleep", lambda seconds: None)
    with pytest.raises(StorageError, match="holds no search"):
        join(made.url, "foreign")


def test_a_trial_that_cannot_be_run_is_said_and_the_others_go_on(study, spec, monkeypatch):
    def no_memory(*arguments):
        raise MemoryError("4 GB")

    one = study(spec)
    monkeypatch.setattr("model.search.trial_run.run_trial", no_memory)
    run(one, one.claim())
    assert one.trials()[0].result == Result(how="failed", step=0, note="MemoryError: 4 GB")
    assert one.claim().place == 1


def test_hopeless_trials_are_stopped_and_only_where_that_is_wanted(study, spec):
    def lengths(searched):
        for loss in (0.1,) * 5:
            claimed = searched.claim()
            for step in range(2, 41, 2):
                searched.report(claimed, step, loss / 1e6)
            searched.finish(claimed, done(loss / 1e6))
        run(searched, searched.claim())
        return searched.trials()[5].result

    assert lengths(study(spec)).how == "hopeless"
    assert lengths(study(structs.replace(spec, pruning=False))).how == "complete"


def test_what_is_measured_on_the_test_part_is_kept(study, spec):
    one = study(spec)
    assert one.test is None
    one.keep_test({"place": 1, "loss": 0.5, "accuracy": None})
    assert study().test == {"place": 1, "loss": 0.5, "accuracy": None}
