"""How branches belong together: each but the first of a run left another one, at some step."""

from collections.abc import Iterator, Sequence

from model.branch import BranchView


def shared_steps(views: Sequence[BranchView], one: BranchView, other: BranchView) -> int:
    """How many first steps two branches have in common; 0 for runs that have nothing to do with each other.

    Each goes back to its parent, to the parent of that and so on; what it shares with them is as much as the earliest
    parting on the way left. The first branch that both come to is the one whose steps they share.
    """
    met = dict(_ancestry(views, one))
    for number, steps in _ancestry(views, other):
        if number in met:
            return min(steps, met[number])
    return 0


def _ancestry(views: Sequence[BranchView], view: BranchView) -> Iterator[tuple[int, int]]:
    """The branch itself and all that it comes from: the number of each, and how many first steps it has of it."""
    by_number = {each.number: each for each in views}
    steps = view.record.steps
    yield view.number, steps
    while view.parent in by_number:
        steps = min(steps, view.parted_at)
        view = by_number[view.parent]
        yield view.number, steps
