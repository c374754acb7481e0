"""What a remedy against overfitting is: an experiment in, the experiment with one thing changed out.

A network *overfits* where it does much better on the samples that it learns from than on others: it has learnt them by
heart, with their accidents. What is said of it is the *gap* between the two (see `generalization_gap`). A remedy makes
that harder: it takes freedom from the weights, disturbs the learning, ends it in time, or brings more samples.

Data, seeds and initial weights stay those of the experiment, so a difference between the two runs is due to the remedy.
"""

from typing import ClassVar

from model.experiment import Experiment
from model.hyperparameter import Spec
from model.message import Message


class Remedy(Spec, frozen=True):
    """A remedy and its hyperparameter."""

    called: ClassVar[str]  # how a sentence about it begins; may have the gaps {value}, {n} samples and {step}

    def applied(self, experiment: Experiment) -> Experiment:
        """The experiment with this remedy, not yet checked. Only where there is no `obstacle`."""
        raise NotImplementedError

    def obstacle(self, experiment: Experiment) -> Message | None:
        """Why it can do nothing for this experiment, in a sentence; None where it can."""
        return None
