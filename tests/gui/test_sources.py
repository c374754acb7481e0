import pytest

from gui.sources import sources
from model.datasets import DATASETS
from model.datasets.dataset import Own, Synthetic


@pytest.mark.parametrize("kind", [kind for kind in DATASETS if not issubclass(kind, Synthetic | Own)])
def test_all_real_data_has_its_source_and_licence(kind):
    found = sources()[kind.__struct_config__.tag]
    assert "<https://" in found.source
    assert "(CC BY" in found.licence
    assert found.creators


def test_iris_as_cited():
    iris = sources()["iris"]
    assert iris.creators.startswith("measured by Edgar Anderson, published by R. A. Fisher")
    assert iris.source.endswith("UCI Machine Learning Repository. <https://doi.org/10.24432/C56C76>")
