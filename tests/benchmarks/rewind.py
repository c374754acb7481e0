"""How long does it take to show any step of a long run?

    python tests/benchmarks/rewind.py [steps] [jumps]

The spiral on 2-8-8-8-1, trained for 100,000 steps; then 200 random steps are shown, one after the other. A jump is
timed until the snapshot is there. Limit: 150 ms.
"""

import random
import statistics
import sys
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parent)]

from window import EXPERIMENT

from model.experiment_file import from_plain
from model.timeline import Timeline

LIMIT = 150  # ms


def main() -> None:
    given = [int(text) for text in sys.argv[1:3]]
    steps, jumps = given + [100_000, 200][len(given) :]
    timeline = Timeline(from_plain(EXPERIMENT))
    begun = time.perf_counter()
    timeline.advance(steps)
    seconds = time.perf_counter() - begun
    checkpoints = timeline.branch.checkpoints
    print(f"{timeline.steps:,} steps in {seconds:.1f} s; {len(checkpoints)} checkpoints, {checkpoints.bytes:,} bytes")

    chance = random.Random(1)
    times: list[float] = []
    for _ in range(jumps):
        step = chance.randint(0, steps)
        begun = time.perf_counter()
        timeline.go_to(step)
        timeline.trainer.snapshot()
        times.append(1000 * (time.perf_counter() - begun))
        assert timeline.steps == step
    print(f"{jumps} jumps: median {statistics.median(times):.1f} ms, longest {max(times):.1f} ms (limit {LIMIT} ms)")


if __name__ == "__main__":
    main()
