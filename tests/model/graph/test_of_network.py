"""Two ways to the same gradients: layers with formulas worked out beforehand, and a graph of single numbers.

On random small networks: |a - b| <= 1e-12 max(1, |a|, |b|) between the two, 1e-6 to finite differences.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.batch_loss import BatchLoss
from model.data import Data, load
from model.datasets import Digits, Iris, Sine, Xor
from model.experiment import Experiment, NetworkSpec
from model.experiment_file import checked
from model.gradient_check import central_difference, compare
from model.graph import MOST_NODES, NoGraphError, loss_graph, neuron_graph
from model.layers import (
    ELU,
    Affine,
    BatchNorm,
    Convolution,
    Dropout,
    Flatten,
    Identity,
    LeakyReLU,
    Maxout,
    MaxPooling,
    ReLU,
    Sigmoid,
    Softmax,
    Tanh,
)
from model.losses import MeanSquaredError, SigmoidCrossEntropy, SoftmaxCrossEntropy
from model.stages import stages
from model.starters import starter

HIDDEN = [Identity(), Sigmoid(), Tanh(), ReLU(), LeakyReLU(), LeakyReLU(slope=0.3), ELU(), ELU(alpha=0.5)]
DATASETS = [Xor(samples=20), Iris(), Sine(samples=20)]
STEP = 1e-5


@st.composite
def experiments(draw: st.DrawFn) -> Experiment:
    """Small networks of every kind that fits together."""
    dataset = draw(st.sampled_from(DATASETS))
    layers = []
    for units in draw(st.lists(st.integers(1, 3), max_size=2)):
        layers += [Affine(units=units), draw(st.sampled_from(HIDDEN))]
    if dataset.task == "regression":
        outputs, ends = 1, [(MeanSquaredError(), last) for last in HIDDEN]
    elif len(dataset.class_names) == 2:
        outputs = draw(st.sampled_from([1, 2]))
        ends = [(MeanSquaredError(), Tanh()), (MeanSquaredError(), Sigmoid()), (SigmoidCrossEntropy(), Identity())]
        if outputs == 2:
            ends += [(MeanSquaredError(), Softmax()), (SoftmaxCrossEntropy(), Identity())]
    else:
        outputs = len(dataset.class_names)
        ends = [(MeanSquaredError(), Softmax()), (MeanSquaredError(), ELU()), (SoftmaxCrossEntropy(), Identity())]
    loss, last = draw(st.sampled_from(ends))
    layers += [Affine(units=outputs), last]
    return checked(Experiment(data=Data(dataset=dataset), network=NetworkSpec(layers=tuple(layers)), loss=loss))


def at_random(experiment: Experiment, seed: int, sample: int) -> tuple[BatchLoss, np.ndarray]:
    size = BatchLoss(experiment, load(experiment.data), np.zeros(1), np.array([0])).layout.size
    parameters = np.random.default_rng(seed).normal(size=size)
    return BatchLoss(experiment, load(experiment.data), parameters, np.array([sample])), parameters


def same(a: float, b: float, tolerance: float) -> bool:
    return abs(a - b) <= tolerance * max(1, abs(a), abs(b))


@settings(max_examples=150, deadline=None)
@given(experiments(), st.integers(0, 10**6), st.integers(0, 14))
def test_graph_layers_and_differences_agree(experiment: Experiment, seed: int, sample: int) -> None:
    loss, parameters = at_random(experiment, seed, sample)
    made = loss_graph(experiment, load(experiment.data), parameters, sample)
    gradient = loss.gradient().copy()
    value, sides = loss.value(), loss.sides()
    assert same(made.graph.output.value, value, 1e-12)
    assert sorted(made.parameters) == list(range(loss.layout.size))
    assert not made.graph.problems and len(made.graph.nodes) <= MOST_NODES
    skipped = 0
    for index, node in made.parameters.items():
        assert node.value == parameters[index]
        assert same(node.gradient, gradient[index], 1e-12)
        numerical, kink = central_difference(loss, index, STEP, sides)
        skipped += kink
        if not kink:
            assert same(node.gradient, numerical, 1e-6)
            assert same(by_difference(made.graph, node), node.gradient, 1e-6)
    found = compare(loss)
    assert found is not None and found.skipped == skipped
    assert found.agrees or found.drowned  # drowned: a tanh so far out that rounding is larger than its slope


def by_difference(graph, node) -> float:
    """The graph's own central difference, for one of its variables."""
    before = node.value
    values = []
    for moved in (before + STEP, before - STEP):
        node.value = moved
        for each in graph.nodes:
            gradient = each.gradient
            each.forward()
            each.gradient = gradient  # the gradients are still to be compared
        values.append(graph.output.value)
    node.value = before
    return (values[0] - values[1]) / (2 * STEP)


@settings(max_examples=60, deadline=None)
@given(experiments(), st.integers(0, 10**6), st.integers(0, 14), st.data())
def test_one_neuron_has_the_gradients_of_the_network(
    experiment: Experiment, seed: int, sample: int, data: st.DataObject
) -> None:
    loss, parameters = at_random(experiment, seed, sample)
    gradient = loss.gradient().copy()
    columns = stages(experiment.network.layers)
    stage = data.draw(st.integers(0, len(columns) - 1))
    unit = data.draw(st.integers(0, columns[stage].units - 1))
    made = neuron_graph(experiment, load(experiment.data), parameters, sample, stage, unit)
    entry = loss.layout.entry(columns[stage].affine, "weights")
    expected = {entry.start + i * entry.shape[1] + unit for i in range(entry.shape[0])}
    expected.add(loss.layout.entry(columns[stage].affine, "bias").start + unit)
    assert set(made.parameters) == expected
    assert all(same(node.gradient, gradient[index], 1e-12) for index, node in made.parameters.items())
    softmax = isinstance(experiment.network.layers[columns[stage].output], Softmax)
    shown = columns[stage].affine if softmax else columns[stage].output
    assert same(made.graph.output.value, loss.wiring.signals[shown + 1].values[0, unit], 1e-12)
    assert made.graph.output.gradient == made.upstream


def test_the_mean_over_a_batch_is_the_gradient_of_the_batch() -> None:
    experiment, samples = starter("xor"), np.array([2, 5, 7])
    parts = load(experiment.data)
    loss = BatchLoss(experiment, parts, at_random(experiment, 1, 0)[1], samples)
    made = [loss_graph(experiment, parts, loss.parameters, sample) for sample in samples]
    for index, whole in enumerate(loss.gradient()):
        assert same(np.mean([each.parameters[index].gradient for each in made]), whole, 1e-12)


def test_names() -> None:
    experiment = starter("xor")
    _, parameters = at_random(experiment, 1, 0)
    parts = load(experiment.data)
    neuron = neuron_graph(experiment, parts, parameters, 0, 0, 3).graph
    assert list(neuron.variables) == ["w1", "x1", "w2", "x2", "b"]
    names = set(loss_graph(experiment, parts, parameters, 0).graph.variables)
    assert {"x1", "x2", "w1[2,8]", "b1[8]", "w2[8,1]", "b2[1]"} <= names


@pytest.mark.parametrize("name", ["spiral", "digits"])
def test_a_large_network_is_refused_in_words(name: str) -> None:
    experiment = starter(name)
    _, parameters = at_random(experiment, 1, 0)
    with pytest.raises(NoGraphError, match="nodes or more; 500 can be drawn"):
        loss_graph(experiment, load(experiment.data), parameters, 0)
    assert neuron_graph(experiment, load(experiment.data), parameters, 0, 0, 0).graph.output.value is not None


def test_scores_that_would_overflow_do_not() -> None:
    experiment = checked(
        Experiment(
            data=Data(dataset=Xor(samples=20)),
            network=NetworkSpec(layers=(Affine(units=2),)),
            loss=SoftmaxCrossEntropy(),
        )
    )
    parameters = np.full(6, 1000.0) * [1, -1, 1, 1, 1, -1]
    loss = BatchLoss(experiment, load(experiment.data), parameters, np.array([0]))
    made = loss_graph(experiment, load(experiment.data), parameters, 0)
    assert same(made.graph.output.value, loss.value(), 1e-12)
    assert not made.graph.problems


def test_parameters_that_are_no_numbers_are_marked_on_their_nodes() -> None:
    experiment = starter("linear")
    made = loss_graph(experiment, load(experiment.data), np.array([np.inf, 1.0, 0.0]), 0)
    assert [node.name for node in made.graph.problems] == ["w1[1,1]"]


@pytest.mark.parametrize(
    ("layers", "dataset", "refused"),
    [
        ((Affine(units=2), BatchNorm(), Tanh(), Affine(units=3)), Iris(), "Batch norm"),
        ((Affine(units=2), Dropout(), Affine(units=3)), Iris(), "Dropout"),
        ((Maxout(units=2), Affine(units=3)), Iris(), "Maxout"),
        ((Convolution(filters=1, size=7), MaxPooling(), Flatten(), Affine(units=10)), Digits(), "Convolution"),
    ],
)
def test_layers_without_a_graph_of_single_numbers_are_refused_in_words(layers, dataset, refused) -> None:
    experiment = Experiment(data=Data(dataset=dataset), network=NetworkSpec(layers=layers), loss=SoftmaxCrossEntropy())
    parts = load(experiment.data)
    parameters = np.ones(BatchLoss(experiment, parts, np.ones(1), np.array([0])).layout.size)
    for make in (
        lambda: loss_graph(experiment, parts, parameters, 0),
        lambda: neuron_graph(experiment, parts, parameters, 0, 0, 0),
    ):
        with pytest.raises(NoGraphError, match=f"{refused} has no graph of single numbers"):
            make()
