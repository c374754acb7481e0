from msgspec import structs

from model.experiment_differences import Difference, differences
from model.experiment_file import from_plain
from model.message import Message
from model.optimizers import SGD, Momentum


def experiment(**fields):
    plain = {
        "format": "downhill-experiment",
        "data": {"dataset": {"type": "gaussians", "samples": 100}},
        "network": {"layers": [{"type": "affine", "units": 8}, {"type": "tanh"}, {"type": "affine", "units": 1}]},
    }
    return from_plain({**plain, **fields})


def said(found: list[Difference]) -> list[tuple[str, ...]]:
    return [(str(each.label), *map(str, each.values)) for each in found]


FIRST = experiment(optimizer={"type": "sgd", "learning_rate": 0.03})


def test_nothing_differs_between_equal_experiments():
    assert differences([FIRST, FIRST, structs.replace(FIRST)]) == []
    assert differences([]) == [] == differences([FIRST])


def test_only_the_fields_that_differ_by_their_declared_labels():
    other = structs.replace(
        FIRST,
        optimizer=SGD(learning_rate=0.5),
        batches=structs.replace(FIRST.batches, size=1000),
        weights=structs.replace(FIRST.weights, seed=7),
    )
    assert said(differences([FIRST, other, FIRST])) == [
        ("learning rate", "0.03", "0.5", "0.03"),
        ("seed of the initial weights", "1", "7", "1"),
        ("batch size", "10", "1,000", "10"),
    ]


def test_a_field_that_one_of_them_does_not_have_tells_nothing_beyond_their_kind():
    slow, fast = (structs.replace(FIRST, optimizer=Momentum(learning_rate=0.03, momentum=each)) for each in (0.5, 0.9))
    assert said(differences([FIRST, fast])) == [("optimizer", "SGD", "Momentum")]
    assert said(differences([FIRST, slow, fast])) == [
        ("optimizer", "SGD", "Momentum", "Momentum"),
        ("momentum", "–", "0.5", "0.9"),
    ]


def test_layers_one_by_one_where_they_are_alike_else_as_a_whole():
    wider = experiment(
        optimizer={"type": "sgd", "learning_rate": 0.03},
        network={"layers": [{"type": "affine", "units": 4}, {"type": "tanh"}, {"type": "affine", "units": 1}]},
    )
    assert said(differences([FIRST, wider])) == [("layer 1: units", "8", "4")]
    relu = experiment(
        optimizer={"type": "sgd", "learning_rate": 0.03},
        network={"layers": [{"type": "affine", "units": 8}, {"type": "relu"}, {"type": "affine", "units": 1}]},
    )
    assert said(differences([FIRST, wider, relu])) == [("layers", "8 Tanh, 1", "4 Tanh, 1", "8 ReLU, 1")]


def test_switches_and_lists_of_features_and_what_is_not_set():
    data = structs.replace(FIRST.data, standardize=True, features=("x1", "x1^2"))
    other = structs.replace(FIRST, data=data, stop=structs.replace(FIRST.stop, step=5000))
    assert said(differences([FIRST, other])) == [
        ("features", "x1, x2", "x1, x1^2"),
        ("standardize", "no", "yes"),
        ("stop at step", "none", "5,000"),
    ]


def test_labels_are_messages_for_the_translators():
    (found,) = differences([FIRST, structs.replace(FIRST, optimizer=SGD(learning_rate=0.5))])
    assert found.label == Message("learning rate")
