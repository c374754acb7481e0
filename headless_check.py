"""Checking a gradient without a window: the check with its progress bar, a table, the verdict."""

from typing import TYPE_CHECKING

from headless import ctrl_c

if TYPE_CHECKING:
    from model.gradient_check import Comparison
    from model.trainer import Trainer

CHECK_HELP = """\
Check the gradient of an experiment: backpropagation against central differences, for
every parameter, at the initial weights or after N steps, on the batch that comes next.
Nothing is written. A parameter whose difference crosses a kink (ReLU at 0) is skipped.
"""
CHECK_EXAMPLES = """\
examples:
  python main.py check spiral
  python main.py check my_experiment.json --steps 100

exit codes:
  0     the two agree
  1     they do not, or nothing could be compared
  2     the experiment or an option cannot be used
  130   ended by Ctrl-C
"""

COLUMNS = "parameters", "largest error", "at", "backpropagation", "differences", "skipped"


def check_gradient(trainer: "Trainer") -> tuple[str, bool]:
    """Backpropagation beside differences on the batch that the next step takes: a report, and whether they agree.

    Raises KeyboardInterrupt where Ctrl-C ended it.
    """
    from tqdm import tqdm

    from model.gradient_check import compare
    from model.gradient_verdict import verdict
    from model.next_step import next_step

    tqdm.monitor_interval = 0  # no thread that watches the bar
    loss = next_step(trainer).loss()
    # disable=None: no bar where the standard error is not a terminal.
    bar = tqdm(total=loss.layout.size, unit=" parameters", disable=None, dynamic_ncols=True)
    with bar, ctrl_c() as pressed:
        found = compare(loss, interrupted=lambda: bool(pressed), progress=lambda done: bar.update(done - bar.n))
    if found is None:
        raise KeyboardInterrupt
    judged = verdict(found, loss)
    report = f"{table(found)}\nAfter {trainer.steps:,} steps, loss {found.loss:.6g}. {judged.message}"
    return report, judged.kind == "agrees"


def table(found: "Comparison") -> str:
    """One line for each array of parameters: its largest relative error, where, and what both methods say there."""
    rows: list[tuple[str, ...]] = [COLUMNS]
    for array in found.arrays:
        numbers = ("-", "-", "-", "-")
        worst = array.worst
        if worst:
            at = worst.name.removeprefix(array.entry.full_name)
            numbers = (f"{worst.error:.1e}", at, f"{worst.analytic:.9g}", f"{worst.numerical:.9g}")
        rows.append((array.entry.full_name, *numbers, f"{array.skipped:,}"))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)
