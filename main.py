"""Downhill's command line: open the window, or train or check without one.

Whatever a command needs is imported when it runs: `--help` loads neither NumPy nor Qt, training loads no window.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from experiment_argument import load, stopping, what_to_open
from headless import CommandError, class_means, conspicuous, prepare, run_to_the_end, summary, write
from headless_check import CHECK_EXAMPLES, CHECK_HELP, check_gradient
from headless_search import SEARCH_EXAMPLES, SEARCH_HELP, search
from headless_search_options import add_options

__version__ = "0.1.0"

DISAGREES, BAD_INPUT, INTERRUPTED, NOBODY_READS = 1, 2, 130, 141  # exit codes; the last two are 128 + the signal
MOST_STEPS = 10**9

HELP = """\
usage: downhill [EXPERIMENT | RUN | DATA]                   open the window
       downhill train EXPERIMENT [--steps N] [--out DIR]    train without a window
       downhill check EXPERIMENT [--steps N]                check backpropagation by differences
       downhill search EXPERIMENT [--trials N] [--out DIR]  search hyperparameters on all cores
       downhill schema                                      print the JSON Schema of an experiment
       downhill --version | --help

Build a small neural network, press Run, and watch it learn.

EXPERIMENT is a file or one of the experiments that come along:
  linear, xor, spiral, vanishing, diverging, curve, iris, digits,
  init, overfit, cnn-digits, cnn-mnist
Without one the window opens with a gallery of them. RUN is a file that the window has saved,
DATA a table (CSV, TSV) or arrays (npz, IDX) of your own.

examples:
  python main.py                                  the gallery
  python main.py spiral                           the window on the spiral
  python main.py my_experiment.json               the window on a file
  python main.py my_run.downhill                  the window on a run, where it was left
  python main.py my_table.csv                     the window, which asks what the columns are
  python main.py train spiral --out spiral_run    the same numbers without a window, as files
  python main.py train --help                     which files, which exit codes
"""
TRAIN_HELP = """\
Train an experiment without a window. With --out, DIR receives

  experiment.json   the experiment: running it again gives the same files, to the last bit
  loss.csv          step, epoch and loss of every mini-batch; the evaluations between them
  scores.csv        at the end: precision, recall and F1 of every class, or R² of a regression
  data.npz          x_train, t_train, x_validation, ..., t_test as the network sees them
  weights.npz       initial.layers[0].weights, ..., final.layers[0].weights, ...
  *.png             the plots

and files of these names in it are replaced. Ctrl-C ends the run after the step at
work and writes what there is; a second Ctrl-C ends it at once.
"""
TRAIN_EXAMPLES = """\
examples:
  python main.py train xor
  python main.py train xor --steps 500 --out xor_run
  python main.py train my_experiment.json --out my_run

exit codes:
  0     trained; also where the run diverged, which is said on the standard error
  2     the experiment, an option or DIR cannot be used
  130   ended by Ctrl-C
"""


class Parser(argparse.ArgumentParser):
    """One sentence instead of a page where the command line is wrong."""

    def error(self, message: str) -> NoReturn:
        raise CommandError(message.removeprefix("argument "))


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit code: 0, or what `downhill train --help` and `downhill check --help` say."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    run = COMMANDS[arguments.pop(0)] if arguments and arguments[0] in COMMANDS else window
    try:
        code = run(arguments)
        sys.stdout.flush()  # here, where a reader who has gone away can still be answered quietly
        return code
    except CommandError as refused:
        print(f"downhill: {refused}", file=sys.stderr)
        return BAD_INPUT
    except BrokenPipeError:
        # Python flushes once more at its end, and would complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOBODY_READS
    except KeyboardInterrupt:
        print("downhill: interrupted", file=sys.stderr)
        return INTERRUPTED


def window(arguments: list[str]) -> int:
    """Open the window; returns when it is closed."""
    parser = Parser(prog="downhill", add_help=False)
    parser.add_argument("experiment", nargs="?")
    parser.add_argument("-h", "--help", action="store_true")
    parser.add_argument("--version", action="version", version=f"Downhill {__version__}")
    options = parser.parse_args(arguments)
    if options.help:
        print(HELP, end="")
        return 0

    from gui.display import display_problem

    problem = display_problem()
    if problem:
        raise CommandError(problem)
    opened = what_to_open(options.experiment) if options.experiment is not None else None
    from gui.application import open_window

    return open_window(opened, options.experiment or "")


def _of_an_experiment(command: str, description: str, examples: str, steps: str) -> Parser:
    """The parser of a command that works on one experiment, N steps of it."""
    parser = Parser(
        prog=f"downhill {command}",
        description=description,
        epilog=examples,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("experiment", metavar="EXPERIMENT", help="a file, or the name of a starter (downhill --help)")
    parser.add_argument("--steps", metavar="N", type=_steps, help=steps)
    return parser


def train(arguments: list[str]) -> int:
    """Train without a window, say how it went, write the files."""
    parser = _of_an_experiment("train", TRAIN_HELP, TRAIN_EXAMPLES, "stop after N steps instead of where it says")
    parser.add_argument("--out", metavar="DIR", type=Path, help="the folder for the files; made where it is missing")
    options = parser.parse_args(arguments)

    experiment = stopping(load(options.experiment), options.experiment, options.steps)
    if options.out is not None:
        prepare(options.out)
    from model.trainer import Trainer

    trainer = Trainer(experiment)
    interrupted = run_to_the_end(trainer)
    for note in trainer.parts.notes:
        print(f"downhill: {note}", file=sys.stderr)
    if trainer.diverged:
        print(f"downhill: {trainer.diverged.message}", file=sys.stderr)
    for finding in conspicuous(trainer):
        print(f"downhill: {finding}", file=sys.stderr)
    if interrupted:
        print(f"downhill: interrupted after step {trainer.steps:,}", file=sys.stderr)
    if trainer.stop_reason is not None and trainer.steps != experiment.stop.step:
        print(f"stopped: {trainer.stop_reason}")
    print(summary(trainer))
    if means := class_means(trainer):
        print(means)
    if options.out is None:
        print("Nothing was written; --out DIR keeps the numbers and the plots.")
    else:
        names = write(trainer, options.out)
        print(f"{', '.join(names)} are in {options.out}")
    return INTERRUPTED if interrupted else 0


def check(arguments: list[str]) -> int:
    """Print where backpropagation and differences stand furthest apart, and what it means."""
    options = _of_an_experiment("check", CHECK_HELP, CHECK_EXAMPLES, "train N steps first").parse_args(arguments)

    experiment = load(options.experiment)
    from model.experiment import Stop
    from model.experiment_file import changed
    from model.trainer import Trainer

    trainer = Trainer(changed(experiment, stop=Stop(step=options.steps)))
    if options.steps and run_to_the_end(trainer):
        raise KeyboardInterrupt  # said by `main`
    if trainer.diverged:
        print(f"downhill: {trainer.diverged.message}", file=sys.stderr)
    text, agrees = check_gradient(trainer)
    print(text)
    return 0 if agrees else DISAGREES


def search_hyperparameters(arguments: list[str]) -> int:
    """Train with many values of some hyperparameters, on all cores, and say which were best."""
    parser = _of_an_experiment("search", SEARCH_HELP, SEARCH_EXAMPLES, "train every trial for N steps")
    add_options(parser)
    options = parser.parse_args(arguments)
    return search(load(options.experiment), options.experiment, options)


def schema(arguments: list[str]) -> int:
    """Print the JSON Schema of an experiment's file."""
    Parser(prog="downhill schema", description=schema.__doc__).parse_args(arguments)
    from model.experiment_file import schema as experiment_schema

    print(json.dumps(experiment_schema(), indent=2))
    return 0


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "train": train,
    "check": check,
    "search": search_hyperparameters,
    "schema": schema,
}


def _steps(text: str) -> int:
    try:
        steps = int(text)
    except ValueError:
        steps = 0
    if not 1 <= steps <= MOST_STEPS:
        raise argparse.ArgumentTypeError(f"must be a whole number from 1 to {MOST_STEPS:,}, not {text!r}")
    return steps


if __name__ == "__main__":
    sys.exit(main())
