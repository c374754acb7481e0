"""What a phase of a training step is called, and what happens in it."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from gui.words import words
from model.column_names import column_name
from model.experiment import Experiment
from model.layers import (
    Affine,
    AveragePooling,
    BatchNorm,
    Convolution,
    Dropout,
    LayerSpec,
    Maxout,
    MaxPooling,
    Softmax,
)
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


def phase_sentence(phase: Phase, experiment: Experiment, step: PhasedStep, row: int | None) -> str:
    """One short sentence of what happens, with its formula; `row`: the sample whose numbers are shown."""
    layers = experiment.network.layers
    name = phase_name(phase, layers)
    match phase.kind:
        case "batch":
            text = translate("phase", "Batch: {count} training samples are drawn")
            return text.format(count=len(step.batch))
        case "loss":
            mean = translate("phase", "Loss: {loss}, the mean over the batch")
            own = translate("phase", "Loss: {loss}, the mean over the batch; of this sample {value}")
            value = "" if row is None else f"{step.losses[row]:.3g}"
            return (mean if row is None else own).format(loss=words(experiment.loss.label), value=value)
        case "slope":
            return translate("phase", "The gradient sets out: how the loss changes with each output")
        case "update" if step.diverges:
            text = translate("phase", "The loss is {loss}: nothing is updated, the run has diverged")
            return text.format(loss=step.loss)
        case "update":
            return _update(experiment).format(optimizer=words(experiment.optimizer.label))
        case _:
            forward, backward = _formulas(layers[phase.layer], into_data=step.gradients[phase.layer] is None)
            text = translate("phase", "{name}, {formula}")
            if row is None:
                text = (
                    translate("phase", "{name}, {formula} (mean over the batch)")
                    if phase.kind == "forward"
                    else translate("phase", "{name}, {formula} (sum over the batch)")
                )
            return text.format(name=name, formula=forward if phase.kind == "forward" else backward)


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


def _formulas(layer: LayerSpec, *, into_data: bool) -> tuple[str, str]:
    """What a layer does on the way forward and on the way back. `into_data`: no gradient is handed on."""
    match layer:
        case Affine():
            return "z = x W + b", "∂L/∂W = xᵀ ∂L/∂z" if into_data else "∂L/∂W = xᵀ ∂L/∂z, ∂L/∂x = ∂L/∂z Wᵀ"
        case Softmax():
            return "y = f(z)", "∂L/∂z = y · (∂L/∂y − Σ y · ∂L/∂y)"
        case Convolution():
            return "z = W ∗ x + b", "∂L/∂W = ∂L/∂z ∗ x"
        case Maxout():
            return "y = max(x W₁ + b₁, x W₂ + b₂, …)", "∂L/∂Wₖ = xᵀ ∂L/∂zₖ"
        case MaxPooling():
            return translate("phase", "y = the largest of each window"), translate(
                "phase", "∂L/∂x = ∂L/∂y where it was"
            )
        case AveragePooling():
            return translate("phase", "y = the mean of each window"), translate("phase", "∂L/∂x = its share of ∂L/∂y")
        case BatchNorm():
            return "y = γ (x − μ) / √(σ² + ε) + β", "∂L/∂γ = Σ ∂L/∂y · (x − μ) / √(σ² + ε)"
        case Dropout():
            return "y = m · x", "∂L/∂x = m · ∂L/∂y"
        case _:
            return "y = f(z)", "∂L/∂z = ∂L/∂y · f′(z)"


def _column(layer: int, layers: Sequence[LayerSpec]) -> str:
    """The column that a layer belongs to: the last one that has begun."""
    found = stages(layers)
    begun = [place for place, stage in enumerate(found) if stage.affine <= layer]
    return words(column_name(begun[-1] if begun else -1, len(found)))
