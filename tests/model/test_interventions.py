import msgspec
import pytest
from msgspec.structs import replace

from model.clipping import Clipping
from model.data import Data
from model.datasets import Circle, Gaussians
from model.experiment import BatchesSpec, Experiment, NetworkSpec
from model.interventions import (
    AnyIntervention,
    ChangeBatchSize,
    ChangeClipping,
    ChangeData,
    ChangeOptimizer,
    ChangeRegularization,
    ChangeSchedule,
    SetParameter,
    in_force,
    in_words,
    same_target,
)
from model.layers import Affine
from model.optimizers import SGD, Adam, Momentum
from model.regularization import Regularization
from model.schedules import ConstantRate, Cosine, StepDecay

DATA = Data(dataset=Gaussians(samples=30, noise=0.1))
EXPERIMENT = Experiment(data=DATA, network=NetworkSpec(layers=(Affine(units=1),)), optimizer=SGD(learning_rate=0.1))
WEIGHT = SetParameter(step=3, layer=0, name="weights", at=(1, 0), value=0.25)


def other_data(step=0, **fields):
    return ChangeData(step=step, data=replace(DATA, dataset=replace(DATA.dataset, **fields)))


def test_what_an_experiment_becomes():
    noisy = other_data(noise=0.3)
    changes = [ChangeOptimizer(step=1, optimizer=Adam()), WEIGHT, ChangeBatchSize(step=4, size=7), noisy]
    assert in_force(EXPERIMENT, changes) == replace(
        EXPERIMENT, optimizer=Adam(), batches=BatchesSpec(size=7), data=noisy.data
    )
    assert in_force(EXPERIMENT, [WEIGHT]) == EXPERIMENT == in_force(EXPERIMENT, [])
    assert in_force(EXPERIMENT, [*changes, ChangeOptimizer(step=9, optimizer=SGD())]).optimizer == SGD()
    priced, limited = Regularization(l2=0.1), Clipping(norm=2.0)
    further = [
        ChangeRegularization(step=2, regularization=priced),
        ChangeClipping(step=2, clipping=limited),
        ChangeSchedule(step=3, schedule=StepDecay()),
        ChangeSchedule(step=5, schedule=Cosine()),
    ]
    assert in_force(EXPERIMENT, further) == replace(
        EXPERIMENT, regularization=priced, clipping=limited, schedule=Cosine()
    )
    seeded = replace(EXPERIMENT, batches=BatchesSpec(size=3, seed=5))
    assert in_force(seeded, [ChangeBatchSize(step=0, size=4)]).batches == BatchesSpec(size=4, seed=5)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (ChangeOptimizer(step=1, optimizer=SGD()), ChangeOptimizer(step=1, optimizer=SGD(learning_rate=2.0)), True),
        (ChangeOptimizer(step=1, optimizer=SGD()), ChangeOptimizer(step=2, optimizer=SGD()), False),
        # Adam for a moment leaves fresh state behind.
        (ChangeOptimizer(step=1, optimizer=Adam()), ChangeOptimizer(step=1, optimizer=SGD()), False),
        (WEIGHT, replace(WEIGHT, value=9.0), True),
        (WEIGHT, replace(WEIGHT, at=(0, 0)), False),
        (WEIGHT, replace(WEIGHT, name="bias"), False),
        (WEIGHT, replace(WEIGHT, layer=2), False),
        (WEIGHT, replace(WEIGHT, step=4), False),
        (ChangeBatchSize(step=1, size=2), ChangeBatchSize(step=1, size=5), True),
        (ChangeBatchSize(step=1, size=2), ChangeBatchSize(step=3, size=2), False),
        (other_data(1), other_data(1, noise=0.5), True),
        (other_data(1), ChangeBatchSize(step=1, size=2), False),
        (ChangeBatchSize(step=3, size=2), WEIGHT, False),
        (ChangeSchedule(step=1, schedule=Cosine()), ChangeSchedule(step=1, schedule=StepDecay()), True),
        (ChangeSchedule(step=1, schedule=Cosine()), ChangeSchedule(step=2, schedule=Cosine()), False),
        (ChangeClipping(step=1, clipping=Clipping()), ChangeClipping(step=1, clipping=Clipping(norm=1.0)), True),
        (
            ChangeClipping(step=1, clipping=Clipping()),
            ChangeRegularization(step=1, regularization=Regularization()),
            False,
        ),
    ],
)
def test_whether_the_later_leaves_anything_of_the_earlier(one, other, same):
    assert same_target(one, other) == same_target(other, one) == same


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (ChangeOptimizer(step=9, optimizer=SGD(learning_rate=0.01)), "learning rate: 0.1 → 0.01"),
        (ChangeOptimizer(step=9, optimizer=SGD(learning_rate=0.1)), "learning rate: 0.1, set again"),
        (ChangeBatchSize(step=1, size=10), "batch size: 10, set again"),
        (ChangeData(step=1, data=DATA), "data: the same, set again"),
        (ChangeData(step=1, data=replace(DATA, features=("x1",))), "other data"),
        (ChangeOptimizer(step=9, optimizer=Adam()), "optimizer: SGD → Adam"),
        (ChangeRegularization(step=1, regularization=Regularization(l2=0.01)), "L2 (weight decay): 0 → 0.01"),
        (ChangeRegularization(step=1, regularization=Regularization()), "L1: 0, set again"),
        (ChangeClipping(step=1, clipping=Clipping(norm=0.5)), "clip gradient at: none → 0.5"),
        (ChangeSchedule(step=1, schedule=Cosine()), "schedule of the learning rate: Constant → Cosine"),
        (ChangeSchedule(step=1, schedule=ConstantRate()), "schedule of the learning rate: Constant, set again"),
        (WEIGHT, "layers[0].weights[1, 0] = 0.25"),
        (SetParameter(step=0, layer=2, name="bias", at=(3,), value=-1e-9), "layers[2].bias[3] = -1e-09"),
        (ChangeBatchSize(step=1, size=32), "batch size: 10 → 32"),
        (other_data(noise=0.3), "data: noise 0.1 → 0.3"),
        (other_data(noise=0.3, samples=90), None),
        (ChangeData(step=0, data=replace(DATA, seed=2)), "data: data seed 1 → 2"),
        (ChangeData(step=0, data=Data(dataset=Circle())), "data: two Gaussians → circle"),
    ],
)
def test_words(change, words):
    said = str(in_words(change, EXPERIMENT))
    if words is None:
        assert sorted(said.removeprefix("data: ").split(", ")) == ["noise 0.1 → 0.3", "samples 30 → 90"]
    else:
        assert said.lower() == words.lower()


def test_words_of_several_hyperparameters():
    before = replace(EXPERIMENT, optimizer=Momentum(learning_rate=0.1, momentum=0.9))
    change = ChangeOptimizer(step=1, optimizer=Momentum(learning_rate=1 / 3, momentum=0.5))
    assert str(in_words(change, before)) == "learning rate: 0.1 → 0.333333, momentum: 0.9 → 0.5"


def test_words_of_a_schedule_that_goes_on():
    before = replace(EXPERIMENT, schedule=StepDecay(every=1000))
    change = ChangeSchedule(step=1, schedule=StepDecay(decay=0.1, every=20_000))
    assert str(in_words(change, before)) == "decay: 0.5 → 0.1, every: 1,000 → 20,000"


def test_as_json_and_back():
    changes = (
        ChangeSchedule(step=0, schedule=Cosine(end=0.1)),
        ChangeRegularization(step=0, regularization=Regularization(l1=0.1)),
        ChangeClipping(step=1, clipping=Clipping(norm=2.5)),
        ChangeOptimizer(step=1, optimizer=Adam()),
        WEIGHT,
        ChangeBatchSize(step=4, size=7),
        other_data(noise=0.3),
    )
    text = msgspec.json.encode(changes)
    assert msgspec.json.decode(text, type=tuple[AnyIntervention, ...]) == changes
    assert b'"type":"parameter","step":3,"layer":0,"name":"weights","at":[1,0],"value":0.25' in text


@pytest.mark.parametrize(
    "text",
    [
        '{"type": "batch_size", "step": 1, "size": 0}',
        '{"type": "batch_size", "step": -1, "size": 1}',
        '{"type": "parameter", "step": 0, "layer": -1, "name": "bias", "at": [0], "value": 1}',
        '{"type": "parameter", "step": 0, "layer": 0, "name": "bias", "at": [-1], "value": 1}',
        '{"type": "layers", "step": 0}',
    ],
)
def test_what_is_no_intervention(text):
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(text, type=AnyIntervention)
