"""Which part of the data each curve and each decision uses, in words that are true for the experiment at hand."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QCoreApplication

from gui.number_editor import as_text
from gui.words import words
from model.data import Part
from model.experiment import Experiment

translate = QCoreApplication.translate

UNEVEN = 2  # the largest class has at least so many times the samples of the smallest: worth a sentence


def use_of_training(experiment: Experiment) -> str:
    """What the training part is for."""
    said = [translate("SplitWords", "Every step learns from it. Curves: mini-batch, train.")]
    if experiment.data.standardize:
        said.append(translate("SplitWords", "Its mean and deviation standardize the inputs of all parts."))
    if experiment.stop.loss is not None:
        text = translate("SplitWords", "Training stops when its loss is below {loss}.")
        said.append(text.format(loss=as_text(experiment.stop.loss)))
    return " ".join(said)


def use_of_validation(experiment: Experiment) -> str:
    """What the validation part is for, or what is missing without one."""
    if not experiment.data.validation:
        return translate("SplitWords", "Empty: early stopping and a search have nothing to choose by.")
    said = [translate("SplitWords", "It is for choosing, never for learning. Curve: validation.")]
    patience = experiment.stop.patience
    if patience is None:
        said.append(translate("SplitWords", "Early stopping (now off) and a search go by it."))
    else:
        text = translate("SplitWords", "Early stopping (patience {patience}) and a search go by it.")
        said.append(text.format(patience=patience))
    return " ".join(said)


def use_of_test(experiment: Experiment, *, of_file: bool = False) -> str:
    """What the test part is for, or what is missing without one. `of_file`: the data came with a test part."""
    if not experiment.data.test and not of_file:
        return translate("SplitWords", "Empty: nothing measures how good the network is on new data.")
    return translate("SplitWords", "Only measured: it decides nothing, and no search sees it. Curve: test.")


def uneven_classes(part: Part, names: Sequence[str]) -> str:
    """A sentence where the classes of the training part are far from equally large; "" where they are not."""
    if not names:
        return ""
    counts = np.bincount(np.asarray(part.targets, np.int64), minlength=len(names))
    largest, smallest = int(counts.argmax()), int(counts.argmin())
    if counts[largest] < UNEVEN * counts[smallest]:
        return ""
    text = translate(
        "SplitWords",
        "Uneven classes: {most} training samples of {large}, {fewest} of {small}. "
        "Always answering {large} would score {percent} %.",
    )
    return text.format(
        most=f"{counts[largest]:,}",
        large=words(names[largest]),
        fewest=f"{counts[smallest]:,}",
        small=words(names[smallest]),
        percent=f"{100 * counts[largest] / counts.sum():.0f}",
    )
