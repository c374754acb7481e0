"""More training samples: the best remedy, and the dearest.

Every further sample is one more that the same weights have to explain. The accidents of single samples average out;
what they have in common stays.

Where the experiment limits its training samples, the limit is raised: the network learns from the same ones and some
besides, and is measured on the same validation part. Synthetic data without a limit are drawn anew, as many as it
takes; then the validation part has other samples too, and as many more.
"""

from typing import Annotated, ClassVar

from msgspec import structs

from model.data import load
from model.datasets.dataset import Synthetic
from model.experiment import Experiment
from model.hyperparameter import hyperparameter
from model.message import QT_TRANSLATE_NOOP, Message
from model.remedies.remedy import Remedy

MOST = 100_000  # samples of a synthetic data set


class MoreData(Remedy, tag="more_data", frozen=True):
    """So many training samples instead of those that there are."""

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "More data")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model",
        "More training samples: the accidents of single ones average out, what they have in common stays. As many as "
        "there are where fewer are left.",
    )

    samples: Annotated[
        int,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "training samples"),
            QT_TRANSLATE_NOOP("model", "How many samples the network learns from."),
            at_least=1,
            at_most=MOST,
            scale="log",
        ),
    ] = 1000

    def applied(self, experiment: Experiment) -> Experiment:
        data, dataset = experiment.data, experiment.data.dataset
        if data.training_samples is not None:
            data = structs.replace(data, training_samples=self.samples)
        elif isinstance(dataset, Synthetic):
            share = 1 - data.validation - data.test
            samples = min(MOST, max(1, round(self.samples / share)))
            data = structs.replace(data, dataset=structs.replace(dataset, samples=samples))
        return structs.replace(experiment, data=data)

    def obstacle(self, experiment: Experiment) -> Message | None:
        limited = experiment.data.training_samples is not None
        if not limited and not isinstance(experiment.data.dataset, Synthetic):
            text = QT_TRANSLATE_NOOP(
                "model", "The network learns from all of them already; limit its training samples first."
            )
            return Message(text)
        now = len(load(experiment.data).train.inputs)
        if len(load(self.applied(experiment).data).train.inputs) > now:
            return None
        more = QT_TRANSLATE_NOOP("model", "The network learns from {count:,} samples already: take a larger number.")
        if limited and self.samples > now:
            more = QT_TRANSLATE_NOOP(
                "model", "There are only {count:,} training samples, and it learns from all of them."
            )
        return Message(more, {"count": now})
