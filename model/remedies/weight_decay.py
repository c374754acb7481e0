"""Weight decay: large weights have a price (see `regularization`).

To learn a single odd sample by heart a network must bend sharply, and that takes large weights. Where every weight is
pulled towards zero, in proportion to its size, only what many samples ask for is strong enough to hold it up.
"""

from typing import Annotated, ClassVar

from msgspec import structs

from model.experiment import Experiment
from model.hyperparameter import hyperparameter
from model.message import QT_TRANSLATE_NOOP
from model.remedies.remedy import Remedy


class WeightDecay(Remedy, tag="weight_decay", frozen=True):
    """The L2 penalty of the experiment becomes this one."""

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "Weight decay")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model",
        "Every update pulls each weight towards zero in proportion to its size: bending sharply for a single sample "
        "has a price.",
    )

    called: ClassVar[str] = QT_TRANSLATE_NOOP("model", "Weight decay of {value}")

    rate: Annotated[
        float,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "lambda"),
            QT_TRANSLATE_NOOP(
                "model",
                "The price of the squared weights (L2). Too small: nothing changes; too large: nothing is learnt.",
            ),
            above=0,
            at_most=10,
            scale="log",
        ),
    ] = 0.003

    def applied(self, experiment: Experiment) -> Experiment:
        priced = structs.replace(experiment.regularization, l2=self.rate)
        return structs.replace(experiment, regularization=priced)
