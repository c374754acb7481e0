import numpy as np
import pytest

from model import data_summary
from model.data import Data, load
from model.data_summary import summarize
from model.datasets import DATASETS, Iris, Points, Sine


@pytest.mark.parametrize("kind", DATASETS)
def test_it_is_what_numpy_finds_in_all_samples(kind, monkeypatch):
    monkeypatch.setattr(data_summary, "AT_ONCE", 100)
    dataset = kind()
    drawn = dataset.draw(1)
    rows = drawn.inputs.reshape(len(drawn.inputs), -1)
    found = summarize(dataset, load(Data(dataset=dataset, validation=0.1)))
    assert found.samples == len(rows)
    np.testing.assert_array_equal(found.low, rows.min(axis=0))
    np.testing.assert_array_equal(found.high, rows.max(axis=0))
    np.testing.assert_allclose(found.mean, rows.mean(axis=0), rtol=1e-12, atol=1e-12)
    np.testing.assert_array_equal(found.constant, np.flatnonzero(rows.std(axis=0) == 0))


def test_classes_are_counted_and_targets_ranged():
    assert summarize(Iris(), load(Data(dataset=Iris()))).class_counts.tolist() == [50, 50, 50]
    sine = summarize(Sine(noise=0), load(Data(dataset=Sine(noise=0))))
    assert sine.class_counts is None
    assert sine.target_range == pytest.approx((-1, 1), abs=1e-3)


def test_a_class_without_a_sample_counts_zero():
    dataset = Points(classes=3)
    assert summarize(dataset, load(Data(dataset=dataset))).class_counts.tolist() == [21, 21, 0]
