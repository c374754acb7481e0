"""The recipe of a run as JSON: `run.json`, all that is needed to have every number of it again.

    {"format": "downhill-run", "version": 1, "current": 0, "position": 312,
     "branches": [{"name": "...", "experiment": {...}, "interventions": [{"type": "optimizer", "step": 312, ...}],
                   "steps": 5000, "parent": null, "parted_at": 0, "inherited": 0,
                   "arrays": ["parameters", "losses", ...]}]}

The interventions that a branch begins with as its parent does are not written once more: it has the first `inherited`
ones of its parent's, then its own. A slider that is dragged while the network learns makes thousands.

It stands in a run's file beside the arrays, and alone where a run is saved every few seconds. A recipe from outside is
never trusted: after every field on its own, the fields are checked against each other, and an experiment and its
interventions go through every check that an experiment's file goes through.
"""

from typing import Annotated, Literal, cast

import msgspec

from model.experiment import Experiment
from model.experiment_file import ExperimentError, encoded, from_json, from_plain
from model.hyperparameter import Spec
from model.interventions import AnyIntervention
from model.kept_branches import MOST_BRANCHES
from model.message import QT_TRANSLATE_NOOP, Message
from model.recipe_fitting import problems
from model.saved_run import SavedBranch, SavedRun, inherited
from model.validation import explain

FORMAT = "downhill-run"
VERSION: Literal[1] = 1
MOST_BYTES = 64 * 2**20  # of run.json that is read: lists of lists take some thirty times that
MOST_INTERVENTIONS = 10**7  # of all branches that are read, with those that they inherit
LONG = 2**20  # bytes; a longer one is written without line breaks

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
    """One branch; the fields are those of `SavedBranch`, but for the interventions that it has of its parent."""

    name: str
    experiment: Experiment
    interventions: tuple[AnyIntervention, ...] = ()
    steps: Steps
    parent: Annotated[int, msgspec.Meta(ge=0)] | None = None
    parted_at: Steps = 0
    inherited: Annotated[int, msgspec.Meta(ge=0)] = 0
    arrays: tuple[Cached, ...] = ()

    def saved(self, before: list[SavedBranch]) -> SavedBranch:
        """The branch without its arrays; `before`: those that stand before it."""
        known = before[self.parent].interventions if self.parent is not None and self.parent < len(before) else ()
        interventions = (*known[: self.inherited], *self.interventions)
        return SavedBranch(self.name, self.experiment, interventions, self.steps, self.parent, self.parted_at)


class Recipe(Spec, tag_field="format", tag=FORMAT, frozen=True, kw_only=True):
    """All branches, which of them is shown, and at which step it stands."""

    version: Literal[1] = VERSION
    current: Annotated[int, msgspec.Meta(ge=0)]
    position: Steps
    branches: Annotated[tuple[BranchRecipe, ...], msgspec.Meta(min_length=1, max_length=MOST_BRANCHES)]

    def interventions(self) -> list[int]:
        """How many each branch has, with those that it inherits."""
        counts: list[int] = []
        for branch in self.branches:
            known = counts[branch.parent] if branch.parent is not None and branch.parent < len(counts) else 0
            counts.append(min(branch.inherited, known) + len(branch.interventions))
        return counts

    def saved(self) -> SavedRun:
        """The run without its arrays."""
        branches: list[SavedBranch] = []
        for branch in self.branches:
            branches.append(branch.saved(branches))
        return SavedRun(tuple(branches), self.current, self.position)


def recipe_json(saved: SavedRun) -> bytes:
    """`run.json` without a word of arrays. Raises RunFileError where the run is none that could be read again.

    However long it has become, it is not refused for that.
    """
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
                interventions=branch.interventions[(known := inherited(branch, saved)) :],
                steps=branch.steps,
                parent=branch.parent,
                parted_at=branch.parted_at,
                inherited=known,
                arrays=arrays[place] if arrays else (),
            )
            for place, branch in enumerate(saved.branches)
        ),
    )
    return _from_plain(msgspec.to_builtins(recipe))  # what is written can be read


def to_json(recipe: Recipe) -> bytes:
    """Indented where it is not long, every field written, by name."""
    text = encoded(recipe)
    return (text if len(text) > LONG else msgspec.json.format(text, indent=2)) + b"\n"


def from_text(text: bytes) -> Recipe:
    """Read and check `run.json`. Raises RunFileError."""
    if len(text) > MOST_BYTES:
        message = QT_TRANSLATE_NOOP("model", "the recipe is too long: {found:,} bytes, at most {most:,} are allowed")
        raise RunFileError("$", Message(message, {"found": len(text), "most": MOST_BYTES}))
    try:
        text.decode()  # msgspec looks at the letters of texts only
        raw: object = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        _refuse_as_json(text)
        raise
    return _from_plain(raw, MOST_INTERVENTIONS)


def _refuse_as_json(text: bytes) -> None:
    """An experiment's reader stumbles over the same letter, and says so in words."""
    try:
        from_json(text)
    except ExperimentError as error:
        raise RunFileError(error.place, error.message) from error


def _from_plain(raw: object, most: int | None = None) -> Recipe:
    """`most`: how many interventions there may be."""
    _check_versions(raw)
    try:
        recipe = msgspec.convert(raw, Recipe)
    except msgspec.ValidationError as error:
        raise RunFileError(*explain(str(error), Recipe, raw)) from error
    if most is not None and (found := sum(recipe.interventions())) > most:
        message = QT_TRANSLATE_NOOP("model", "there are {found:,} interventions; at most {most:,} are allowed")
        raise RunFileError("$.branches", Message(message, {"found": found, "most": most}))
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
                from_plain(cast("dict[str, object]", branch)["experiment"], in_a_run=True)
            except ExperimentError as error:
                within = error.place.removeprefix("$")
                raise RunFileError(f"$.branches[{place}].experiment{within}", error.message) from error


def _wrong_version(version: int) -> Message:
    return Message(
        QT_TRANSLATE_NOOP("model", "the file is of version {version}, this Downhill reads version {known}; update it"),
        {"version": version, "known": VERSION},
    )
