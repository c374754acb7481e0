"""Early stopping: the weights of the lowest validation loss are kept (see `stopping`).

What is learnt first is what many samples have in common; the accidents of single ones come later. Whoever stops between
the two keeps the one without the other.
"""

from typing import Annotated, ClassVar

from msgspec import structs

from model.experiment import Experiment
from model.hyperparameter import hyperparameter
from model.message import QT_TRANSLATE_NOOP
from model.remedies.remedy import Remedy


class EarlyStopping(Remedy, tag="early_stopping", frozen=True):
    """The patience of the experiment becomes this one."""

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "Early stopping")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model",
        "Training ends when the validation loss has stopped falling, and the weights of its lowest point are kept.",
    )

    called: ClassVar[str] = QT_TRANSLATE_NOOP("model", "Early stopping (weights of step {step})")

    patience: Annotated[
        int,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "patience"),
            QT_TRANSLATE_NOOP(
                "model", "Training ends after so many evaluations in a row without a new lowest validation loss."
            ),
            at_least=1,
            at_most=1_000_000,
        ),
    ] = 20

    def applied(self, experiment: Experiment) -> Experiment:
        return structs.replace(experiment, stop=structs.replace(experiment.stop, patience=self.patience))
