"""What holds of every data set in the table."""

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.datasets import DATASETS, AnyDataset
from model.datasets.dataset import Dataset, Synthetic
from model.hyperparameter import hyperparameters

EVERY = pytest.mark.parametrize("kind", DATASETS, ids=lambda kind: kind.__name__)
SYNTHETIC = [kind for kind in DATASETS if issubclass(kind, Synthetic)]
EVERY_SYNTHETIC = pytest.mark.parametrize("kind", SYNTHETIC, ids=lambda kind: kind.__name__)
CLASSES = [kind for kind in SYNTHETIC if kind.task == "classification"]


@EVERY
def test_samples_have_the_declared_shape(kind: type[Dataset]) -> None:
    samples = kind().draw(seed=1)
    n = len(samples.inputs)
    assert samples.inputs.shape == (n, *kind().shape)
    assert samples.inputs.dtype == np.float64
    assert np.isfinite(samples.inputs).all()
    if kind().task == "classification":
        assert samples.targets.shape == (n,)
        assert samples.targets.dtype == np.int64
        assert set(samples.targets.tolist()) == set(range(len(kind().class_names)))
        assert samples.labels is samples.targets
    else:
        assert samples.targets.shape == (n, 1)
        assert samples.targets.dtype == np.float64
        assert kind().class_names == ()
        assert samples.labels is None


@EVERY
def test_it_is_named_and_explained(kind: type[Dataset]) -> None:
    assert kind.label
    assert kind.meaning.endswith(".")
    dataset = kind()
    assert len(dataset.axis_names) == np.prod(dataset.shape)
    assert len(set(dataset.axis_names)) == len(dataset.axis_names)


@EVERY
def test_the_same_seed_draws_the_same_bits(kind: type[Dataset]) -> None:
    one, again = kind().draw(7), kind().draw(7)
    np.testing.assert_array_equal(one.inputs, again.inputs)
    np.testing.assert_array_equal(one.targets, again.targets)


@EVERY
def test_there_and_back_through_json(kind: type[Dataset]) -> None:
    text = msgspec.json.encode(kind())
    assert msgspec.json.decode(text, type=AnyDataset) == kind()


def test_names_in_the_file() -> None:
    tags = [msgspec.to_builtins(kind())["type"] for kind in DATASETS]
    assert tags == [
        "circle",
        "xor",
        "gaussians",
        "spiral",
        "moons",
        "plane",
        "multi_gaussian",
        "sine",
        "iris",
        "digits",
        "mnist",
        "points",
    ]


@EVERY_SYNTHETIC
def test_another_seed_draws_other_points(kind: type[Synthetic]) -> None:
    assert not np.array_equal(kind(noise=0).draw(1).inputs, kind(noise=0).draw(2).inputs)


@EVERY_SYNTHETIC
def test_hyperparameters(kind: type[Synthetic]) -> None:
    samples, noise = hyperparameters(kind)
    assert (samples.name, samples.default, samples.minimum, samples.maximum) == ("samples", 400, 1, 100_000)
    assert (noise.name, noise.default, noise.minimum, noise.maximum) == ("noise", 0.1, 0, 1)


@given(kind=st.sampled_from(SYNTHETIC), samples=st.integers(1, 50), noise=st.floats(0, 1))
def test_exactly_as_many_samples_as_asked_for(kind: type[Synthetic], samples: int, noise: float) -> None:
    drawn = kind(samples=samples, noise=noise).draw(seed=1)
    assert len(drawn.inputs) == len(drawn.targets) == samples


@given(kind=st.sampled_from(CLASSES), samples=st.integers(1, 50))
def test_classes_are_as_equal_as_possible(kind: type[Synthetic], samples: int) -> None:
    sizes = np.bincount(kind(samples=samples).draw(seed=1).targets.astype(int), minlength=len(kind.class_names))
    assert sizes.max() - sizes.min() <= 1


@given(kind=st.sampled_from(CLASSES), noise=st.floats(0, 1), seed=st.integers(0, 99))
def test_noise_moves_points_and_never_changes_a_class(kind: type[Synthetic], noise: float, seed: int) -> None:
    clean, noisy = kind(noise=0).draw(seed), kind(noise=noise).draw(seed)
    np.testing.assert_array_equal(clean.targets, noisy.targets)
    # Each point moves along its own straight line, in proportion to the noise.
    full = kind(noise=1).draw(seed)
    np.testing.assert_allclose(noisy.inputs, clean.inputs + noise * (full.inputs - clean.inputs), rtol=0, atol=1e-12)


@EVERY_SYNTHETIC
def test_points_lie_in_the_usual_plane_at_the_usual_noise(kind: type[Synthetic]) -> None:
    inputs = kind().draw(seed=1).inputs
    assert 3 < np.abs(inputs).max() <= 6


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"type": "spirl"}', "'spirl'"),
        ('{"type": "circle", "samples": 0}', "`int` >= 1"),
        ('{"type": "circle", "noise": 1.5}', "`float` <= 1.0"),
        ('{"type": "circle", "version": 2}', "version"),
        ('{"type": "iris", "samples": 10}', "unknown field `samples`"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(text: str, message: str) -> None:
    with pytest.raises(msgspec.ValidationError, match=message):
        msgspec.json.decode(text, type=AnyDataset)
