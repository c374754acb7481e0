from dataclasses import replace

import numpy as np
import pytest

from model.data import Part, load
from model.diagnosis import Evidence, SampledNetwork
from model.diagnosis.class_balance import class_balance
from model.diagnosis.feature_scale import feature_scale
from model.starters import STARTERS, starter
from model.trainer import Trainer
from tests.model.diagnosis.experiments import affine, experiment

POINTS = experiment({"type": "gaussians", "samples": 200}, [affine(1)], data={"test": 0.0})


def evidence(inputs=None, targets=None) -> Evidence:
    """The two Gaussians with other inputs or classes."""
    parts = load(POINTS.data)
    train = parts.train
    n = len(inputs) if inputs is not None else len(targets) if targets is not None else len(train.inputs)
    inputs = train.inputs[:n] if inputs is None else np.asarray(inputs, float)
    targets = train.targets[:n] if targets is None else np.asarray(targets)
    parts = replace(parts, train=Part(inputs, inputs, targets))
    trainer = Trainer(POINTS, parts)
    return Evidence(POINTS, parts, trainer.record, trainer.snapshot(), SampledNetwork(POINTS, parts))


@pytest.mark.parametrize(("rare", "found"), [(50, False), (21, False), (20, True), (1, True), (0, True)])
def test_four_to_one_is_uneven(rare, found):
    made = list(class_balance(evidence(targets=[1] * rare + [0] * (100 - rare))))
    assert bool(made) is found
    if found:
        assert made[0].number == pytest.approx(1 - rare / 100)
        assert f"{100 - rare} % of the training samples are of class lower left, only {rare:.1f} %" in str(
            made[0].sentence
        )


def test_the_name_of_a_class_may_have_braces(monkeypatch):
    monkeypatch.setattr(type(POINTS.data.dataset), "class_names", ("{share}", "a { b"))
    (finding,) = class_balance(evidence(targets=[1] * 10 + [0] * 90))
    assert "of class {share}, only 10.0 % of class a { b:" in str(finding.message)


def test_few_samples_are_uneven_by_chance():
    assert not list(class_balance(evidence(targets=[0] * 18 + [1])))


WAVE = np.tile([[-1.0], [1.0]], (50, 1))


@pytest.mark.parametrize(
    ("scales", "found"), [((1, 1), False), ((9.9, 1), False), ((1, 10.1), True), ((0.01, 1), True)]
)
def test_ten_to_one_is_not_scaled(scales, found):
    made = list(feature_scale(evidence(inputs=WAVE * scales)))
    assert bool(made) is found
    if found:
        assert made[0].number == pytest.approx(max(scales) / min(scales))
        wide, narrow = ("x1", "x2") if scales[0] > scales[1] else ("x2", "x1")
        assert str(made[0].sentence).startswith(f"the input {wide} varies ")
        assert str(made[0].sentence).endswith(f"as much as {narrow}.")


def test_a_large_number_is_written_out():
    (unequal,) = feature_scale(evidence(inputs=WAVE * (123456, 1)))
    assert "varies 123,000 times as much" in str(unequal.sentence)
    (large,) = feature_scale(evidence(inputs=WAVE + 54321))
    assert str(large.sentence).endswith("a size (root mean square) of 54,300.")


@pytest.mark.parametrize(("offset", "found"), [(0, False), (29, False), (40, True)])
def test_large_inputs_are_not_scaled_even_if_they_vary_little(offset, found):
    made = list(feature_scale(evidence(inputs=WAVE * (1, 1) + (offset, 0))))
    assert bool(made) is found
    if found:
        assert str(made[0].sentence) == "the input x1 has a size (root mean square) of 40."


def test_an_input_that_never_changes_is_not_narrow():
    assert not list(feature_scale(evidence(inputs=np.hstack([WAVE, np.ones_like(WAVE)]))))


@pytest.mark.parametrize("name", STARTERS)
def test_the_starters_have_scaled_features_and_balanced_classes(name):
    of = starter(name)
    trainer = Trainer(of)
    seen = Evidence(of, trainer.parts, trainer.record, trainer.snapshot(), SampledNetwork(of, trainer.parts))
    assert [*feature_scale(seen), *class_balance(seen)] == []
