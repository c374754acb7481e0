"""Do the parts of a run's recipe fit together? A problem is a place in `run.json` and a sentence, as in `fitting`."""

import math
from collections.abc import Iterator

from model import fitting
from model.arrays import Shape
from model.experiment import Experiment
from model.fitting import Problem, input_shape
from model.interventions import ChangeData, SetParameter, in_force
from model.message import QT_TRANSLATE_NOOP, Message
from model.parameters import Layout
from model.saved_run import SavedBranch, SavedRun, inherited


def problems(run: SavedRun) -> Iterator[Problem]:
    """Every reason why this cannot have been a run; its experiments, as they began, are checked already."""
    for place, branch in enumerate(run.branches):
        yield from _parting(f"$.branches[{place}]", place, run.branches)
        yield from _interventions(f"$.branches[{place}]", branch, inherited(branch, run))
    if run.current >= len(run.branches):
        message = QT_TRANSLATE_NOOP("model", "there is no branch {found}; the last one is {last}")
        yield "$.current", Message(message, {"found": run.current, "last": len(run.branches) - 1})
    elif run.position > (steps := run.branches[run.current].steps):
        yield "$.position", _beyond(run.position, steps)


def layout(experiment: Experiment) -> Layout:
    """Where each layer's arrays lie in the parameter vector, without making one. Raises ShapeError."""
    layers, before = experiment.network.layers, shapes_before(experiment)
    return Layout([layer.parameter_shapes(shape) for layer, shape in zip(layers, before, strict=True)])


def state_layout(experiment: Experiment) -> Layout:
    """The same for the state vector."""
    layers, before = experiment.network.layers, shapes_before(experiment)
    return Layout([layer.state_shapes(shape) for layer, shape in zip(layers, before, strict=True)])


def shapes_before(experiment: Experiment) -> list[Shape]:
    """The shape of a sample in front of each layer. Raises ShapeError."""
    shapes = [input_shape(experiment)]
    for layer in experiment.network.layers:
        shapes.append(layer.output_shape(shapes[-1]))
    return shapes[:-1]


def _parting(at: str, place: int, branches: tuple[SavedBranch, ...]) -> Iterator[Problem]:
    branch = branches[place]
    if branch.parent is None:
        return
    if branch.parent >= place:
        message = QT_TRANSLATE_NOOP("model", "a branch leaves one that stands before it in the file, {found} does not")
        yield f"{at}.parent", Message(message, {"found": branch.parent})
        return
    steps = min(branch.steps, branches[branch.parent].steps)
    if branch.parted_at > steps:
        yield f"{at}.parted_at", _beyond(branch.parted_at, steps)


def _interventions(at: str, branch: SavedBranch, known: int) -> Iterator[Problem]:
    """The first `known` ones are those of its parent, and checked there but for how far it was trained."""
    experiment = in_force(branch.experiment, branch.interventions[:known])
    shapes = {(entry.layer, entry.name): entry.shape for entry in layout(experiment).entries}
    before = 0
    for number, each in enumerate(branch.interventions):
        place = f"{at}.interventions[{number}]"
        if each.step < before:
            message = QT_TRANSLATE_NOOP("model", "the one before it was at step {before}: {found} is out of order")
            yield f"{place}.step", Message(message, {"before": before, "found": each.step})
        elif each.step > branch.steps:
            yield f"{place}.step", _beyond(each.step, branch.steps)
        before = each.step
        if number < known:
            continue
        yield from _parameter(place, each, shapes) if isinstance(each, SetParameter) else ()
        # What it makes of the experiment must be one that can run; an update or a batch size fits any network.
        after = in_force(experiment, [each])
        data_problems = list(_data(place, each, experiment, after)) if isinstance(each, ChangeData) else []
        yield from data_problems
        experiment = experiment if data_problems else after


def _data(place: str, change: ChangeData, before: Experiment, after: Experiment) -> Iterator[Problem]:
    """Samples of another kind would need another network."""
    kinds = [(input_shape(each), each.data.dataset.task) for each in (before, after)]
    if kinds[0] != kinds[1]:
        message = QT_TRANSLATE_NOOP("model", "other data of a run must be of the same shape and task as before")
        yield f"{place}.data", Message(message)
    elif change.data != before.data:
        for where, message in fitting.problems(after):
            inside = where.startswith("$.data")
            yield place + where.removeprefix("$") if inside else place, message


def _parameter(place: str, change: SetParameter, shapes: dict[tuple[int, str], Shape]) -> Iterator[Problem]:
    shape = shapes.get((change.layer, change.name))
    if shape is None:
        name = f'layers[{change.layer}]."{change.name[:40]}"'
        message = QT_TRANSLATE_NOOP("model", "the network has no parameters {name}")
        yield f"{place}.name", Message(message, {"name": name})
    elif len(change.at) != len(shape) or any(i >= size for i, size in zip(change.at, shape, strict=True)):
        message = QT_TRANSLATE_NOOP("model", "there is no number at {found} in an array of {shape}")
        yield f"{place}.at", Message(message, {"found": list(change.at), "shape": " × ".join(map(str, shape))})
    if not math.isfinite(change.value):
        yield f"{place}.value", Message(QT_TRANSLATE_NOOP("model", "must be a finite number"))


def _beyond(step: int, steps: int) -> Message:
    message = QT_TRANSLATE_NOOP("model", "step {step:,} lies behind the last one, {steps:,}")
    return Message(message, {"step": step, "steps": steps})
