"""From a description of the data to the arrays of the network."""

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.data import Data, Part, Parts, load, problems
from model.datasets import DATASETS, Circle, Digits, Gaussians, Iris, Sine, Spiral, Xor
from model.datasets.dataset import Dataset, Synthetic
from model.experiment_file import encoded


def parts_of(loaded: Parts) -> tuple[Part, Part, Part]:
    return loaded.train, loaded.validation, loaded.test


def test_a_file_need_only_name_the_data_set() -> None:
    data = msgspec.json.decode('{"dataset": {"type": "spiral"}}', type=Data)
    assert data == Data(dataset=Spiral())
    assert msgspec.json.decode(encoded(data)) == {
        "dataset": {"type": "spiral", "samples": 400, "noise": 0.1, "version": 1},
        "features": ["x1", "x2"],
        "standardize": False,
        "validation": 0.0,
        "test": 0.2,
        "seed": 1,
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{}", "missing required field `dataset`"),
        ('{"dataset": {"type": "xor"}, "colour": 1}', "unknown field `colour`"),
        ('{"dataset": {"type": "xor"}, "features": ["x1", "x3"]}', r"features\[1\]"),
        ('{"dataset": {"type": "xor"}, "test": 1}', r"< 1.0.*test"),
        ('{"dataset": {"type": "xor"}, "seed": -1}', ">= 0.*seed"),
    ],
)
def test_what_a_field_cannot_be_is_refused_with_its_place(text: str, message: str) -> None:
    with pytest.raises(msgspec.ValidationError, match=message):
        msgspec.json.decode(text, type=Data)


@pytest.mark.parametrize(
    ("data", "place", "words"),
    [
        (Data(dataset=Xor(), validation=0.5, test=0.5), ".test", "share 0.5 and the test share 0.5 leave no sample"),
        (Data(dataset=Xor(), features=()), ".features", "at least one"),
        (Data(dataset=Xor(), features=("x1", "x2", "x1")), ".features[2]", "x1 is there twice"),
    ],
)
def test_what_the_fields_cannot_be_together(data: Data, place: str, words: str) -> None:
    [(found, message)] = problems(data)
    assert found == place
    assert words in str(message)
    with pytest.raises(ValueError, match=words):
        load(data)


def test_nothing_to_say_of_good_data() -> None:
    assert list(problems(Data(dataset=Xor(), validation=0.3, test=0.3))) == []


@pytest.mark.parametrize("kind", DATASETS, ids=lambda kind: kind.__name__)
def test_the_parts_are_the_whole_data_set(kind: type[Dataset]) -> None:
    loaded = load(Data(dataset=kind(), validation=0.2, test=0.1))
    drawn = kind().draw(seed=1)
    gathered = np.concatenate([part.points.reshape(len(part.points), -1) for part in parts_of(loaded)])
    targets = np.concatenate([part.targets for part in parts_of(loaded)]).reshape(len(gathered), -1)
    flat = drawn.inputs.reshape(len(drawn.inputs), -1)
    rows = np.column_stack([gathered, targets])
    expected = np.column_stack([flat, drawn.targets.reshape(len(flat), -1)])
    assert sorted(map(bytes, rows)) == sorted(map(bytes, expected))


@pytest.mark.parametrize("kind", DATASETS, ids=lambda kind: kind.__name__)
def test_shapes_names_and_protection(kind: type[Dataset]) -> None:
    loaded = load(Data(dataset=kind()))
    assert loaded.input_shape == kind().shape
    assert len(loaded.input_names) == np.prod(loaded.input_shape)
    for part in parts_of(loaded):
        assert part.inputs.shape == (len(part.points), *loaded.input_shape)
        assert len(part.targets) == len(part.points)
        assert not any(array.flags.writeable for array in (part.points, part.inputs, part.targets))
        np.testing.assert_array_equal(part.inputs, part.points)  # nothing asked for, nothing changed
    assert len(loaded.validation.inputs) == 0


def test_features_become_the_inputs_of_a_point_in_the_plane() -> None:
    loaded = load(Data(dataset=Circle(), features=("x1^2", "x1 x2", "x2")))
    assert loaded.input_shape == (3,)
    assert loaded.input_names == ("x1^2", "x1 x2", "x2")
    (x1, x2), seen = loaded.train.points[5], loaded.train.inputs[5]
    assert seen.tolist() == [pytest.approx(x1 * x1), pytest.approx(x1 * x2), x2]
    assert loaded.to_inputs(np.array([[2.0, 3.0]])).tolist() == [[4.0, 6.0, 3.0]]


def test_features_of_the_plane_do_not_touch_other_data() -> None:
    loaded = load(Data(dataset=Iris(), features=("x1^2",)))
    assert loaded.input_shape == (4,)
    np.testing.assert_array_equal(loaded.train.inputs, loaded.train.points)


def test_standardized_by_the_training_part_alone() -> None:
    loaded = load(Data(dataset=Iris(), standardize=True))
    np.testing.assert_allclose(loaded.train.inputs.mean(axis=0), np.zeros(4), atol=1e-14)
    np.testing.assert_allclose(loaded.train.inputs.std(axis=0), np.ones(4), rtol=1e-14)
    assert np.abs(loaded.test.inputs.mean(axis=0)).max() > 1e-3
    # A flower at the mean of the training flowers is seen as zero, wherever it comes from.
    middle = loaded.train.points.mean(axis=0, keepdims=True)
    np.testing.assert_allclose(loaded.to_inputs(middle), np.zeros((1, 4)), atol=1e-14)


def test_features_are_standardized_too() -> None:
    inputs = load(Data(dataset=Circle(), features=("x1^2", "sin x2"), standardize=True)).train.inputs
    np.testing.assert_allclose(inputs.mean(axis=0), [0, 0], atol=1e-14)
    np.testing.assert_allclose(inputs.std(axis=0), [1, 1], rtol=1e-14)


def test_a_pixel_that_never_changes_is_not_blown_up() -> None:
    loaded = load(Data(dataset=Digits(), standardize=True))
    np.testing.assert_array_equal(loaded.train.inputs[:, 0, 0, 0], 0)  # the upper left corner is paper in every image
    assert np.isfinite(loaded.test.inputs).all()


def test_a_single_training_sample_is_seen_as_zero() -> None:
    loaded = load(Data(dataset=Sine(samples=1), standardize=True, test=0.0))
    assert loaded.train.inputs.tolist() == [[0.0]]


@given(
    kind=st.sampled_from([kind for kind in DATASETS if issubclass(kind, Synthetic)]),
    noise=st.floats(0, 1),
    seed=st.integers(0, 2**31 - 1),
)
def test_every_point_lies_inside_the_drawn_plane(kind: type[Synthetic], noise: float, seed: int) -> None:
    loaded = load(Data(dataset=kind(samples=20, noise=noise), validation=0.2, seed=seed))
    assert loaded.plane is not None
    assert len(loaded.plane) == kind.shape[0]
    for axis, (low, high) in enumerate(loaded.plane):
        assert low == -high
        assert high >= 6
        assert (low, high) == loaded.plane[0]
        for part in parts_of(loaded):
            assert np.all((low < part.points[:, axis]) & (part.points[:, axis] < high))


def test_the_plane_is_wider_where_the_points_are() -> None:
    wide = load(Data(dataset=Gaussians(samples=1000, noise=1))).plane
    assert wide is not None
    assert wide[0][1] > 6
    assert load(Data(dataset=Xor(noise=0))).plane == ((-6, 6), (-6, 6))


@pytest.mark.parametrize("dataset", [Iris(), Digits()])
def test_data_outside_the_plane_has_none(dataset: Iris | Digits) -> None:
    assert load(Data(dataset=dataset)).plane is None


def test_every_class_has_its_share_of_every_part() -> None:
    loaded = load(Data(dataset=Iris(), validation=0.2, test=0.2))
    for part, each in zip(parts_of(loaded), (30, 10, 10), strict=True):
        assert np.bincount(part.targets.astype(int)).tolist() == [each] * 3
    assert loaded.notes == ()


def test_a_note_calls_the_class_by_its_name() -> None:
    loaded = load(Data(dataset=Circle(samples=3)))
    assert [str(note) for note in loaded.notes] == [
        "Too few samples of class outside (2) to be in every part: training comes first.",
        "Too few samples of class inside (1) to be in every part: training comes first.",
        "The test part is empty: its share of the 3 samples is less than one.",
    ]


def test_the_same_description_gives_the_same_arrays() -> None:
    data = Data(dataset=Spiral(noise=0.2), standardize=True, validation=0.1)
    one = load(data)
    for seed in range(2, 7):
        load(Data(dataset=Spiral(), seed=seed))  # so many that the first is forgotten
    again = load(data)
    assert again is not one
    for part, same in zip(parts_of(one), parts_of(again), strict=True):
        np.testing.assert_array_equal(part.inputs, same.inputs)
        np.testing.assert_array_equal(part.targets, same.targets)


def test_another_seed_gives_other_points_and_another_split() -> None:
    one, other = load(Data(dataset=Iris(), seed=1)), load(Data(dataset=Iris(), seed=2))
    assert not np.array_equal(one.test.points, other.test.points)


# Fewer training samples


@pytest.mark.parametrize("dataset", [Digits(), Iris(), Spiral(samples=300), Sine(samples=100)])
def test_a_limit_takes_samples_from_training_alone(dataset: Dataset) -> None:
    whole, few = (load(Data(dataset=dataset, validation=0.2, training_samples=most)) for most in (None, 50))
    assert len(few.train.inputs) == len(few.train.targets) == 50
    for name in ("validation", "test"):
        assert getattr(few, name).points.tobytes() == getattr(whole, name).points.tobytes()
    known = {point.tobytes() for point in whole.train.points}
    assert all(point.tobytes() in known for point in few.train.points)


def test_a_limit_that_is_none_or_too_high_changes_no_bit() -> None:
    one, other, third = (load(Data(dataset=Iris(), training_samples=most)) for most in (None, 120, 99_999))
    assert one.train.inputs.tobytes() == other.train.inputs.tobytes() == third.train.inputs.tobytes()


def test_the_mean_and_deviation_are_those_of_the_samples_that_are_left() -> None:
    few = load(Data(dataset=Iris(), standardize=True, training_samples=30)).train.inputs
    assert few.mean(axis=0) == pytest.approx(0, abs=1e-12) and few.std(axis=0) == pytest.approx(1)


def test_a_file_without_a_limit_says_nothing_of_it() -> None:
    assert b"training_samples" not in encoded(Data(dataset=Iris()))
    limited = Data(dataset=Iris(), training_samples=7)
    assert msgspec.json.decode(encoded(limited), type=Data) == limited
    assert (
        msgspec.json.decode('{"dataset": {"type": "iris"}, "training_samples": null}', type=Data).training_samples
        is None
    )
