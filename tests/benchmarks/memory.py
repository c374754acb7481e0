"""Does a long run keep its memory flat?

    python tests/benchmarks/memory.py [steps]

Trains 2-8-8-8-1 for a million steps and compares the growth of the process with the recorded curves themselves, after a
warm-up of a tenth.
"""

import os
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parent)]

import psutil
from step import trainer


def megabytes() -> float:
    return psutil.Process(os.getpid()).memory_info().rss / 2**20


if __name__ == "__main__":
    steps = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    made = trainer([2, 8, 8, 8, 1], 10)
    made.advance(steps // 10)
    before, recorded_before = megabytes(), made.record.bytes / 2**20
    made.advance(steps - steps // 10)
    grown, recorded = megabytes() - before, made.record.bytes / 2**20 - recorded_before
    print(f"{made.steps:,} steps: the process grew by {grown:.1f} MB, of which {recorded:.1f} MB are recorded curves")
    print(f"growth beyond the curves: {grown - recorded:.1f} MB")
