"""The starter experiments, in the order of the gallery: from the easiest to the one with the most weights."""

from pathlib import Path

from model.experiment import Experiment
from model.experiment_file import from_json

FOLDER = Path(__file__).parents[1] / "resources" / "experiments"
NAMES = ("linear", "xor", "spiral", "vanishing", "diverging", "curve", "iris", "digits")

STARTERS: dict[str, Path] = {name: FOLDER / f"{name}.json" for name in NAMES}


def starter(name: str) -> Experiment:
    """The starter experiment of this name. Raises KeyError where there is none."""
    return from_json(STARTERS[name].read_bytes())
