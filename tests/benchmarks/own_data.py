"""A table of 100,000 rows x 100 features: how long until it is there, and how much memory it takes meanwhile.

    python tests/benchmarks/own_data.py          (needs psutil: pip install psutil)

A CSV file is written, looked into as the window does (format, checksum, every cell), its columns are taken over, split
into parts and standardized, and a network does its first step. Memory is that of the whole process above what it had
before, as a multiple of the array of 100,000 x 100 float64 numbers. The exit code is 1 where the peak until that step
is done is above 2.5 times the array.
"""

import sys
import tempfile
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np
import psutil

from model.data import Data, load
from model.datasets import Table
from model.datasets.from_file import FoundTable, look_into, table_of
from model.datasets.table_guess import guess_columns
from model.experiment import Experiment, NetworkSpec
from model.layers import Affine, ReLU
from model.losses import SoftmaxCrossEntropy
from model.trainer import Trainer

ROWS, FEATURES = 100_000, 100
ARRAY = 8 * ROWS * FEATURES  # bytes
ALLOWED = 2.5  # times the array
BETWEEN = 0.002  # s from one look at the memory to the next


class Peak:
    """The most memory that this process has had since it was made, in bytes above what it had then."""

    def __init__(self) -> None:
        self._process = psutil.Process()
        self._before = self._most = self._process.memory_info().rss
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def _look(self) -> None:
        while not self._over.wait(BETWEEN):
            self._most = max(self._most, self._process.memory_info().rss)

    @property
    def arrays(self) -> float:
        return (self._most - self._before) / ARRAY

    def end(self) -> None:
        self._over.set()
        self._thread.join()


def timed(name: str, peak: Peak, work: Callable[[], Any]) -> Any:
    begun, used = time.perf_counter(), time.process_time()
    answer = work()
    seconds, of_processor = time.perf_counter() - begun, time.process_time() - used
    print(f"{name:32} {seconds:6.2f} s ({of_processor:5.2f} s of processor)   peak so far {peak.arrays:.2f} arrays")
    return answer


def write(path: Path) -> None:
    random = np.random.default_rng(1)
    numbers = random.standard_normal((ROWS, FEATURES))
    names = [*(f"feature {i}" for i in range(FEATURES)), "label"]
    labels = random.integers(0, 3, ROWS)
    with path.open("w", encoding="utf-8") as file:
        file.write(",".join(names) + "\n")
        for row, label in zip(numbers, labels, strict=True):
            file.write(",".join([*(f"{value:.6g}" for value in row.tolist()), f"class {label}"]) + "\n")


def _take(dataset: Table, found: FoundTable) -> None:
    dataset.take(found.table)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        write(path)
        print(f"{ROWS:,} rows x {FEATURES} features, {path.stat().st_size / 1e6:.0f} MB of text")
        peak = Peak()
        try:
            found = timed("looked into", peak, lambda: look_into(path))
            assert isinstance(found, FoundTable)
            dataset = table_of(found, guess_columns(found.table), leave_out_incomplete=True)
            timed("columns taken over", peak, partial(_take, dataset, found))
            del found
            data = Data(dataset=dataset, standardize=True)
            timed("split and standardized", peak, lambda: load(data))
            layers = (Affine(units=20), ReLU(), Affine(units=3))
            experiment = Experiment(data=data, network=NetworkSpec(layers=layers), loss=SoftmaxCrossEntropy())
            timed("first step of a network", peak, lambda: Trainer(experiment).advance(1, bool))
        finally:
            peak.end()
    print(f"peak until the first step is done: {peak.arrays:.2f} arrays, at most {ALLOWED} are allowed")
    return 0 if peak.arrays <= ALLOWED else 1


if __name__ == "__main__":
    sys.exit(main())
