"""The epochs of the branch that is shown."""

from gui.run import Progress
from model.branch import BranchView
from model.epochs import Epochs


class ShownEpochs:
    """Finds them again only when the branch was changed, so it may be asked at every frame."""

    def __init__(self) -> None:
        self._of: BranchView | None = None
        self._epochs: Epochs | None = None

    def at(self, progress: Progress) -> Epochs:
        view = next((each for each in progress.branches if each.number == progress.branch), None)
        if self._epochs is None or view is None or view is not self._of:
            self._of = view
            # A run without a window has no branches, and was not changed on the way.
            recipe = (view.experiment, view.interventions) if view else (progress.run.experiment, ())
            self._epochs = Epochs.of(*recipe)
        return self._epochs
