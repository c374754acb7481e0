"""Which branches of a timeline are kept, and how they share the memory that there is for checkpoints."""

from model.branch import Branch
from model.checkpoint import share_out

MOST_BRANCHES = 50  # beyond these one is forgotten


def keep(branch: Branch, branches: list[Branch], *, all_others: bool) -> None:
    """Add the one that is shown from now on. One too many: the least of the others goes, unless `all_others` stay."""
    branches.append(branch)
    if len(branches) > MOST_BRANCHES and not all_others:
        # One with a name goes last, before it the one just left, to which an undo goes back. Of equals the oldest goes.
        least = min(branches[:-1], key=lambda each: (each.name != "", each.number == branch.parent, each.own_steps))
        forget(least, branches)
    share_memory(branch, branches)


def forget(branch: Branch, branches: list[Branch]) -> None:
    """Remove it. Its children belong to its parent then, which they left at whichever step came first."""
    branches.remove(branch)
    for each in branches:
        if each.parent == branch.number:
            each.parent, each.parted_at = branch.parent, min(each.parted_at, branch.parted_at)


def share_memory(shown: Branch, branches: list[Branch]) -> None:
    """The one that is `shown` gets most."""
    share_out(shown.checkpoints, [each.checkpoints for each in branches if each is not shown])
