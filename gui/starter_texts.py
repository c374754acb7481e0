"""What the start page says of each starter experiment: a title and three sentences."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from model.message import QT_TRANSLATE_NOOP


@dataclass(frozen=True)
class StarterText:
    """English sources, marked for translation."""

    title: str
    watch: str  # what to look at while it learns
    change: str  # what to try
    expect: str  # what should happen

    @property
    def sentences(self) -> tuple[str, str, str]:
        return self.watch, self.change, self.expect


STARTER_TEXTS: dict[str, StarterText] = {
    "linear": StarterText(
        QT_TRANSLATE_NOOP("starters", "A straight line"),
        QT_TRANSLATE_NOOP("starters", "Watch the boundary turn until it lies between the two clouds."),
        QT_TRANSLATE_NOOP("starters", "Change the data to XOR, which no straight line parts."),
        QT_TRANSLATE_NOOP("starters", "The clouds part without a hidden layer; XOR stays at chance."),
    ),
    "xor": StarterText(
        QT_TRANSLATE_NOOP("starters", "A hidden layer for XOR"),
        QT_TRANSLATE_NOOP("starters", "Watch every hidden neuron find a line of its own."),
        QT_TRANSLATE_NOOP("starters", "Change the network: remove the hidden layer."),
        QT_TRANSLATE_NOOP("starters", "The lines join to part the corners; without them it fails."),
    ),
    "spiral": StarterText(
        QT_TRANSLATE_NOOP("starters", "The spiral"),
        QT_TRANSLATE_NOOP("starters", "Watch the boundary bend and wind in between the two arms."),
        QT_TRANSLATE_NOOP("starters", "Change the noise, or take neurons away."),
        QT_TRANSLATE_NOOP("starters", "Both arms are learnt in the end; a small network cuts corners."),
    ),
    "vanishing": StarterText(
        QT_TRANSLATE_NOOP("starters", "The vanishing gradient"),
        QT_TRANSLATE_NOOP("starters", "Watch the gradient norms: each layer gets less than the next."),
        QT_TRANSLATE_NOOP("starters", "Change the activation of all hidden layers to tanh."),
        QT_TRANSLATE_NOOP("starters", "The first layers stand still; with tanh all of them learn."),
    ),
    "diverging": StarterText(
        QT_TRANSLATE_NOOP("starters", "Too large a step"),
        QT_TRANSLATE_NOOP("starters", "Watch the loss grow at every single step (press S)."),
        QT_TRANSLATE_NOOP("starters", "Change the learning rate to a tenth and click Same weights."),
        QT_TRANSLATE_NOOP("starters", "It stops by itself and says why; at a tenth it learns."),
    ),
    "curve": StarterText(
        QT_TRANSLATE_NOOP("starters", "Fit a curve"),
        QT_TRANSLATE_NOOP("starters", "Watch a nearly straight line bend into a sine."),
        QT_TRANSLATE_NOOP("starters", "Change the number of hidden neurons: try two."),
        QT_TRANSLATE_NOOP("starters", "The fit follows the curve; two neurons have too few bends."),
    ),
    "iris": StarterText(
        QT_TRANSLATE_NOOP("starters", "Iris flowers"),
        QT_TRANSLATE_NOOP("starters", "Watch the confusion matrix: three species, four measurements."),
        QT_TRANSLATE_NOOP("starters", "Change the seed of the data: other flowers are tested."),
        QT_TRANSLATE_NOOP("starters", "Nearly all are right; the mistakes lie between two species."),
    ),
    "digits": StarterText(
        QT_TRANSLATE_NOOP("starters", "Handwritten digits"),
        QT_TRANSLATE_NOOP("starters", "Watch the mistakes among the test digits grow fewer."),
        QT_TRANSLATE_NOOP("starters", "Change the hidden layer to two neurons."),
        QT_TRANSLATE_NOOP("starters", "Fifty tell 19 of 20 new digits; two mix most of them up."),
    ),
    "init": StarterText(
        QT_TRANSLATE_NOOP("starters", "Weights too small"),
        QT_TRANSLATE_NOOP("starters", "Watch the outputs shrink from layer to layer: std 0.01."),
        QT_TRANSLATE_NOOP("starters", "Change the initial weights of all layers to Xavier or He."),
        QT_TRANSLATE_NOOP("starters", "The loss stands at 2.3, mere guessing; from Xavier it falls."),
    ),
    "overfit": StarterText(
        QT_TRANSLATE_NOOP("starters", "Learnt by heart"),
        QT_TRANSLATE_NOOP("starters", "Watch the gap: 100 digits known by heart, new ones less well."),
        QT_TRANSLATE_NOOP("starters", "Change one thing at a time: switch on a remedy in the lab."),
        QT_TRANSLATE_NOOP("starters", "Dropout narrows the gap, more data most; batch norm widens it."),
    ),
    "cnn-digits": StarterText(
        QT_TRANSLATE_NOOP("starters", "Filters for digits"),
        QT_TRANSLATE_NOOP("starters", "Watch the eight maps: each filter answers to its own strokes."),
        QT_TRANSLATE_NOOP("starters", "Change the number of filters to one."),
        QT_TRANSLATE_NOOP("starters", "Eight tell 49 of 50 new digits; one alone misses many more."),
    ),
    "cnn-mnist": StarterText(
        QT_TRANSLATE_NOOP("starters", "MNIST, by convolution"),
        QT_TRANSLATE_NOOP("starters", "Watch the filters turn from noise into strokes and corners."),
        QT_TRANSLATE_NOOP("starters", "Change the network: take convolution and pooling away."),
        QT_TRANSLATE_NOOP("starters", "It tells 96 of 100 new digits; without them 4 more are wrong."),
    ),
}


def starter_text(name: str) -> StarterText:
    """The texts of a starter in the language of the window; of one that nobody has described, its name."""
    found = STARTER_TEXTS.get(name, StarterText(name, "", "", ""))
    return StarterText(*(_translated(text) for text in (found.title, *found.sentences)))


def _translated(source: str) -> str:
    return QCoreApplication.translate("starters", source) if source else ""
