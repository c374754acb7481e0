"""Two processes that share one search, against one alone; and a long search that is killed half-way and resumed.

    python tests/benchmarks/search.py [trials] [rounds]            how much sooner two are done (16, 3)
    python tests/benchmarks/search.py resume [trials] [folder]     killed half-way and resumed: exactly so many (100)

Each process is `main.py search` with one worker. Alone and together take turns, each in a database of its own; the time
runs from the start of Python to the end of the last process, and includes all that is loaded. The workers have low
priority: on a machine that is busy with other things they wait for those, and nothing can be told from the times.
"""

import csv
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from search_engine.names import database

TRAINED = 20_000  # steps a trial: a second or so


def command(*options: str) -> list[str]:
    return [sys.executable, str(ROOT / "main.py"), "search", "digits", "--validation", "0.2", *options]


def seconds(processes: int, trials: int) -> float:
    """Until `processes` together have finished all `trials`."""
    with tempfile.TemporaryDirectory() as folder:
        options = ("--trials", str(trials), "--steps", str(TRAINED), "--no-pruning", "--workers", "1")
        started = time.perf_counter()
        shared = [
            subprocess.Popen(command(*options, "--storage", database(Path(folder))), stdout=subprocess.DEVNULL)
            for _ in range(processes)
        ]
        codes = [process.wait() for process in shared]
        taken = time.perf_counter() - started
        assert codes == [0] * processes
        return taken


def speed_up(trials: int, rounds: int) -> None:
    ratios = []
    for turn in range(rounds):
        alone, together = seconds(1, trials), seconds(2, trials)
        ratios.append(alone / together)
        print(f"round {turn + 1}: one {alone:.1f} s, two {together:.1f} s: {ratios[-1]:.2f}", flush=True)
    print(f"speed-up of two processes on one storage: {statistics.median(ratios):.2f} ({trials} trials)")


def resume(trials: int, folder: Path) -> None:
    """Kill the command when half of the trials are done; then give it again."""
    searching = command("--trials", str(trials), "--out", str(folder))
    first = subprocess.Popen(searching, stdout=subprocess.DEVNULL)
    while finished(folder) < trials // 2:
        assert first.poll() is None, "it was done before it could be killed"
        time.sleep(0.1)
    first.send_signal(signal.SIGKILL)
    first.wait()
    killed_at, started = finished(folder), time.perf_counter()
    subprocess.run(searching, check=True)
    rows = list(csv.reader((folder / "trials.csv").read_text().splitlines()))[1:]
    assert sorted(int(row[0]) for row in rows) == list(range(1, trials + 1))
    assert finished(folder) == trials
    print(f"killed after {killed_at}, resumed for {time.perf_counter() - started:.1f} s: {finished(folder)} finished")
    print(f"pictures: {', '.join(sorted(path.name for path in folder.glob('*.png')))}")


def finished(folder: Path) -> int:
    """How many trials the database holds as complete or pruned."""
    import sqlite3

    path = folder / "search.db"
    if not path.exists():
        return 0
    try:
        connection = sqlite3.connect(path, timeout=30)
        (count,) = connection.execute("SELECT COUNT(*) FROM trials WHERE state IN ('COMPLETE', 'PRUNED')").fetchone()
        connection.close()
    except sqlite3.OperationalError:  # its tables are not there yet
        return 0
    return count


if __name__ == "__main__":
    if sys.argv[1:2] == ["resume"]:
        wanted, *where = sys.argv[2:] or ["100"]
        with tempfile.TemporaryDirectory() as passing:
            resume(int(wanted), Path(where[0] if where else passing))
    else:
        numbers = [int(argument) for argument in sys.argv[1:]]
        speed_up(*(numbers + [16, 3][len(numbers) :]))
