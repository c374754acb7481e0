"""The starter experiments, in the order of the gallery: from the easiest to the one with the most weights."""

from dataclasses import dataclass
from pathlib import Path

from model.experiment import Experiment
from model.experiment_file import from_json

FOLDER = Path(__file__).parents[1] / "resources" / "experiments"


@dataclass(frozen=True)
class Starter:
    """One starter: its file, and where its lesson is seen."""

    file: str
    watch: str = ""  # what must be in view, such as "gradients"; "": what always is

    @property
    def path(self) -> Path:
        return FOLDER / self.file


STARTERS: dict[str, Starter] = {
    "linear": Starter("linear.json"),
    "xor": Starter("xor.json"),
    "spiral": Starter("spiral.json"),
    "vanishing": Starter("vanishing.json", watch="gradients"),
    "diverging": Starter("diverging.json"),
    "curve": Starter("curve.json"),
    "iris": Starter("iris.json"),
    "digits": Starter("digits.json"),
    "init": Starter("init.json", watch="init"),
    "overfit": Starter("overfit.json", watch="overfit"),
    "cnn-digits": Starter("cnn-digits.json", watch="cnn"),
    "cnn-mnist": Starter("cnn-mnist.json", watch="cnn"),
}


def starter(name: str) -> Experiment:
    """The starter experiment of this name. Raises KeyError where there is none."""
    return from_json(STARTERS[name].path.read_bytes())
