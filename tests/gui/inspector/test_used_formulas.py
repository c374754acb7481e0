"""A penalty, clipping and a schedule in the inspector: what the optimizer really goes by, in words and numbers."""

import numpy as np
import pytest
from msgspec.structs import replace

from gui.formulas.term import number_text
from gui.formulas.typeset import typeset
from gui.inspector.known import Known
from gui.inspector.phase_pages import phase_page
from gui.inspector.subject_pages import page_of
from gui.run import run_of
from gui.selection import Parameter
from model.clipping import Clipping
from model.optimizers import SGD, AdamW
from model.regularization import Regularization, weights_of
from model.schedules import StepDecay
from model.starters import starter
from model.trainer import Trainer


def known_at(trainer, at=None, step=True):
    """What is known when phase `at` is done; of None: all that the step will do."""
    inside = trainer.look_inside() if step else None
    foretells = at is None
    if at is None:
        at = inside.last - 1 if inside is not None else 0
    return Known(run_of(trainer, 1), trainer.experiment, trainer.network.parameters, inside, at, foretells=foretells)


def terms(page):
    return [term for section in page.sections for row in section.rows for term in row]


USED = {
    "schedule": StepDecay(every=2, decay=0.5),
    "regularization": Regularization(l1=0.01, l2=0.1),
    "clipping": Clipping(norm=0.05),
}


def used(optimizer=None, **fields):
    made = Trainer(replace(starter("xor"), optimizer=optimizer or SGD(learning_rate=0.2), **fields))
    made.advance(3)
    return made


def section(page, heading):
    [found] = [each for each in page.sections if each.heading.startswith(heading)]
    return found, {term.name: term.value for row in found.rows for term in row if term.value is not None}


def test_where_nothing_stands_before_the_optimizer_nothing_is_said_of_it():
    here = known_at(used())
    page = phase_page(here, here.step.phases[-1])
    assert [each.heading for each in page.sections] == ["Update: SGD"]


def test_a_penalty_clipping_and_a_schedule_are_shown_in_words_and_numbers():
    trainer = used(**USED)
    here, layout = known_at(trainer), trainer.network.layout
    entry = layout.entries[0]
    w, data = float(here.parameters[entry.start]), here.gradient(entry.start)
    page = page_of(Parameter(entry.start), here)

    priced, numbers = section(page, "Penalty")
    expected = data + 0.01 * np.sign(w) + 0.1 * w
    assert numbers["the gradient ∂L/∂w[1,1]"] == data
    assert numbers["the gradient with the penalty's"] == pytest.approx(expected, rel=1e-14)
    assert "data loss and of the penalty" in priced.note

    clipped, numbers = section(page, "Gradient clipping")
    whole = here.step.gradient + weights_of(layout) * (0.01 * np.sign(here.parameters) + 0.1 * here.parameters)
    length = float(np.linalg.norm(whole))
    assert length > 0.05
    assert numbers["the length of the whole gradient"] == pytest.approx(length, rel=1e-14)
    assert numbers["the gradient that the update goes by"] == pytest.approx(expected * 0.05 / length, rel=1e-14)
    assert f"multiplied by {number_text(0.05 / length)}" in clipped.note

    rate, numbers = section(page, "Learning rate")
    assert numbers["the factor of the schedule at this step"] == 0.5
    assert numbers["the learning rate of this step"] == 0.1
    assert "After 3 steps the learning rate is 0.1." in rate.note

    _, numbers = section(page, "Update")
    assert numbers["the gradient that the update goes by"] == pytest.approx(expected * 0.05 / length, rel=1e-14)
    assert numbers["learning rate"] == 0.1
    trainer.step()
    assert numbers["w[1,1] after the update"] == trainer.network.parameters[entry.start]


def test_a_bias_pays_nothing_and_a_short_gradient_is_not_clipped():
    trainer = used(AdamW(), **USED | {"clipping": Clipping(norm=1000.0)})
    here = known_at(trainer)
    bias = trainer.network.layout.entry(0, "bias").start
    page = page_of(Parameter(bias), here)
    assert section(page, "Penalty")[0].rows == ()
    assert "b[1] is no weight" in section(page, "Penalty")[0].note
    assert "not longer than 1000" in section(page, "Gradient clipping")[0].note
    _, numbers = section(page, "Update")
    assert numbers["weight decay"] == 0
    assert numbers["the gradient ∂L/∂b[1]"] == here.gradient(bias)
    trainer.step()
    assert numbers["b[1] after the update"] == trainer.network.parameters[bias]


def test_a_clipped_gradient_is_known_when_those_of_all_layers_are():
    trainer = used(**USED)
    last = trainer.look_inside().last
    weight = trainer.network.layout.entries[-2].start  # of the output, whose gradient comes first
    for at in range(last + 1):
        here = known_at(trainer, at)
        page = page_of(Parameter(weight), here)
        known = {term.name for term in terms(page) if term.value is not None}
        assert ("the length of the whole gradient" in known) == (at >= last - 1)
        assert ("the gradient with the penalty's" in known) == (here.gradient(weight) is not None)
    assert here.gradient(weight) is not None
    early = page_of(Parameter(weight), known_at(trainer, last - 2))
    assert "gradients of all layers" in section(early, "Gradient clipping")[0].note


def test_without_a_step_there_are_the_symbols():
    here = known_at(used(**USED), step=False)
    page = page_of(Parameter(0), here)
    assert {each.heading for each in page.sections} >= {"Penalty on the weights", "Gradient clipping", "Update: SGD"}
    for each in terms(page):
        if each.latex:
            assert typeset(each.latex).width > 0


def test_where_the_step_diverges_only_the_symbols_are_left():
    trainer = Trainer(replace(starter("diverging"), regularization=Regularization(l2=0.1)))
    while not trainer.look_inside().diverges:
        trainer.step()
    trainer.change_update(clipping=Clipping(norm=1.0))
    page = page_of(Parameter(0), known_at(trainer))
    assert "the gradient with the penalty's" not in section(page, "Penalty")[1]
    assert "gradients of all layers" in section(page, "Gradient clipping")[0].note
