"""Damage real run files in many ways: each must open, or be refused with one sentence.

    python tests/fuzz/fuzz_run_file.py [N [SEED]]

Prints how many of N (2,000) mutations opened, opened with a note, and were refused. Anything else is a failure, with
exit code 1: another exception, more than MOST_MEMORY bytes, more than MOST_SECONDS.
"""

import random
import sys
import tempfile
import time
import tracemalloc
import zipfile
from collections import Counter
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

from model.run_file import RunFileError, read, write
from tests.fuzz.mutations import MUTATIONS, members, zipped
from tests.fuzz.real_runs import runs

MOST_MEMORY = 64 * 2**20  # bytes; the files are of some 100 kB
MOST_SECONDS = 2.0


def real_files():
    """The runs as files: each as it is written, and packed as other programs do."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for run in runs():
            path = Path(folder) / "run.downhill"
            write(path, run)
            found.append(path.read_bytes())
            found.append(zipped(members(found[-1]), zipfile.ZIP_DEFLATED))
    return found


def outcome(path):
    """ "opened", "opened with a note" or "refused"; raises whatever else happens, AssertionError for bad words."""
    try:
        run = read(path)
    except RunFileError as error:
        check_sentence(f"{error.place}: {error.message}")
        return "refused"
    for note in run.notes:
        check_sentence(str(note))
    return "opened with a note" if run.notes else "opened"


def check_sentence(sentence):
    assert sentence.strip() and "\n" not in sentence and len(sentence) < 700, sentence


def fuzz(count, seed):
    """Counts of the outcomes; the failures as (number, mutation, what); the most memory and time of one."""
    rng, files = random.Random(seed), real_files()
    outcomes, failures, most_memory, most_seconds = Counter(), [], 0, 0.0
    tracemalloc.start()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "damaged.downhill"
        for number in range(count):
            mutate = rng.choice(MUTATIONS)
            path.write_bytes(mutate(rng, rng.choice(files)))
            tracemalloc.reset_peak()
            before, begin = tracemalloc.get_traced_memory()[0], time.perf_counter()
            try:
                outcomes[outcome(path)] += 1
            except Exception as error:  # whatever it is, it is what is looked for
                failures.append((number, mutate.__name__, repr(error)))
            seconds, memory = time.perf_counter() - begin, tracemalloc.get_traced_memory()[1] - before
            most_memory, most_seconds = max(most_memory, memory), max(most_seconds, seconds)
            if memory > MOST_MEMORY or seconds > MOST_SECONDS:
                failures.append((number, mutate.__name__, f"{memory:,} bytes, {seconds:.2f} s"))
    tracemalloc.stop()
    return outcomes, failures, most_memory, most_seconds


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    outcomes, failures, memory, seconds = fuzz(count, seed)
    for name in ("opened", "opened with a note", "refused"):
        print(f"{name:20}{outcomes[name]:8,}")
    print(f"{'failures':20}{len(failures):8,}")
    print(f"at most {memory / 2**20:.1f} MB and {seconds * 1000:.0f} ms")
    for number, mutation, what in failures[:20]:
        print(f"  mutation {number} (seed {seed}), {mutation}: {what}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
