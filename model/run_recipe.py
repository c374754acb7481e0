"""The recipe of a run as JSON: `run.json`, all that is needed to have every number of it again.

    {"format": "downhill-run", "version": 1, "current": 0, "position": 312,
     "branches": [{"name": "...", "experiment": {...}, "interventions": [{"type": "optimizer", "step": 312, ...}],
                   "steps": 5000, "parent": null, "parted_at": 0, "arrays": ["parameters", "losses", ...]}]}

It stands in a run's file beside the arrays, and alone where a run is saved every few seconds. A recipe from outside is
never trusted: after every field on its own, the fields are checked against each other, and an experiment and its
interventions go through every check that an experiment's file goes through.
"""

from typing import Annotated, Literal, cast

import msgspec

from model.experiment import Experiment
from model.experiment_file import ExperimentError, from_json, from_plain
from model.hyperparameter import Spec
from model.interventions import AnyIntervention
from model.kept_branches import MOST_BRANCHES
from model.message import QT_TRANSLATE_NOOP, Message
from model.recipe_fitting import problems
from model.saved_run import SavedBranch, SavedRun
from model.validation import explain

FORMAT = "downhill-run"
VERSION: Literal[1] = 1
MOST_BYTES = 16 * 2**20  # of run.json: read, lists of lists take some thirty times that

Steps = Annotated[int, msgspec.Meta(ge=0, le=10**12)]
# What may stand beside the recipe: `arrays` of a branch says which of them its file holds.
Cached = Literal["parameters", "losses", "squares", "evaluations", "checkpoints"]


class RunFileError(Exception):
    """A run's file that cannot be read or written: `place` in it, `message` says why in one sentence.

    `place` is a place in the recipe ("$.branches[0].steps"), a member of the zip ("run.json") or the file's name.
    """

    def __init__(self, place: str, message: Message) -> None:
        super().__init__(f"{place}: {message}")
        self.place = place
        self.message = message


class BranchRecipe(Spec, tag=False, frozen=True, kw_only=True):
    """One branch; the fields are those of `SavedBranch`."""

    name: str
    experiment: Experiment
    interventions: tuple[AnyIntervention, ...] = ()
    steps: Steps
    parent: Annotated[int, msgspec.Meta(ge=0)] | None = None
    parted_at: Steps = 0
    arrays: tuple[Cached, ...] = ()

    def saved(self) -> SavedBranch:
        """The branch without its arrays."""
        return SavedBranch(self.name, self.experiment, self.interventions, self.steps, self.parent, self.parted_at)


class Recipe(Spec, tag_field="format", tag=FORMAT, frozen=True, kw_only=True):
    """All branches, which of them is shown, and at which step it stands."""

    version: Literal[1] = VERSION
    current: Annotated[int, msgspec.Meta(ge=0)]
    position: Steps
    branches: Annotated[tuple[BranchRecipe, ...], msgspec.Meta(min_length=1, max_length=MOST_BRANCHES)]

    def saved(self) -> SavedRun:
        """The run without its arrays."""
        return SavedRun(tuple(branch.saved() for branch in self.branches), self.current, self.position)


def recipe_json(saved: SavedRun) -> bytes:
    """`run.json` without a word of arrays. Raises RunFileError where the run is none that could be read again."""
    return to_json(recipe_of(saved))


def from_recipe_json(text: bytes) -> SavedRun:
    """Read `run.json` alone. Raises RunFileError with one sentence and the place."""
    return from_text(text).saved()


def recipe_of(saved: SavedRun, arrays: tuple[tuple[Cached, ...], ...] = ()) -> Recipe:
    """The recipe of a run; `arrays`: for each branch what stands beside it. Raises RunFileError, see `recipe_json`."""
    recipe = Recipe(
        current=saved.current,
        position=saved.position,
        branches=tuple(
            BranchRecipe(
                name=branch.name.encode(errors="replace").decode(),  # half a letter is none in UTF-8
                experiment=branch.experiment,
                interventions=branch.interventions,
                steps=branch.steps,
                parent=branch.parent,
                parted_at=branch.parted_at,
                arrays=arrays[place] if arrays else (),
            )
            for place, branch in enumerate(saved.branches)
        ),
    )
    return _from_plain(msgspec.to_builtins(recipe))  # what is written can be read


def to_json(recipe: Recipe) -> bytes:
    """Indented, every field written, by name. Raises RunFileError where it is longer than may be read."""
    text = msgspec.json.format(msgspec.json.encode(recipe), indent=2) + b"\n"
    _check_length(text)
    return text


def from_text(text: bytes) -> Recipe:
    """Read and check `run.json`. Raises RunFileError."""
    _check_length(text)
    try:
        text.decode()  # msgspec looks at the letters of texts only
        raw: object = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        _refuse_as_json(text)
        raise
    return _from_plain(raw)


def _refuse_as_json(text: bytes) -> None:
    """An experiment's reader stumbles over the same letter, and says so in words."""
    try:
        from_json(text)
    except ExperimentError as error:
        raise RunFileError(error.place, error.message) from error


def _from_plain(raw: object) -> Recipe:
    _check_versions(raw)
    try:
        recipe = msgspec.convert(raw, Recipe)
    except msgspec.ValidationError as error:
        raise RunFileError(*explain(str(error), Recipe, raw)) from error
    for place, message in problems(recipe.saved()):
        raise RunFileError(place, message)
    return recipe


def _check_versions(raw: object) -> None:
    """Before anything else: a file of another version, or its experiments, may have fields that are not known here."""
    fields = cast("dict[str, object]", raw) if isinstance(raw, dict) else {}
    version, branches = fields.get("version", VERSION), fields.get("branches")
    if fields.get("format") == FORMAT and type(version) is int and version != VERSION:
        raise RunFileError("$.version", _wrong_version(version))
    some = cast("list[object]", branches)[:MOST_BRANCHES] if isinstance(branches, list | tuple) else []
    for place, branch in enumerate(some):
        if isinstance(branch, dict) and "experiment" in branch:
            try:
                from_plain(cast("dict[str, object]", branch)["experiment"])
            except ExperimentError as error:
                within = error.place.removeprefix("$")
                raise RunFileError(f"$.branches[{place}].experiment{within}", error.message) from error


def _check_length(text: bytes) -> None:
    if len(text) > MOST_BYTES:
        message = QT_TRANSLATE_NOOP("model", "the recipe is too long: {found:,} bytes, at most {most:,} are allowed")
        raise RunFileError("$", Message(message, {"found": len(text), "most": MOST_BYTES}))


def _wrong_version(version: int) -> Message:
    return Message(
        QT_TRANSLATE_NOOP("model", "the file is of version {version}, this Downhill reads version {known}; update it"),
        {"version": version, "known": VERSION},
    )
