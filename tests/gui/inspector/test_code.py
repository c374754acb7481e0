"""The code that is shown is what stands in the file, and what is at work."""

import pytest
from msgspec.structs import replace

from gui.inspector.code import (
    layer_code,
    loss_code,
    measure_code,
    optimizer_code,
    source_of,
    update_code,
)
from gui.inspector.code_colors import spans
from gui.run import run_of
from model.clipping import Clipping, clip
from model.layers import LAYERS, AveragePooling, Convolution, Maxout, MaxPooling
from model.layers.affine import Affine, AffineLayer
from model.layers.flatten import Flatten
from model.layers.relu import ReLULayer
from model.losses import LOSSES
from model.optimizers import OPTIMIZERS, Adam
from model.optimizers.adam import AdamRule
from model.regularization import PenaltyGradient, Regularization
from model.schedules import WarmUp
from model.starters import starter
from model.trainer import Trainer


@pytest.fixture(scope="module")
def run():
    return run_of(Trainer(starter("digits")), 1)  # flatten, affine, relu, affine


def test_the_source_has_the_lines_of_its_file():
    source = source_of(AffineLayer.backward)
    lines = source.path.read_text(encoding="utf-8").split("\n")
    assert source.text == "\n".join(lines[source.first - 1 : source.last]) + "\n"
    assert source.file == "model/layers/affine.py"
    assert source.text.strip().startswith("def backward(self)")


def test_the_very_classes_at_work(run):
    assert layer_code(run, 1) == (AffineLayer.forward, AffineLayer.backward)
    assert layer_code(run, 2, forward=False) == (ReLULayer.backward,)
    assert layer_code(run, 0) == (Flatten.wire,)  # nothing is computed there
    wired = Trainer(starter("digits"))._wirings[20].wiring.layers
    assert type(wired[1]) is AffineLayer and type(wired[2]) is ReLULayer
    assert optimizer_code(Adam()) == (AdamRule.update,)


@pytest.mark.parametrize("kind", [*LOSSES, *OPTIMIZERS], ids=lambda kind: kind.__name__)
def test_every_loss_and_optimizer_shows_its_own_file(kind):
    functions = loss_code(kind(), 2) if kind in LOSSES else optimizer_code(kind())
    for function in functions:
        assert source_of(function).file == kind.__module__.replace(".", "/") + ".py"


def test_an_update_shows_what_is_in_force():
    plain = starter("xor")
    assert update_code(plain) == optimizer_code(plain.optimizer)
    used = replace(
        plain, regularization=Regularization(l1=0.1), clipping=Clipping(norm=1.0), schedule=WarmUp(), optimizer=Adam()
    )
    assert update_code(used) == (PenaltyGradient.add_to, clip, WarmUp.factor, AdamRule.update)


@pytest.mark.parametrize("kind", LAYERS, ids=lambda kind: kind.__name__)
def test_every_layer_shows_its_own_file(kind):
    spec = kind(units=3) if kind in (Affine, Maxout) else kind(filters=2, size=2) if kind is Convolution else kind()
    before = (1, 2, 2) if kind in (Flatten, Convolution, MaxPooling, AveragePooling) else (3,)

    class One:
        experiment = type("E", (), {"network": type("N", (), {"layers": (spec,)})})
        shapes = (before, spec.output_shape(before))

    for function in layer_code(One, 0):
        assert source_of(function).file == kind.__module__.replace(".", "/") + ".py"


@pytest.mark.parametrize("measure", ["batch loss", "train loss", "test accuracy", "gradient 1"])
def test_what_measured_a_point(measure):
    names = [function.__name__ for function in measure_code(measure, LOSSES[0](), 1)]
    assert names[0] in {"step", "_measured", "add"}
    assert ("forward" in names) == measure.endswith("loss")


def test_the_coloured_words_stand_where_they_are_in_the_text():
    text = 'def f(x):\n    """Two\n    lines."""\n    return x + 1  # one more\n'
    lines = text.split("\n")
    found = [
        (kind, lines[n][start : start + length]) for n, line in enumerate(spans(text)) for start, length, kind in line
    ]
    assert ("keyword", "def") in found and ("keyword", "return") in found
    assert ("name", "f") in found and ("number", "1") in found
    assert ("comment", "# one more") in found and ("comment", '    lines."""') in found
