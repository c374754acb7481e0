import pytest

from model.data_files import memory
from model.data_files.error import DataFileError
from model.data_files.memory import available_memory, check_room


def test_this_machine_tells_what_is_free():
    assert 2**20 < available_memory() < 2**50


def test_what_fits_passes_and_what_does_not_is_refused_with_both_sizes(monkeypatch):
    monkeypatch.setattr(memory, "available_memory", lambda: 20_000_000)
    check_room(1_000_000)
    with pytest.raises(DataFileError, match=r"1,100,000 numbers would take about 0\.0 GB.*and 0\.0 GB are free"):
        check_room(1_100_000)
