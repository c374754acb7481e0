"""More training samples: the best remedy, and the dearest.

Every further sample is one more that the same weights have to explain. The accidents of single samples average out;
what they have in common stays.

Where the experiment limits its training samples, the limit is raised: the network learns from the same ones and some
besides, and is measured on the same validation part. Synthetic data without a limit are drawn anew, as many as it
takes; then the validation part has other samples too, and as many more.
"""

from typing import Annotated, ClassVar

from msgspec import structs

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

    called: ClassVar[str] = QT_TRANSLATE_NOOP("model", "Learning from {n} samples")

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
            samples = min(MOST, round(self.samples / _share(experiment)))
            data = structs.replace(data, dataset=structs.replace(dataset, samples=max(samples, 1)))
        return structs.replace(experiment, data=data)

    def obstacle(self, experiment: Experiment) -> Message | None:
        limit, dataset = experiment.data.training_samples, experiment.data.dataset
        if limit is None and not isinstance(dataset, Synthetic):
            text = QT_TRANSLATE_NOOP(
                "model", "The network learns from all samples that there are; limit its training samples first (Data)."
            )
            return Message(text)
        now = round(dataset.samples * _share(experiment)) if limit is None and isinstance(dataset, Synthetic) else limit
        if now is None or self.samples > now:
            return None
        text = QT_TRANSLATE_NOOP("model", "The network learns from {count:,} samples already: take a larger number.")
        return Message(text, {"count": now})


def _share(experiment: Experiment) -> float:
    """Of the samples, what is left for training."""
    return 1 - experiment.data.validation - experiment.data.test
