"""Class imbalance: one class is so frequent that the network does well by knowing no other.

With 95 % of the samples in one class, a network that always names it is right 95 % of the time, at a loss of 0.2, and
the gradient of the rare class is one part in twenty of every batch. The accuracy looks fine and means nothing; recall
and F1 of the rare class show it (see `class_scores`).

The measure is the number of training samples of the most frequent class over that of the rarest. The threshold is 4: of
two classes 80 % and 20 %, where always naming the first is right four times in five. The starters' data is balanced: 1
to 1.1.

Source: N. Japkowicz and S. Stephen, "The class imbalance problem: A systematic study", Intelligent Data Analysis 6
(2002) 429-449.
"""

from collections.abc import Iterator

import numpy as np

from model.diagnosis.evidence import Evidence
from model.diagnosis.finding import Finding
from model.message import QT_TRANSLATE_NOOP, Message, literal

ENOUGH = 20  # training samples: fewer are uneven by chance
UNEVEN = 4.0


def class_balance(evidence: Evidence) -> Iterator[Finding]:
    """Whether some class is much rarer than another in the training samples."""
    dataset, targets = evidence.experiment.data.dataset, evidence.parts.train.targets
    names = dataset.class_names
    if dataset.task != "classification" or len(targets) < ENOUGH:
        return
    counts = np.bincount(targets.astype(np.intp), minlength=len(names))
    most, least = int(counts.argmax()), int(counts.argmin())
    if counts[most] < UNEVEN * max(1, counts[least]):
        return
    source = QT_TRANSLATE_NOOP(
        "model",
        "{frequent:.0f} % of the training samples are of class {most}, only {rare:.1f} % of class {least}: always "
        "naming the first would look good.",
    )
    share, rare = float(counts[most] / len(targets)), float(counts[least] / len(targets))
    values: dict[str, object] = {"frequent": 100 * share, "rare": 100 * rare, "most": literal(names[most])}
    sentence = Message(source, values | {"least": literal(names[least])})
    advice = QT_TRANSLATE_NOOP(
        "model", "Judge by recall and F1 of each class in place of the accuracy, and collect more of the rare class."
    )
    yield Finding("class imbalance", share, sentence, Message(advice), "data")
