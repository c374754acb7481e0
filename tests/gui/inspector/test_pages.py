"""Every subject of every starter has a page, at every phase; what is not known yet is on none of them."""

import pytest

from gui.formulas.typeset import typeset
from gui.inspector.curve_page import curve_page
from gui.inspector.known import Known
from gui.inspector.page import TableRow, only_known, shortened
from gui.inspector.phase_pages import phase_page
from gui.inspector.subject_pages import exists, page_of
from gui.run import run_of
from gui.selection import INPUTS, Column, CurvePoint, LossValue, Parameter, Unit
from model.experiment_file import from_plain
from model.starters import STARTERS, starter
from model.trainer import Trainer

SOFTMAX = {
    "data": {"dataset": {"type": "iris"}},
    "network": {
        "layers": [
            {"type": "affine", "units": 4},
            {"type": "leaky_relu"},
            {"type": "affine", "units": 3},
            {"type": "softmax"},
        ]
    },
    "loss": {"type": "mean_squared_error"},
}


FILTERS = {
    "data": {"dataset": {"type": "digits"}},
    "network": {
        "layers": [
            {"type": "convolution", "filters": 3},
            {"type": "batch_norm"},
            {"type": "relu"},
            {"type": "max_pooling"},
            {"type": "dropout", "rate": 0.2},
            {"type": "flatten"},
            {"type": "affine", "units": 6},
            {"type": "batch_norm"},
            {"type": "tanh"},
            {"type": "dropout", "rate": 0.2},
            {"type": "maxout", "units": 5},
            {"type": "affine", "units": 10},
        ]
    },
    "loss": {"type": "softmax_cross_entropy"},
}
PLAIN = {"softmax": SOFTMAX, "filters": FILTERS}


def known_at(trainer, at=None, row=0, step=True):
    run, inside = run_of(trainer, 1), trainer.look_inside() if step else None
    foretells = at is None
    if inside is not None:
        at = inside.last - 1 if at is None else at
    return Known(run, trainer.experiment, trainer.snapshot().parameters, inside, at or 0, row, foretells=foretells)


def subjects(here):
    found = [LossValue(), Column(INPUTS), Unit(INPUTS, 0), Parameter(0), Parameter(here.run.layout.size - 1)]
    for stage in range(len(here.stages)):
        found += [Column(stage), Unit(stage, 0), Unit(stage, here.stages[stage].units - 1)]
    return found


def terms(page):
    return [term for section in page.sections for row in section.rows for term in row]


@pytest.fixture(scope="module", params=[*STARTERS, *PLAIN])
def trainer(request):
    made = Trainer(from_plain(PLAIN[request.param]) if request.param in PLAIN else starter(request.param))
    made.advance(2)
    return made


@pytest.mark.parametrize("row", [0, None])
def test_every_subject_has_a_page_with_all_numbers(trainer, row):
    here = known_at(trainer, row=row)
    for subject in subjects(here):
        assert exists(subject, here)
        page = page_of(subject, here)
        assert page.title and page.meaning and page.code
        assert not [term.name for term in terms(page) if term.muted], subject
        for term in terms(page):
            if term.latex:
                typeset_once(term.latex)


def test_without_a_step_only_symbols_are_left(trainer):
    here = known_at(trainer, step=False)
    for subject in subjects(here):
        page = only_known(page_of(subject, here))
        assert not [term for term in terms(page) if term.muted]


def test_every_phase_has_a_page(trainer):
    last = trainer.look_inside().last
    for at in range(last + 1):
        here = known_at(trainer, at)
        assert here.step is not None
        page = phase_page(here, here.step.phases[at])
        assert page.title and page.code


def test_nothing_is_said_before_its_phase(trainer):
    step = trainer.look_inside()
    kinds = [phase.kind for phase in step.phases]
    # What is not said at the last phase of a kind was not said at those before: known numbers only become more.
    for at in [at for at in range(step.last) if at == 0 or kinds[at] != kinds[at + 1]]:
        here = known_at(trainer, at)
        done = kinds[: at + 1]
        for subject in subjects(here):
            names = {term.name for term in terms(page_of(subject, here)) if term.value is not None}
            if "slope" not in done:
                assert not {name for name in names if name.startswith("∂L/∂")}
            if "loss" not in done:
                assert "the loss of the batch" not in names
            assert not {name for name in names if name.endswith("after the update")}


def test_a_step_that_diverges():
    trainer = Trainer(starter("diverging"))
    while not trainer.look_inside().diverges:
        trainer.step()
    for at in range(trainer.look_inside().last + 1):
        here = known_at(trainer, at)
        assert here.step is not None
        for subject in subjects(here):
            assert page_of(subject, here).title
        page = phase_page(here, here.step.phases[at])
    assert "no finite number" in page.meaning


@pytest.mark.parametrize("measure", ["batch loss", "train loss", "test accuracy", "gradient 1"])
def test_every_curve_has_a_page(measure):
    here = known_at(Trainer(starter("iris")))
    page = curve_page(here, CurvePoint("x", 3, 50.0, measure), None)
    assert page.step == 3 and page.code
    (value,) = [term.value for term in terms(page) if term.value is not None]
    assert value == (0.5 if measure.endswith("accuracy") else 50.0)


def test_a_long_table_says_how_many_rows_it_leaves_out():
    table = shortened(("neuron", "z"), 1234, lambda k: TableRow(str(k + 1), (float(k),)))
    assert len(table.rows) == 201
    assert (table.rows[199].name, table.rows[199].values) == ("200", (199.0,))
    assert (table.rows[200].name, table.rows[200].values) == ("1,034 more", (None,))


def test_what_another_network_had_does_not_exist_here():
    here = known_at(Trainer(starter("xor")))
    for subject in (Unit(5, 0), Unit(0, 99), Unit(INPUTS, 2), Parameter(10**6), Column(7)):
        assert not exists(subject, here)


_set: set[str] = set()


def typeset_once(latex):
    if latex not in _set:
        _set.add(latex)
        assert typeset(latex).width > 0
