import numpy as np
from msgspec import structs

from model.data import load
from model.data_files.source import Packed
from model.datasets.arrays import ArrayAt, Arrays
from model.search.trial_run import ending_at, has_test, measured_with_test, run_trial, without_test
from model.trainer import Trainer

VALUES = {"optimizer.learning_rate": 0.7, "network.layers[0].units": 5}


def never(step, loss):
    return False


def test_a_trial_has_no_test_part(spec, monkeypatch):
    seen = []
    experiment = spec.experiment_of(VALUES)
    monkeypatch.setattr("model.search.trial_run.Trainer", lambda e, parts: seen.append(Trainer(e, parts)) or seen[-1])
    run_trial(experiment, never)
    trainer = seen[0]
    assert len(trainer.parts.test.inputs) == 0 < len(load(experiment.data).test.inputs)
    assert all(each.test_loss is None and each.test_accuracy is None for each in trainer.record.evaluations)
    assert not hasattr(run_trial(experiment, never), "test_loss")


def test_a_trial_opened_as_a_run_has_the_same_bits(spec):
    """The window's trainer measures the test part as well; nothing of the run depends on it."""
    experiment = spec.experiment_of(VALUES)
    result = run_trial(experiment, never)
    blind, window = Trainer(experiment, without_test(load(experiment.data))), Trainer(experiment)
    for trainer in (blind, window):
        while trainer.advance(7):
            pass
    np.testing.assert_array_equal(blind.network.parameters, window.network.parameters)
    last = window.record.evaluations[-1]
    assert (result.how, result.step) == ("complete", 40) and last.step == 40 and last.test_loss is not None
    assert result.validation_loss.hex() == last.validation_loss.hex()
    assert result.train_loss == last.train_loss and result.validation_accuracy == last.validation_accuracy


def test_a_hopeless_trial_ends_where_it_is_said_and_can_be_repeated(spec):
    experiment, told = spec.experiment_of(VALUES), []

    def hopeless(step, loss):
        told.append((step, loss))
        return step >= 12

    result = run_trial(experiment, hopeless)
    assert (result.how, result.step) == ("hopeless", 12)
    assert [step for step, _ in told] == [2, 4, 6, 8, 10, 12] and told[-1][1] == result.validation_loss
    again = Trainer(ending_at(experiment, result))
    while again.advance(100):
        pass
    assert again.steps == 12 and again.record.evaluations[-1].validation_loss == result.validation_loss


def test_a_trial_that_diverges_says_so(spec):
    experiment = structs.replace(spec, steps=4000).experiment_of(VALUES | {"optimizer.learning_rate": 10.0})
    wild = structs.replace(experiment, optimizer=structs.replace(experiment.optimizer, learning_rate=1000.0))
    huge = structs.replace(wild, regularization=structs.replace(wild.regularization, l2=10.0))
    result = run_trial(huge, never)
    assert result.how == "diverged" and result.validation_loss is None and result.step < 4000
    assert ending_at(huge, result) == huge


def test_an_interrupted_trial_has_no_result(spec):
    assert run_trial(spec.experiment_of(VALUES), never, lambda: True) is None


def test_the_winner_is_measured_with_the_test_part(spec):
    found = measured_with_test(spec.experiment_of(VALUES))
    assert found.step == 40 and found.test_loss is not None and 0 <= found.test_accuracy <= 1


def test_a_test_part_is_a_share_or_comes_with_the_data(spec):
    data = spec.experiment.data
    untested = structs.replace(data, test=0.0)
    assert has_test(data) and not has_test(untested)
    alone = Arrays(name="a", files=(Packed(content=b""),), inputs=ArrayAt(), targets=ArrayAt(), sample=(2,))
    with_test = structs.replace(alone, test_inputs=ArrayAt(), test_targets=ArrayAt())
    assert not has_test(structs.replace(untested, dataset=alone))
    assert has_test(structs.replace(untested, dataset=with_test))
