"""Backpropagation beside differences, for random networks of all layers at random positions."""

from functools import cache

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from model.batch_loss import BatchLoss
from model.data import Data, load
from model.datasets import Digits, Iris
from model.experiment import Experiment, NetworkSpec
from model.fitting import problems
from model.gradient_check import compare
from model.gradient_verdict import verdict
from model.layers import (
    ELU,
    Affine,
    AveragePooling,
    BatchNorm,
    Convolution,
    Dropout,
    Flatten,
    LeakyReLU,
    Maxout,
    MaxPooling,
    ReLU,
    Sigmoid,
    Tanh,
)
from model.losses import SoftmaxCrossEntropy

activations = st.sampled_from([Tanh(), Sigmoid(), ReLU(), LeakyReLU(), ELU(alpha=0.7)])
between = st.lists(st.one_of(activations, st.just(BatchNorm()), st.just(Dropout(rate=0.3))), max_size=3)
hidden = st.one_of(st.builds(Affine, units=st.integers(1, 4)), st.builds(Maxout, units=st.integers(1, 3)))
filters = st.builds(Convolution, filters=st.integers(1, 2), size=st.integers(1, 3), padding=st.just(0))
pools = st.sampled_from(
    [MaxPooling(), AveragePooling(), MaxPooling(size=2, stride=1), AveragePooling(size=3, stride=2)]
)


@cache
def parts(kind):
    return load(Data(dataset=kind()))


def at(dataset, layers, seed, batch=6) -> BatchLoss:
    experiment = Experiment(
        data=Data(dataset=dataset()), network=NetworkSpec(layers=layers), loss=SoftmaxCrossEntropy()
    )
    assert not list(problems(experiment))
    random = np.random.default_rng(seed)
    size = BatchLoss(experiment, parts(dataset), np.zeros(1), np.array([0])).layout.size
    chosen = random.choice(len(parts(dataset).train.inputs), batch, replace=False)
    return BatchLoss(experiment, parts(dataset), random.normal(0, 0.7, size), chosen, step=seed)


def check(loss: BatchLoss) -> None:
    found = compare(loss)
    assert found is not None
    # Nothing to be compared: behind batch normalization all gradients may be 0 but for rounding.
    # And where the loss bends so sharply that one step is too coarse, as behind the normalization of numbers that are
    # nearly alike, a finer one must bring the two together.
    assert found.agrees or found.worst is None or found.drowned or verdict(found, loss).kind != "disagrees", found.worst
    assert found.skipped < found.parameters / 2


@settings(max_examples=40, deadline=None)
@given(columns=st.lists(st.tuples(hidden, between), max_size=3), seed=st.integers(0, 10**6))
@example(
    columns=[
        (Affine(units=2), []),
        (Affine(units=1), [Tanh(), BatchNorm()]),
        (Affine(units=1), [BatchNorm(), BatchNorm()]),
    ],
    seed=4,
)
def test_random_networks_of_points(columns, seed):
    layers = [layer for first, behind in columns for layer in (first, *behind)]
    check(at(Iris, (*layers, Affine(units=3)), seed))


@settings(max_examples=25, deadline=None)
@given(
    first=filters,
    between=between,
    pool=pools,
    second=st.none() | st.tuples(filters, between),
    seed=st.integers(0, 10**6),
)
def test_random_networks_of_images(first, between, pool, second, seed):
    further = () if second is None else (second[0], *second[1])
    # 8x8 - 2 = 6x6; pooled at least 2x2: a filter of 3x3 may be too large for a second one.
    if second is not None and second[0].size > 2:
        further = (Convolution(filters=2, size=2), *second[1])
    layers = (first, *between, pool, *further, MaxPooling(size=1, stride=2), Flatten(), Affine(units=10))
    check(at(Digits, layers, seed))


@pytest.mark.parametrize("seed", range(3))
def test_convolution_batch_norm_dropout_and_pooling_together(seed):
    layers = (
        Convolution(filters=2, size=3, padding=1, stride=2),
        BatchNorm(),
        ReLU(),
        Dropout(rate=0.25),
        MaxPooling(),
        Flatten(),
        Maxout(units=3),
        BatchNorm(),
        Dropout(rate=0.5),
        Affine(units=10),
    )
    check(at(Digits, layers, seed))


def test_kinks_of_maxout_and_max_pooling_are_skipped_and_counted():
    """All weights 0: both pieces of every unit are equal, and each step makes another one the larger."""
    loss = at(Iris, (Maxout(units=2), Affine(units=3)), 1)
    loss.parameters[:] = 0
    loss.layout.view(loss.parameters, 1, "weights")[...] = 1
    found = compare(loss)
    assert found is not None and found.agrees
    # A step up of piece 0 leaves it the winner, a step down hands over; each way one side of the two is another.
    assert [each.skipped for each in found.arrays][:2] == [16, 4]
    loss = at(Digits, (Convolution(filters=1, size=1), MaxPooling(), Flatten(), Affine(units=10)), 1)
    loss.layout.view(loss.parameters, 0, "weights")[...] = 0
    found = compare(loss)
    assert found is not None and [each.skipped for each in found.arrays][:2] == [1, 0]


def test_the_dice_of_a_check_are_those_of_the_step_and_stay():
    layers = (Affine(units=4), Dropout(), Affine(units=3))
    one, same, other = (at(Iris, layers, seed) for seed in (5, 5, 6))
    masks = [each.wiring.layers[1].mask.copy() for each in (one, same, other)]
    assert_array_equal(masks[0], masks[1])
    assert (masks[0] != masks[2]).any()
    one.gradient()
    compare(one)
    assert_array_equal(one.wiring.layers[1].mask, masks[0])
