"""Every finding is made in an experiment that shows it, and none is made where a network learns well."""

import math
from functools import cache

import pytest
from msgspec.structs import replace

from model.diagnosis import KINDS, Finding, SampledNetwork, diagnose, evidence_of
from model.experiment import Weights
from model.experiment_file import from_json, to_json
from model.starters import starter
from model.trainer import Trainer
from tests.model.diagnosis.experiments import CASES, parts_of

LOOKS = 60  # diagnoses in a run
LEARN_WELL = ("linear", "xor", "spiral", "curve", "iris", "digits", "cnn-digits")


@cache
def found_at_the_end(name: str) -> tuple[Finding, ...]:
    case = CASES[name]
    trainer = Trainer(case.experiment, parts_of(case))
    trainer.advance(case.steps)
    return diagnose(evidence_of(trainer))


def test_there_is_an_experiment_for_every_finding():
    assert set(CASES) == set(KINDS)
    for case in CASES.values():
        assert from_json(to_json(case.experiment)) == case.experiment


@pytest.mark.parametrize("name", KINDS)
def test_each_finding_is_made_in_its_experiment(name):
    findings = found_at_the_end(name)
    assert name in [each.kind for each in findings], [str(each.message) for each in findings]
    assert [each.rank for each in findings] == sorted(each.rank for each in findings)


SENTENCES = {
    "diverged": "Diverged: the loss became inf at step 8; the learning rate 0.1 is the likely cause. Divide",
    "learning rate too high": "Learning rate too high: one mini-batch in four has a loss above ",
    "exploding gradients": "Exploding gradients: the gradient's norm, ",
    "dead ReLUs": "Dead ReLUs: Hidden 2: 15 of 16 units are dead (0 for all 320 samples). ",
    "vanishing gradients": "Vanishing gradients: the first layer's gradient, ",
    "saturated units": "Saturated units: Hidden 1: 74 % of the outputs are saturated. ",
    "learning rate too low": "Learning rate too low: the loss is 0.851 after 100 steps, and a step 100 times as long ",
    "overfitting": "Overfitting: 93 % of the training samples are classified rightly, but only 67 % of the validation ",
    "plateau": "Plateau: the loss has stayed at 0.693 for 500 steps; guessing alone would give 0.693. ",
    "features not scaled": "Features not scaled: the input x1 x2 varies 13.2 times as much as sin x1. ",
    "class imbalance": "Class imbalance: 91 % of the training samples are of class upper moon, only 9.1 % of class ",
}


@pytest.mark.parametrize("name", KINDS)
def test_the_sentence_has_the_number(name):
    finding = next(each for each in found_at_the_end(name) if each.kind == name)
    said = str(finding.message)
    assert said.startswith(SENTENCES[name])
    assert "{" not in said and said.endswith(".")
    assert not math.isnan(finding.number)


def test_each_says_where_it_is_seen():
    panels = {name: next(e for e in found_at_the_end(name) if e.kind == name) for name in KINDS}
    assert {name: each.panel for name, each in panels.items()} == {
        "diverged": "loss",
        "learning rate too high": "loss",
        "exploding gradients": "gradients",
        "dead ReLUs": "activation",
        "vanishing gradients": "gradients",
        "saturated units": "activation",
        "learning rate too low": "loss",
        "overfitting": "loss",
        "plateau": "loss",
        "features not scaled": "data",
        "class imbalance": "data",
    }
    assert panels["dead ReLUs"].column == 1 and panels["dead ReLUs"].unit is not None
    assert panels["saturated units"].unit is not None
    assert panels["vanishing gradients"].column == 0 and panels["vanishing gradients"].unit is None


@pytest.mark.parametrize("name", LEARN_WELL)
def test_a_starter_that_learns_well_raises_no_alarm(name):
    experiment = replace(starter(name), weights=Weights(seed=3))
    trainer = Trainer(experiment)
    sampled = SampledNetwork(experiment, trainer.parts)
    assert experiment.stop.step is not None
    alarms: list[tuple[int, str]] = []
    while trainer.steps < experiment.stop.step:
        trainer.advance(1 if trainer.steps < 30 else experiment.stop.step // LOOKS)
        alarms += [(trainer.steps, str(each.message)) for each in diagnose(evidence_of(trainer, sampled))]
    assert alarms == []


def test_the_vanishing_starter_says_vanishing_first():
    trainer = Trainer(starter("vanishing"))
    for steps in (20, 480):
        trainer.advance(steps)
        assert diagnose(evidence_of(trainer))[0].kind == "vanishing gradients"


def test_the_overfitting_starter_says_so_as_soon_as_enough_is_measured():
    trainer = Trainer(starter("overfit"))
    trainer.advance(120)
    (finding,) = diagnose(evidence_of(trainer))
    assert finding.kind == "overfitting"


@pytest.mark.parametrize(("name", "remedy"), [("vanishing", "ReLU in place of sigmoid"), ("init", "Xavier")])
def test_what_helps_against_vanishing_is_what_the_starter_tells_to_change(name, remedy):
    trainer = Trainer(starter(name))
    trainer.advance(20)
    (finding,) = diagnose(evidence_of(trainer))
    assert finding.kind == "vanishing gradients" and remedy in str(finding.advice)
    assert str(finding.sentence).endswith(" (medians of 20 steps).")


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_the_diverging_starter_says_too_high_before_it_says_diverged(seed):
    trainer = Trainer(replace(starter("diverging"), weights=Weights(seed=seed)))
    said: list[str] = []
    while not trainer.diverged:
        said += [each.kind for each in diagnose(evidence_of(trainer))]
        trainer.advance(1)
    assert "learning rate too high" in said and "diverged" not in said
    assert [each.kind for each in diagnose(evidence_of(trainer))] == ["diverged"]


@pytest.mark.parametrize("name", ["linear", "vanishing", "digits"])
def test_nothing_is_said_while_nothing_is_known(name):
    assert diagnose(evidence_of(Trainer(starter(name)))) == ()
