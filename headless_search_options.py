"""The options of `search`, and the search that they describe."""

import argparse
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from headless import CommandError

if TYPE_CHECKING:
    from model.experiment import Experiment
    from model.search.search_spec import SearchSpec
    from model.search.space import AnyAxis


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of the command, beside the experiment and --steps."""
    add, count, seed = parser.add_argument, _whole(1, 100_000), _whole(0, 2**53 - 1)
    add("--trials", metavar="N", type=count, default=50, help="how many sets of values are tried (50)")
    add("--method", choices=("random", "grid", "tpe"), default="random", help="how they are chosen (random)")
    add(
        "--vary",
        metavar="NAME[=LOW..HIGH[:log]]",
        action="append",
        default=[],
        help="what varies, again for each; without one the learning rate and the weight decay",
    )
    add("--validation", metavar="SHARE", type=float, help="keep this share of the samples for validation")
    add("--no-pruning", action="store_true", help="train hopeless trials to their end as well")
    add("--workers", metavar="K", type=count, default=os.cpu_count() or 1, help="processes (one for each core)")
    add("--seed", metavar="S", type=seed, default=1, help="the number that the trials are drawn from (1)")
    add("--storage", metavar="URL", help="the database, as Optuna names it; by default a file of SQLite")
    add("--out", metavar="DIR", type=Path, help="the folder for the files; made where it is missing")


def search_of(experiment: "Experiment", argument: str, options: argparse.Namespace) -> "SearchSpec":
    """The search that the options describe. Raises CommandError."""
    from msgspec import structs

    from model.experiment_file import ExperimentError, changed
    from model.search.search_spec import DEFAULT_STEPS, NO_VALIDATION, SearchSpec, problems
    from model.search.variables import default_axes

    if options.validation is not None:
        try:
            experiment = changed(experiment, data=structs.replace(experiment.data, validation=options.validation))
        except ExperimentError as error:
            raise CommandError(f"{argument}: --validation {options.validation:g}: {error.message}") from error
    axes = tuple(_axis(experiment, argument, text) for text in options.vary) or default_axes(experiment)
    spec = SearchSpec(
        experiment=experiment,
        axes=axes,
        method=options.method,
        trials=options.trials,
        steps=options.steps or experiment.stop.step or DEFAULT_STEPS,
        pruning=not options.no_pruning,
        seed=options.seed,
    )
    for problem in problems(spec):
        hint = " --validation 0.2 does so." if problem.source == NO_VALIDATION else ""
        raise CommandError(f"{argument}: {problem}{hint}")
    return spec


def _axis(experiment: "Experiment", argument: str, text: str) -> "AnyAxis":
    """`text` as on the command line: a name, and perhaps its bounds or its kinds. Raises CommandError."""
    from msgspec import structs

    from model.search.space import Choice, Range
    from model.search.variables import find, variables

    name, _, bounds = text.partition("=")
    found = find(experiment, name)
    if found is None:
        names = ", ".join(each.axis.path for each in variables(experiment))
        raise CommandError(f"{argument}: --vary {name}: there is no such hyperparameter, or several; there are {names}")
    axis = found.axis
    if not bounds:
        return axis
    if isinstance(axis, Choice):
        return structs.replace(axis, options=tuple(bounds.split(",")))
    match = re.fullmatch(r"(.+?)\.\.(.+?)(?::(log|linear))?", bounds)
    try:
        assert match is not None and isinstance(axis, Range)
        return structs.replace(axis, low=float(match[1]), high=float(match[2]), scale=match[3] or axis.scale)
    except (AssertionError, ValueError) as error:
        raise CommandError(f"--vary {text}: write the bounds as {name}=LOW..HIGH, with :log for a log scale") from error


def _whole(least: int, most: int) -> Callable[[str], int]:
    """A reader of whole numbers between these two."""

    def read(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            number = least - 1
        if not least <= number <= most:
            raise argparse.ArgumentTypeError(f"must be a whole number from {least:,} to {most:,}, not {text!r}")
        return number

    return read
