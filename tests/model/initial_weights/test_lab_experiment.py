from model.experiment_file import checked
from model.initial_weights import STEPS, DeepNetwork, lab_experiment, starting_from
from model.initializers import He, Normal, Xavier
from model.layers import BatchNorm, ReLU
from model.starters import starter
from model.trainer import Trainer


def test_the_deep_network_learns_digits_from_a_rule():
    network = DeepNetwork(layers=3, units=20, seed=9, activation=ReLU(), batch_norm=True)
    made = checked(lab_experiment(network, None, He()))
    assert [layer.units for layer in made.network.layers if layer.weighted] == [20, 20, 20, 10]
    assert {layer.weights for layer in made.network.layers if layer.weighted} == {He()}
    assert sum(isinstance(layer, BatchNorm) for layer in made.network.layers) == 3
    assert (made.weights.seed, made.stop.step) == (9, STEPS)


def test_an_experiment_keeps_all_but_its_initial_weights_and_when_it_ends():
    base = starter("spiral")
    made = checked(lab_experiment(DeepNetwork(seed=3), base, Normal(std=0.5)))
    assert (made.data, made.loss, made.optimizer, made.batches) == (base.data, base.loss, base.optimizer, base.batches)
    assert starting_from(made, base.network.layers[0].weights, base.weights.seed).network == base.network


def test_the_starter_is_the_row_of_the_lab():
    """What the histograms show of std 0.01 is the network of the starter: the same layers, the same draws."""
    made, shipped = lab_experiment(DeepNetwork(), None, Normal(std=0.01)), starter("init")
    assert (made.network, made.data, made.weights) == (shipped.network, shipped.data, shipped.weights)
    one, other = Trainer(made), Trainer(shipped)
    assert one.network.parameters.tobytes() == other.network.parameters.tobytes()


def test_two_rules_differ_in_the_size_of_their_draws_alone():
    xavier, normal = (Trainer(lab_experiment(DeepNetwork(), None, rule)) for rule in (Xavier(), Normal(std=0.1)))
    view = [t.network.layout.view(t.network.parameters, 3, "weights") for t in (xavier, normal)]
    assert abs(view[0] - view[1]).max() < 1e-15  # 100 in, 100 out: Xavier's deviation is 0.1
