"""What the diagram shows of each phase: hand-made sums on a network small enough to do them."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from gui.network_view.columns import diagram
from gui.network_view.flow import flow_of
from gui.selection import INPUTS
from model.experiment_file import from_plain
from model.phases import Phase
from model.starters import starter
from model.trainer import Trainer

EXPERIMENT = from_plain(
    {
        "data": {"dataset": {"type": "gaussians", "samples": 20}},
        "network": {
            "layers": [{"type": "affine", "units": 3}, {"type": "tanh"}, {"type": "affine", "units": 1}],
        },
        "loss": {"type": "sigmoid_cross_entropy"},
        "batches": {"size": 5},
    }
)
DIAGRAM = diagram(EXPERIMENT)


@pytest.fixture(scope="module")
def step():
    return Trainer(EXPERIMENT).look_inside()


def at(step, kind, layer=-1):
    return step.phases.index(Phase(kind, layer))


def flow(step, kind, layer=-1, row=2, update=None):
    return flow_of(step, at(step, kind, layer), row, DIAGRAM, update)


def weights(vector, layer):
    return DIAGRAM.layout.view(vector, layer, "weights")


def test_forward_every_link_carries_its_share_of_the_sum(step):
    made = flow(step, "forward", 0)
    x, w = step.values[0][2], weights(step.parameters, 0)
    assert_array_equal(weights(made.links, 0), [[x[i] * w[i, k] for k in range(3)] for i in range(2)])
    bias = DIAGRAM.layout.view(step.parameters, 0, "bias")
    assert_allclose(weights(made.links, 0).sum(axis=0) + bias, made.columns[0].values, rtol=1e-12)
    assert made.flowing == 0
    assert not made.backward
    assert not weights(made.links, 2).any()


def test_backward_every_link_carries_its_share_of_the_gradient(step):
    made = flow(step, "backward", 2)
    assert made.backward
    assert made.flowing == 1
    assert_allclose(weights(made.links, 2).sum(axis=1), made.columns[0].values, rtol=1e-12)
    assert made.columns[0].quantity == "dL/dy"


def test_into_the_data_no_gradient_flows_and_the_first_links_show_what_is_left_for_their_weights(step):
    rows = [weights(flow(step, "backward", 0, row).links, 0) for row in range(5)]
    whole = weights(flow(step, "backward", 0, None).links, 0)
    assert_array_equal(whole, weights(step.gradient, 0))
    assert_allclose(sum(rows), whole, rtol=1e-11, atol=1e-16)


def test_the_numbers_of_a_sample_are_its_row(step):
    made = flow(step, "forward", 1, row=4)
    assert_array_equal(made.columns[INPUTS].values, step.values[0][4])
    assert_array_equal(made.columns[0].values, step.values[2][4])
    assert made.columns[0].quantity == "y"


def test_what_nothing_has_reached_has_no_number(step):
    made = flow(step, "forward", 0)
    assert set(made.columns) == {INPUTS, 0}
    assert made.loss is None
    assert set(made.shown(0.5)) == {INPUTS}
    assert set(made.shown(1.0)) == {INPUTS, 0}


def test_on_its_way_back_a_column_keeps_its_output_until_the_gradient_has_arrived(step):
    made = flow(step, "backward", 2)
    assert made.shown(0.9)[0].quantity == "y"
    assert made.shown(1.0)[0].quantity == "dL/dy"


@pytest.mark.parametrize(
    ("kind", "layer", "lit", "loss"),
    [
        ("batch", -1, {INPUTS}, False),
        ("forward", 0, {0}, False),
        ("forward", 1, {0}, False),
        ("forward", 2, {1}, False),
        ("loss", -1, set(), True),
        ("slope", -1, set(), True),
        ("backward", 1, {0}, False),
        ("update", -1, {0, 1}, False),
    ],
)
def test_the_layer_at_work_is_lit(step, kind, layer, lit, loss):
    made = flow(step, kind, layer)
    assert (made.lit, made.loss_lit) == (lit, loss)


def test_the_loss_is_there_from_its_phase_on(step):
    assert flow(step, "forward", 2).loss is None
    assert flow(step, "loss").loss == step.loss == flow(step, "update").loss


def test_the_update_is_shown_when_it_has_been_made(step):
    assert not flow(step, "update").links.any()
    moved = np.arange(float(DIAGRAM.layout.size))
    assert_array_equal(flow(step, "update", update=moved).links, moved)


def test_images_and_softmax_have_flows_too():
    experiment = starter("digits")
    step, drawn = Trainer(experiment).look_inside(), diagram(experiment)
    for place in range(len(step.phases)):
        made = flow_of(step, place, None, drawn, None)
        assert len(made.links) == drawn.layout.size
        assert len(made.columns[INPUTS].values) == 64
