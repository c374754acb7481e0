"""Units that are flat: dead ReLUs and saturated outputs. What both are, and how they are counted: `model.saturation`.

**Dead.** A ReLU that is 0 for every training sample gets no gradient, and stays so as long as what comes before it
does. Some are no harm: the network has the others. In runs of the starters that learn well up to 56 % of a column were
dead for a while (a convolutional network after 70 steps), and more samples found fewer. So a share of dead units alone
proves nothing; it matters where the network does not learn:

    at once            90 % of a column: hardly anything passes through it
    after 100 steps    40 %: the share that is reached, says the course that made the term popular, "if the learning
                       rate is set too high"

**Saturated.** A sigmoid or tanh far out hands on less than 1 % of its gradient. Where half of all outputs of a column
do, most of what the layers before could learn is lost. But a network that has learnt *is* saturated, for it is sure of
itself (in a learnt spiral up to 70 % of the outputs). While there is still much to learn, the starters have at most
31 % of a column saturated.

Both count only while there is much to learn (see `Evidence.much_to_learn`).

Sources: A. Karpathy et al., "CS231n: Neural Networks Part 1", Stanford (2015), section on ReLU; X. Glorot, Y. Bengio,
"Understanding the difficulty of training deep feedforward neural networks", 2010, section 3 (saturation).
"""

from collections.abc import Iterator

from model.column_names import column_name
from model.diagnosis.evidence import Evidence
from model.diagnosis.finding import Finding, Kind
from model.diagnosis.sampled_network import ActiveColumn
from model.message import QT_TRANSLATE_NOOP, Message
from model.saturation import in_words

DEAD, NEARLY_ALL = 0.4, 0.9  # of the units of a column
PATIENCE = 100  # steps in which a network may show that it learns in spite of its dead units
SATURATED = 0.5  # of the outputs of a column


def flat_units(evidence: Evidence) -> Iterator[Finding]:
    """The column with most dead units, and the one with most saturated outputs, where they are too many."""
    if not evidence.sampled.is_enough or not evidence.much_to_learn:
        return
    columns = evidence.sampled.columns(evidence.snapshot.numbers)
    dying = max((each for each in columns if each.activation.can_die), key=_dead, default=None)
    if dying is not None and _dead(dying) >= (DEAD if evidence.steps >= PATIENCE else NEARLY_ALL):
        advice = QT_TRANSLATE_NOOP(
            "model",
            "They hardly come back: start again with a smaller learning rate or initial weights after He, or take "
            "leaky ReLU.",
        )
        yield _finding("dead ReLUs", _dead(dying), dying, advice)
    bounded = max((each for each in columns if not each.activation.can_die), key=_saturated, default=None)
    if bounded is not None and _saturated(bounded) >= SATURATED:
        advice = QT_TRANSLATE_NOOP(
            "model", "Start with smaller weights (Xavier), standardize the inputs, or lower the learning rate."
        )
        yield _finding("saturated units", _saturated(bounded), bounded, advice)


def _finding(kind: Kind, number: float, where: ActiveColumn, advice: str) -> Finding:
    sentence = in_words(where.found, where.activation, column_name(where.column, where.columns))
    return Finding(kind, number, sentence, Message(advice), "activation", where.column, where.flattest)


def _dead(column: ActiveColumn) -> float:
    return column.found.dead / column.found.units


def _saturated(column: ActiveColumn) -> float:
    return column.found.share
