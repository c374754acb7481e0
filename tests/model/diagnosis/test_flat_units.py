import numpy as np
import pytest

from model.diagnosis import Evidence, evidence_of
from model.diagnosis.flat_units import flat_units
from model.trainer import Trainer
from tests.model.diagnosis.experiments import experiment, stack

LOG_2 = np.log(2)


def evidence(activation: str, *, flat: int, steps: int, loss: float = LOG_2, hidden: int = 1) -> Evidence:
    """A network of columns of 10 units, `flat` of the last hidden ones far out on the flat side."""
    trainer = Trainer(experiment("xor", stack(hidden, 10, activation)))
    place = 2 * (hidden - 1)
    trainer.network.layout.view(trainer.network.parameters, place, "weights")[...] *= 1e-3
    trainer.network.layout.view(trainer.network.parameters, place, "bias")[...] = 1.0
    trainer.network.layout.view(trainer.network.parameters, place, "bias")[:flat] = -100.0
    layers = len(trainer.record.layers)
    trainer.record.fill(np.full(steps, loss), np.ones((steps, layers)), trainer.record.evaluations)
    trainer.steps = steps
    return evidence_of(trainer)


@pytest.mark.parametrize(
    ("flat", "steps", "found"),
    [(8, 0, False), (9, 0, True), (10, 0, True), (8, 99, False), (3, 100, False), (4, 100, True)],
)
def test_how_many_may_be_dead_and_when(flat, steps, found):
    made = list(flat_units(evidence("relu", flat=flat, steps=steps)))
    assert [each.kind for each in made] == ["dead ReLUs"] * found
    if found:
        (finding,) = made
        assert finding.number == flat / 10
        assert str(finding.sentence).startswith(f"Hidden 1: {flat} of 10 units are dead")
        assert finding.column == 0 and finding.unit is not None and finding.unit < flat


@pytest.mark.parametrize(("flat", "found"), [(4, False), (5, True), (10, True)])
@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
def test_half_of_the_outputs_may_be_saturated(activation, flat, found):
    made = list(flat_units(evidence(activation, flat=flat, steps=30)))
    assert [each.kind for each in made] == ["saturated units"] * found
    if found:
        assert str(made[0].sentence) == f"Hidden 1: {10 * flat} % of the outputs are saturated."
        assert made[0].unit is not None and made[0].unit < flat


def test_the_worst_column_is_named():
    (finding,) = flat_units(evidence("relu", flat=10, steps=30, hidden=3))
    assert finding.column == 2 and str(finding.sentence).startswith("Hidden 3: 10 of 10")


@pytest.mark.parametrize("activation", ["relu", "tanh"])
def test_a_network_that_has_learnt_may_be_sure_of_itself(activation):
    assert not list(flat_units(evidence(activation, flat=10, steps=300, loss=0.4 * LOG_2)))
