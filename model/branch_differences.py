"""What parts branches from each other, in words: in the experiments that they began as, and on the way."""

from collections.abc import Sequence

from model.branch import BranchView
from model.experiment import Experiment
from model.experiment_differences import NOT_THERE, Difference, differences, listed
from model.interventions import AnyIntervention, in_force, in_words
from model.message import QT_TRANSLATE_NOOP, Message

MOST_CHANGES = 8  # of a branch that are listed: a slider dragged while the network learns makes hundreds
MOST_NAMED = 2  # differences that make up the name of a run


def branch_differences(views: Sequence[BranchView]) -> list[Difference]:
    """The fields that differ, and as a last row the interventions that not all of them have."""
    found = differences([each.experiment for each in views])
    first = views[0].interventions if views else ()
    shared = [each for each in first if all(each in view.interventions for view in views)]
    own = [_interventions_in_words(view.experiment, view.interventions, shared) for view in views]
    if any(own):
        label = Message(QT_TRANSLATE_NOOP("model", "changed on the way"))
        found.append(Difference(label, tuple(listed(each, "\n") if each else NOT_THERE for each in own)))
    return found


def what_parted(view: BranchView, views: Sequence[BranchView]) -> Message:
    """In a few words, what makes this branch another one than those before it: its name, until a person gives one."""
    if view.parent is not None:
        values: dict[str, object] = {"change": view.parted_by, "step": view.parted_at, "parent": view.parent}
        if view.parted_by is None:
            return Message(QT_TRANSLATE_NOOP("model", "from step {step:,} of {parent}"), values)
        return Message(QT_TRANSLATE_NOOP("model", "{change} at step {step:,}"), values)
    first = next(each for each in views if each.parent is None)
    if view is first:
        return Message(QT_TRANSLATE_NOOP("model", "first run"))
    changes = [
        Message("{name}: {before} → {after}", {"name": each.label, "before": each.values[0], "after": each.values[1]})
        for each in differences([first.experiment, view.experiment])
    ]
    if not changes:
        return Message(QT_TRANSLATE_NOOP("model", "as the first run began"))
    return listed([*changes[:MOST_NAMED], *([Message("…")] if len(changes) > MOST_NAMED else [])])


def _interventions_in_words(
    experiment: Experiment, interventions: Sequence[AnyIntervention], left_out: Sequence[AnyIntervention]
) -> list[Message]:
    """One line an intervention, what it changed and when."""
    found: list[Message] = []
    for each in interventions:
        if each not in left_out:
            values: dict[str, object] = {"change": in_words(each, experiment), "step": each.step}
            found.append(Message(QT_TRANSLATE_NOOP("model", "{change} at step {step:,}"), values))
        experiment = in_force(experiment, [each])
    if len(found) > MOST_CHANGES:
        left = len(found) - MOST_CHANGES
        more = Message(QT_TRANSLATE_NOOP("model", "and {left:,} more"), {"left": left})
        return [*found[:MOST_CHANGES], more]
    return found
