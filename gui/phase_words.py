"""What a phase of a training step is called, and what happens in it."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from gui.words import words
from model.column_names import column_name
from model.experiment import Experiment
from model.layers import LayerSpec, Softmax
from model.phases import Phase, PhasedStep
from model.stages import stages

translate = QCoreApplication.translate


def phase_name(phase: Phase, layers: Sequence[LayerSpec]) -> str:
    """ "Batch", "Hidden 1 forward: Tanh", "Loss", "Output backward: Affine", "Update"."""
    match phase.kind:
        case "batch":
            return translate("phase", "Batch")
        case "loss":
            return translate("phase", "Loss")
        case "slope":
            return translate("phase", "Gradient of the loss")
        case "update":
            return translate("phase", "Update")
        case "forward":
            text = translate("phase", "{column} forward: {layer}")
        case _:
            text = translate("phase", "{column} backward: {layer}")
    return text.format(column=_column(phase.layer, layers), layer=words(layers[phase.layer].label))


def phase_sentence(phase: Phase, experiment: Experiment, step: PhasedStep) -> str:
    """One short sentence of what happens, with its formula."""
    layers = experiment.network.layers
    name = phase_name(phase, layers)
    match phase.kind:
        case "batch":
            text = translate("phase", "Batch: {count} training samples are drawn")
            return text.format(count=len(step.batch))
        case "loss":
            return translate("phase", "Loss: {loss}, the mean over the batch").format(loss=words(experiment.loss.label))
        case "slope":
            return translate("phase", "The gradient sets out: how the loss changes with each output")
        case "update" if step.diverges:
            text = translate("phase", "The loss is {loss}: nothing is updated, the run has diverged")
            return text.format(loss=step.loss)
        case "update":
            return _update(experiment).format(optimizer=words(experiment.optimizer.label))
        case "forward":
            text = (
                translate("phase", "{name}, y = f(z)")
                if _bends(phase, layers)
                else translate("phase", "{name}, z = x W + b")
            )
        case _ if isinstance(layers[phase.layer], Softmax):
            text = translate("phase", "{name}, ∂L/∂z = y · (∂L/∂y − Σ y · ∂L/∂y)")
        case _ if _bends(phase, layers):
            text = translate("phase", "{name}, ∂L/∂z = ∂L/∂y · f′(z)")
        case _ if step.gradients[phase.layer] is None:
            text = translate("phase", "{name}, ∂L/∂W = xᵀ ∂L/∂z")
        case _:
            text = translate("phase", "{name}, ∂L/∂W = xᵀ ∂L/∂z, ∂L/∂x = ∂L/∂z Wᵀ")
    return text.format(name=name)


def _update(experiment: Experiment) -> str:
    """What the optimizer goes by, in a sentence with a gap for its name."""
    match experiment.regularization.is_free, experiment.clipping.norm is None:
        case True, True:
            return translate("phase", "Update: {optimizer} moves every parameter downhill")
        case True, False:
            return translate("phase", "Update: {optimizer} goes by the gradient, clipped where it is too long")
        case False, True:
            return translate("phase", "Update: {optimizer} goes by the gradient and the penalty's")
        case _:
            return translate("phase", "Update: {optimizer} goes by the gradient and the penalty's, clipped")


def _bends(phase: Phase, layers: Sequence[LayerSpec]) -> bool:
    """The layer is no affine one: an activation stands there."""
    return all(stage.affine != phase.layer for stage in stages(layers))


def _column(layer: int, layers: Sequence[LayerSpec]) -> str:
    """The column that a layer belongs to: the last one that has begun."""
    found = stages(layers)
    begun = [place for place, stage in enumerate(found) if stage.affine <= layer]
    return words(column_name(begun[-1] if begun else -1, len(found)))
