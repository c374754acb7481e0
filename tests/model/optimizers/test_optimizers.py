"""What every optimizer in the table must hold."""

import tracemalloc

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from model.hyperparameter import hyperparameters
from model.optimizers import OPTIMIZERS, SGD, AdaGrad, Adam, AdamW, AnyOptimizer, Momentum, Nesterov, RMSProp

every_optimizer = pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=lambda kind: kind.__name__)
numbers = st.floats(-100, 100, width=32)


def specs(kind):
    """Descriptions of one kind with any hyperparameters of its domain (learning rates that do not overflow)."""
    fields = {}
    for p in hyperparameters(kind):
        low, high = (1e-6, 1.0) if p.scale == "log" else (p.minimum, p.maximum)
        fields[p.name] = st.floats(low, high, exclude_max=p.maximum_excluded)
    return st.builds(kind, **fields)


def advance(rule, gradients):
    for g in gradients:
        rule.gradient[:] = g
        rule.update()


def bits(rule):
    return rule.parameters.tobytes(), rule.state.tobytes(), rule.count


def resumed(rule, spec):
    """A new rule with nothing but the parameters, the state and the count of another."""
    twin = spec.rule(rule.parameters.copy(), np.zeros_like(rule.gradient))
    twin.state[:] = rule.state
    twin.count = rule.count
    return twin


@every_optimizer
@given(data=st.data())
def test_state_and_count_are_all_that_a_rule_remembers(optimizer, data):
    spec = data.draw(specs(optimizer))
    n = data.draw(st.integers(1, 4))
    gradients = data.draw(arrays(np.float32, st.tuples(st.integers(2, 12), st.just(n)), elements=numbers))
    cut = data.draw(st.integers(0, len(gradients)))
    precision = data.draw(st.sampled_from([np.float64, np.float32]))
    rule = spec.rule(np.linspace(-1, 1, n, dtype=precision), np.zeros(n, precision))
    advance(rule, gradients[:cut])
    twin = resumed(rule, spec)
    advance(rule, gradients[cut:])
    advance(twin, gradients[cut:])
    assert bits(rule) == bits(twin)


@every_optimizer
@given(data=st.data())
def test_new_hyperparameters_keep_the_state_and_hold_from_the_next_update(optimizer, data):
    before, after = data.draw(specs(optimizer)), data.draw(specs(optimizer))
    rule = before.rule(np.array([1.0, -2.0]), np.zeros(2))
    advance(rule, [[1.0, 0.5], [-3.0, 0.25]])
    untouched = bits(rule)
    twin = resumed(rule, after)
    rule.configure(after)
    assert bits(rule) == untouched
    advance(rule, [[0.5, 2.0], [1.0, 1.0]])
    advance(twin, [[0.5, 2.0], [1.0, 1.0]])
    assert bits(rule) == bits(twin)


@every_optimizer
def test_the_rule_never_replaces_its_vectors(optimizer):
    parameters, gradient = np.zeros(5), np.ones(5)
    rule = optimizer().rule(parameters, gradient)
    state = rule.state
    for _ in range(3):
        rule.update()
    assert rule.parameters is parameters and rule.gradient is gradient and rule.state is state
    assert gradient.tolist() == [1.0] * 5
    assert (parameters < 0).all()
    assert rule.count == 3
    assert state.ndim == 1 and state.flags.c_contiguous


@every_optimizer
def test_float32_stays_float32(optimizer):
    """The same steps in both precisions differ by rounding only, and no vector is widened on the way."""
    narrow = optimizer().rule(np.ones(3, np.float32), np.zeros(3, np.float32))
    wide = optimizer().rule(np.ones(3), np.zeros(3))
    for rule in (narrow, wide):
        advance(rule, [[1.0, -0.5, 0.125]] * 20)
    assert {v.dtype for v in vars(narrow).values() if isinstance(v, np.ndarray)} == {np.dtype(np.float32)}
    np.testing.assert_allclose(narrow.parameters, wide.parameters, rtol=1e-5)


@every_optimizer
def test_an_update_allocates_no_vector(optimizer):
    n = 100_000
    rule = optimizer().rule(np.zeros(n), np.ones(n))
    rule.update()
    tracemalloc.start()
    try:
        rule.update()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < n  # a vector would be 8 n bytes


@every_optimizer
@given(data=st.data())
def test_another_learning_rate_is_that_of_other_hyperparameters(optimizer, data):
    spec, rate = data.draw(specs(optimizer)), data.draw(st.floats(1e-6, 1.0))
    precision = data.draw(st.sampled_from([np.float64, np.float32]))
    one, other = (spec.rule(np.array([1.0, -2.0], precision), np.zeros(2, precision)) for _ in range(2))
    for rule in (one, other):
        advance(rule, [[1.0, 0.5], [-3.0, 0.25]])
    one.set_learning_rate(rate)
    other.configure(msgspec.structs.replace(spec, learning_rate=rate))
    assert one.learning_rate == other.learning_rate == rate
    for rule in (one, other):
        advance(rule, [[0.5, 2.0], [1.0, 1.0]])
    assert bits(one) == bits(other)


@every_optimizer
def test_goes_downhill(optimizer):
    w, g = np.array([1.0, -1.0]), np.zeros(2)
    rule = optimizer().rule(w, g)
    for _ in range(300):
        g[:] = w * [0.2, 1.0]
        rule.update()
    assert w @ (w * [0.2, 1.0]) < 0.02 * 1.2


@every_optimizer
def test_is_described_in_words(optimizer):
    assert optimizer.label and optimizer.meaning.endswith(".")
    for p in hyperparameters(optimizer):
        assert p.label and p.meaning.endswith("."), p.name


@every_optimizer
def test_every_field_is_a_declared_hyperparameter_and_the_learning_rate_comes_first(optimizer):
    names = [p.name for p in hyperparameters(optimizer)]
    assert names == [field.name for field in msgspec.structs.fields(optimizer)]
    assert names[0] == "learning_rate"


@every_optimizer
def test_survives_the_way_through_json(optimizer):
    spec = optimizer()
    assert msgspec.json.decode(msgspec.json.encode(spec), type=AnyOptimizer) == spec


def test_names_in_a_file():
    tags = {kind: msgspec.json.decode(msgspec.json.encode(kind()))["type"] for kind in OPTIMIZERS}
    assert tags == {
        SGD: "sgd",
        Momentum: "momentum",
        Nesterov: "nesterov",
        AdaGrad: "adagrad",
        RMSProp: "rmsprop",
        Adam: "adam",
        AdamW: "adamw",
    }


def test_usual_constants_are_the_defaults():
    assert SGD() == SGD(learning_rate=0.1)
    assert Momentum() == Momentum(learning_rate=0.05, momentum=0.9)
    assert Nesterov() == Nesterov(learning_rate=0.05, momentum=0.9)
    assert AdaGrad() == AdaGrad(learning_rate=0.1, epsilon=1e-7)
    assert RMSProp() == RMSProp(learning_rate=0.01, decay=0.9, epsilon=1e-7)
    assert Adam() == Adam(learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-7)
    assert AdamW() == AdamW(learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-7, weight_decay=0.01)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('{"type": "sgd", "learning_rate": 0}', "$.learning_rate"),
        ('{"type": "sgd", "learning_rate": 1001}', "$.learning_rate"),
        ('{"type": "sgd", "momentum": 0.9}', "momentum"),
        ('{"type": "momentum", "momentum": 1}', "$.momentum"),
        ('{"type": "momentum", "momentum": -0.1}', "$.momentum"),
        ('{"type": "rmsprop", "decay": 1.0}', "$.decay"),
        ('{"type": "rmsprop", "epsilon": 0}', "$.epsilon"),
        ('{"type": "adam", "beta1": 1.5}', "$.beta1"),
        ('{"type": "adam", "beta2": 1}', "$.beta2"),
        ('{"type": "adam", "weight_decay": 0.1}', "weight_decay"),
        ('{"type": "adamw", "weight_decay": -0.1}', "$.weight_decay"),
        ('{"type": "nesterov", "momentum": 1}', "$.momentum"),
    ],
)
def test_a_value_outside_its_domain_is_refused(text, place):
    with pytest.raises(msgspec.ValidationError, match=place.replace("$", r"\$")):
        msgspec.json.decode(text, type=AnyOptimizer)


def test_another_optimizers_hyperparameters_are_refused():
    rule = SGD().rule(np.zeros(2), np.zeros(2))
    with pytest.raises(TypeError, match="a rule of SGD cannot take the hyperparameters of Adam"):
        rule.configure(Adam())


@pytest.mark.parametrize(
    ("parameters", "gradient", "sentence"),
    [
        (np.zeros(3), np.zeros(2), r"not shapes \(3,\) and \(2,\)"),
        (np.zeros((2, 2)), np.zeros((2, 2)), r"not shapes \(2, 2\) and \(2, 2\)"),
        (np.zeros(3), np.zeros(3, np.float32), "parameters are float64, but their gradient is float32"),
    ],
)
@every_optimizer
def test_vectors_that_do_not_fit_are_refused(optimizer, parameters, gradient, sentence):
    with pytest.raises(ValueError, match=sentence):
        optimizer().rule(parameters, gradient)
