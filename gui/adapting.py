"""Another data set or loss for the same network: what fits stays, what does not is made to fit.

The hidden layers, the optimizer and all settings stay. The output layer, the loss and the flattening of images belong
to the data and follow it.
"""

from msgspec import structs

from model.arrays import Shape
from model.datasets import AnyDataset, OnHand
from model.datasets.dataset import Synthetic
from model.experiment import Experiment, NetworkSpec
from model.layers import Affine, AnyLayer, Convolution, Flatten, Identity, Maxout, ShapeError
from model.layers.pooling import Pooling
from model.losses import AnyLoss, MeanSquaredError, SigmoidCrossEntropy, SoftmaxCrossEntropy

Layers = tuple[AnyLayer, ...]


def adapted(experiment: Experiment, dataset: AnyDataset) -> Experiment:
    """`experiment` on `dataset`, with an output, a loss and a flatten layer that fit.

    Valid wherever `experiment` is, unless larger inputs or outputs take the network over the limit of parameters.
    """
    data = structs.replace(experiment.data, dataset=dataset)
    layers = _flattened(experiment.network.layers, dataset)
    loss: AnyLoss = experiment.loss
    outputs = _outputs(layers)
    classes = len(dataset.class_names)
    if dataset.task != experiment.data.dataset.task or (outputs == 1 and classes > 2):
        # Another question, or more classes than one output can tell apart: the field's standard answer to it.
        loss, outputs = _standard(dataset)
        layers = _with_output(layers, outputs, scores=True)
    elif dataset.task == "classification" and outputs > 1:
        # Two classes under the sigmoid are one yes or no; otherwise every class has its output.
        one = classes == 2 and isinstance(loss, SigmoidCrossEntropy) and outputs != 2
        layers = _with_output(layers, 1 if one else classes, scores=False)
    return structs.replace(experiment, data=data, network=NetworkSpec(layers=layers), loss=loss)


def with_loss(experiment: Experiment, loss: AnyLoss) -> Experiment:
    """`experiment` with another loss, and an output that fits it: scores for a cross entropy, an output per class.

    A loss that is for classes stays wrong for a regression; the check of the experiment says so.
    """
    layers = experiment.network.layers
    classes = len(experiment.data.dataset.class_names)
    if loss.takes_scores:  # of a regression, too: then the loss is all that is left to be refused
        units = classes if classes and isinstance(loss, SoftmaxCrossEntropy) else _outputs(layers)
        layers = _with_output(layers, units, scores=True)
    return structs.replace(experiment, network=NetworkSpec(layers=layers), loss=loss)


def replacement(current: AnyDataset, kind: type[OnHand]) -> OnHand:
    """A data set of another kind; how many samples and how much noise stays, where both can say so."""
    if isinstance(current, Synthetic) and issubclass(kind, Synthetic):
        return kind(samples=current.samples, noise=current.noise)
    return kind()


def _standard(dataset: AnyDataset) -> tuple[AnyLoss, int]:
    """The usual loss for the task and how many outputs it takes."""
    if dataset.task == "regression":
        return MeanSquaredError(), 1
    classes = len(dataset.class_names)
    return (SigmoidCrossEntropy(), 1) if classes == 2 else (SoftmaxCrossEntropy(), classes)


def _flattened(layers: Layers, dataset: AnyDataset) -> Layers:
    """The layers as they are where images go through them; else what takes rows of numbers, flattened first.

    Filters and pooling need an image large enough: without one they are left out, with all that belongs to them.
    """
    if any(isinstance(layer, Convolution | Pooling) for layer in layers):
        if _fit(layers, dataset):
            return layers
        behind = max((i for i, layer in enumerate(layers) if isinstance(layer, Flatten)), default=len(layers)) + 1
        outputs, layers = _outputs(layers), layers[behind:]
        if not any(isinstance(layer, Affine | Maxout) for layer in layers):
            layers = (*layers, Affine(units=outputs))
    others = tuple(layer for layer in layers if not isinstance(layer, Flatten))
    return others if len(dataset.shape) == 1 else (Flatten(), *others)


def _fit(layers: Layers, dataset: AnyDataset) -> bool:
    """Whether samples of this data go through all layers; of a network that ends with filters, to a number each."""
    shape: Shape = dataset.shape
    try:
        for layer in layers:
            shape = layer.output_shape(shape)
    except ShapeError:
        return False
    return shape == (_outputs(layers),) or (len(shape) == 1 and not isinstance(layers[_last(layers)], Convolution))


def _last(layers: Layers) -> int:
    """The place of the output layer."""
    return max(place for place, layer in enumerate(layers) if layer.weighted)


def _outputs(layers: Layers) -> int:
    """The number of outputs; of a network that ends with filters, of its filters."""
    last = layers[_last(layers)]
    return last.filters if isinstance(last, Convolution) else getattr(last, "units", 1)


def _with_output(layers: Layers, units: int, *, scores: bool) -> Layers:
    """The network with `units` outputs; with `scores` they go through no activation."""
    place = _last(layers)
    last = layers[place]
    if not isinstance(last, Affine | Maxout):  # filters: their maps are many numbers
        if units == _outputs(layers):
            return layers
        flat = () if isinstance(layers[-1], Flatten) else (Flatten(),)
        return (*layers, *flat, Affine(units=units))
    output = structs.replace(last, units=units)
    behind = layers[place + 1 :]
    if scores and behind:
        behind = (Identity(),)  # in the activation's place, where another can be chosen
    return (*layers[:place], output, *behind)
