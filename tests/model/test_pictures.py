"""Pictures against networks small enough to be worked out by hand, and against the trainer's own network."""

import numpy as np
import pytest

from model.data import load
from model.experiment_file import from_plain
from model.network import Network
from model.pictures import MOST_WIRINGS, Pictures
from model.trainer import Trainer


def experiment(dataset, layers, loss="mean_squared_error", **data):
    return from_plain(
        {
            "data": {"dataset": {"type": dataset}, **data},
            "network": {"layers": layers},
            "loss": {"type": loss},
        }
    )


def affine(units):
    return {"type": "affine", "units": units}


def pictures(made):
    return Pictures(made, load(made.data))


class TestGrid:
    def test_points_stand_in_the_middle_of_their_pixels_row_by_row_from_the_top(self):
        shown = pictures(experiment("gaussians", [affine(1)]))
        (low, high), _ = shown.parts.plane
        quarter = (high - low) / 4
        x1, x2 = low + quarter, low + 3 * quarter
        assert shown.grid(2) == pytest.approx(np.array([[x1, x2], [x2, x2], [x1, x1], [x2, x1]]))

    def test_one_variable(self):
        shown = pictures(experiment("sine", [affine(1)]))
        (low, high), *_ = shown.parts.plane
        assert shown.grid(3)[:, 0] == pytest.approx([low + (high - low) * share for share in (1 / 6, 1 / 2, 5 / 6)])

    def test_images_have_no_plane(self):
        shown = pictures(experiment("digits", [{"type": "flatten"}, affine(10)], "softmax_cross_entropy"))
        with pytest.raises(ValueError, match="no plane"):
            shown.grid(8)


class TestMaps:
    def test_a_neuron_that_passes_x1_on_rises_from_left_to_right(self):
        shown = pictures(experiment("gaussians", [affine(1)]))
        (unit,) = shown.unit_maps(np.array([1.0, 0.0, 0.0]), 5)  # w1 = 1, w2 = 0, b = 0
        assert unit.shape == (1, 5, 5)
        assert unit[0] == pytest.approx(np.tile(shown.grid(5)[:5, 0], (5, 1)), rel=1e-6)

    def test_x2_rises_from_the_bottom_to_the_top(self):
        shown = pictures(experiment("gaussians", [affine(1)]))
        map_of_x2 = shown.output_map(np.array([0.0, 1.0, 0.0]), 4)
        assert np.all(np.diff(map_of_x2, axis=0) < 0)

    def test_two_classes_by_sigmoid_cross_entropy_lie_between_minus_one_and_one(self):
        shown = pictures(experiment("gaussians", [affine(1)], "sigmoid_cross_entropy"))
        # A score of log 3 is a probability of 3/4: half-way from undecided to class 1.
        assert shown.output_map(np.array([0.0, 0.0, np.log(3)]), 2) == pytest.approx(np.full((2, 2), 0.5), rel=1e-6)

    def test_two_outputs_are_probabilities(self):
        shown = pictures(experiment("gaussians", [affine(2)], "softmax_cross_entropy"))
        parameters = np.array([0, 0, 0, 0, 0, np.log(4)])  # biases 0 and log 4: shares 1/5 and 4/5
        assert shown.output_map(parameters, 2)[1, 1] == pytest.approx([0.2, 0.8], rel=1e-6)

    def test_every_neuron_is_shown_as_the_trained_network_computes_it(self):
        made = experiment("spiral", [affine(5), {"type": "tanh"}, affine(3), {"type": "relu"}, affine(1)])
        trainer, shown = Trainer(made), pictures(made)
        trainer.advance(20)
        maps = shown.unit_maps(trainer.network.parameters, 6)
        assert [each.shape for each in maps] == [(5, 6, 6), (3, 6, 6), (1, 6, 6)]
        inputs = shown.parts.to_inputs(shown.grid(6))
        for each, layer in zip(maps, (1, 3, 4), strict=True):
            exact = trainer.network.outputs(inputs, of_layer=layer).T.reshape(each.shape)
            assert each == pytest.approx(exact, rel=1e-4, abs=1e-5)  # maps are computed in float32

    def test_a_picture_is_not_overwritten_by_the_next(self):
        shown = pictures(experiment("gaussians", [affine(1)]))
        first = shown.output_map(np.array([1.0, 0.0, 0.0]), 4)
        kept = first.copy()
        shown.output_map(np.array([0.0, 1.0, 5.0]), 4)
        assert np.array_equal(first, kept)

    def test_many_sizes_in_bounded_memory(self):
        shown = pictures(experiment("gaussians", [affine(1)]))
        for resolution in range(2, 20):
            shown.output_map(np.zeros(3), resolution)
        assert len(shown._wirings) <= MOST_WIRINGS

    def test_of_many_sizes_the_one_that_was_not_used_for_longest_is_made_anew(self, monkeypatch):
        shown, wired = pictures(experiment("sine", [affine(1)])), []
        wire = Network.wire
        monkeypatch.setattr(Network, "wire", lambda network, n, **more: wired.append(n) or wire(network, n, **more))
        for resolution in [*range(1, MOST_WIRINGS + 1), 1, MOST_WIRINGS + 1, 1, 2]:
            shown.output_curve(np.zeros(2), resolution)
        assert wired == [*range(1, MOST_WIRINGS + 2), 2]

    def test_numbers_beyond_float32_are_still_numbers(self):
        shown = pictures(experiment("gaussians", [affine(1)]))
        values = shown.output_map(np.array([1e300, 0.0, 0.0]), 2)
        assert values == pytest.approx(1e300 * shown.grid(2)[:, 0].reshape(2, 2))

    def test_infinity_does_not_warn(self):
        shown = pictures(experiment("gaussians", [affine(1)]))
        assert not np.isfinite(shown.output_map(np.array([np.inf, 0.0, 0.0]), 2)).any()


def test_a_curve_of_one_variable():
    shown = pictures(experiment("sine", [affine(1)]))
    x, y = shown.output_curve(np.array([2.0, -1.0]), 7)
    assert x == pytest.approx(shown.grid(7)[:, 0])
    assert y == pytest.approx(2 * x - 1, rel=1e-6)


class TestSamples:
    def test_a_network_that_always_says_class_one(self):
        shown = pictures(experiment("gaussians", [affine(1)], "sigmoid_cross_entropy"))
        confusion = shown.confusion(np.array([0.0, 0.0, 10.0]), shown.parts.train)
        right = np.bincount(shown.parts.train.targets.astype(int), minlength=2)
        assert confusion.counts.tolist() == [[0, right[0]], [0, right[1]]]
        assert confusion.accuracy == pytest.approx(right[1] / right.sum())

    def test_accuracy_is_that_of_the_trainer(self):
        made = experiment("iris", [affine(4), {"type": "tanh"}, affine(3)], "softmax_cross_entropy", standardize=True)
        trainer, shown = Trainer(made), pictures(made)
        trainer.advance(200)
        assert shown.confusion(trainer.network.parameters, shown.parts.test).accuracy == pytest.approx(
            trainer.evaluate().test_accuracy
        )

    def test_shares_of_two_classes_behind_one_output(self):
        shown = pictures(experiment("gaussians", [affine(1), {"type": "tanh"}]))
        found = shown.predictions(np.array([0.0, 0.0, np.arctanh(0.5)]), shown.parts.test, most=3)
        assert found.probabilities == pytest.approx(np.array([[0.25, 0.75]] * 3))
        assert found.predicted.tolist() == [1, 1, 1]

    def test_values_have_no_probabilities(self):
        shown = pictures(experiment("plane", [affine(1)]))
        found = shown.predictions(np.array([1.0, 0.0, 0.0]), shown.parts.train, most=4)
        assert found.probabilities is None
        assert found.outputs[:, 0] == pytest.approx(shown.parts.train.inputs[:4, 0])

    def test_what_arrives_at_an_activation_and_what_leaves_it(self):
        shown = pictures(experiment("gaussians", [affine(2), {"type": "tanh"}, affine(1)]))
        parameters = np.arange(9) / 10
        before, after = shown.pre_activations(parameters, 0), shown.activations(parameters, 0)
        inputs = shown.parts.train.inputs[: len(before)]
        weights, bias = parameters[:4].reshape(2, 2), parameters[4:6]
        assert before == pytest.approx(inputs @ weights + bias)
        assert after == pytest.approx(np.tanh(before))

    def test_all_columns_for_one_sample(self):
        shown = pictures(experiment("gaussians", [affine(2), {"type": "relu"}, affine(1)]))
        first, second = x = shown.parts.train.inputs[7].tolist()
        assert min(abs(v) for v in x) > 0.1
        # Two hidden units say relu(2 first) and relu(-3 second); the output adds them, times 5 and 7, to 1.
        parameters = np.array([2.0, 0.0, 0.0, -3.0, 0.0, 0.0, 5.0, 7.0, 1.0])
        left, right = max(0.0, 2 * first), max(0.0, -3 * second)
        hidden, output = shown.sample_outputs(parameters, 7)
        assert hidden == pytest.approx([left, right])
        assert output == pytest.approx([5 * left + 7 * right + 1])
        shown.sample_outputs(parameters, 8)
        assert hidden == pytest.approx([left, right])  # not overwritten by the next


class TestSignals:
    def images(self):
        layers = [{"type": "convolution", "filters": 2}, {"type": "relu"}, {"type": "flatten"}, affine(10)]
        return experiment("digits", layers, "softmax_cross_entropy")

    def test_all_that_flows_through_the_network(self):
        trainer, shown = Trainer(self.images()), pictures(self.images())
        trainer.advance(3)
        inputs = shown.parts.test.inputs[:1]
        signals = shown.signals(trainer.network.numbers, inputs)
        assert [each.shape[1:] for each in signals] == [(1, 8, 8), (2, 6, 6), (2, 6, 6), (72,), (10,)]
        assert signals[0] is inputs
        for place in range(4):
            expected = trainer.network.outputs(inputs, of_layer=place)
            assert signals[place + 1] == pytest.approx(expected, abs=1e-12)
        shown.signals(0 * trainer.network.numbers, inputs)
        assert np.abs(signals[-1]).max() > 0  # the next picture does not overwrite them

    def test_the_numbers_before_the_first_step_are_those_of_the_recipe(self):
        trainer, shown = Trainer(self.images()), pictures(self.images())
        first = trainer.network.numbers.copy()
        trainer.advance(3)
        shown.signals(trainer.network.numbers, shown.parts.test.inputs[:1])
        assert np.array_equal(shown.initial_numbers, first)
