"""A small search: two hyperparameters of a network on XOR."""

import pytest
from msgspec import structs

from model.search.search_spec import SearchSpec
from model.search.space import Range
from model.starters import starter


@pytest.fixture
def spec() -> SearchSpec:
    xor = starter("xor")
    data = structs.replace(xor.data, dataset=structs.replace(xor.data.dataset, samples=60), validation=0.2)
    axes = (
        Range(path="optimizer.learning_rate", low=1e-3, high=10, scale="log"),
        Range(path="network.layers[0].units", low=2, high=8, whole=True),
    )
    return SearchSpec(experiment=structs.replace(xor, data=data), axes=axes, trials=6, steps=40)
