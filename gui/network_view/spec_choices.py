"""What the two choosers of a column offer, and the edits that they propose."""

import itertools
from typing import cast

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from gui import network_edits
from gui.network_view.columns import diagram
from gui.network_view.descriptions import column_title
from gui.network_view.layers_page import LayersPage
from gui.network_view.spec_chooser import SpecChooser
from gui.session import Session
from gui.words import words
from model.hyperparameter import Spec
from model.initializers import INITIALIZERS, AnyInitializer
from model.layers import ACTIVATIONS, AnyLayer, Softmax

translate = QCoreApplication.translate

_visits = itertools.count(1)  # what is tried out while one page is open is one step to undo


def open_chooser(session: Session, kind: str, stage: int, parent: QWidget) -> SpecChooser | LayersPage:
    """The page that chooses the "activation", the initial "weights" or the "layers" of a column."""
    if kind == "layers":
        return LayersPage(session, stage, parent)
    return _activation(session, stage, parent) if kind == "activation" else _weights(session, stage, parent)


def _activation(session: Session, stage: int, parent: QWidget) -> SpecChooser:
    drawn = diagram(session.experiment)
    column = drawn.columns[stage + 1]
    assert column.activation is not None
    layer = column_title(drawn, stage)

    def obstacle(spec: Spec) -> str:
        edited = network_edits.choose_activation(session.experiment, stage, cast(AnyLayer, spec))
        problem = network_edits.obstacle(edited)
        return words(problem) if problem is not None else ""

    made = SpecChooser(
        translate("network", "{layer}: activation").format(layer=layer),
        (*ACTIVATIONS, Softmax) if column.is_output else ACTIVATIONS,
        column.activation,
        obstacle,
        translate("network", "For all hidden layers") if column.is_hidden else "",
        parent,
    )
    text, visit = translate("network", "activation of {layer}").format(layer=layer), f"choice {next(_visits)}"
    made.chosen.connect(
        lambda spec: session.propose(
            network_edits.choose_activation(session.experiment, stage, spec), text, merge=visit
        )
    )
    made.chosen_for_all.connect(
        lambda spec: session.propose(
            network_edits.choose_activations(session.experiment, spec),
            translate("network", "activation of all hidden layers"),
        )
    )
    return made


def _weights(session: Session, stage: int, parent: QWidget) -> SpecChooser:
    drawn = diagram(session.experiment)
    column = drawn.columns[stage + 1]
    assert column.weights is not None
    layer = column_title(drawn, stage)
    made = SpecChooser(
        translate("network", "{layer}: initial weights").format(layer=layer),
        INITIALIZERS,
        column.weights,
        lambda _: "",
        translate("network", "For all layers"),
        parent,
    )
    text, visit = translate("network", "initial weights of {layer}").format(layer=layer), f"choice {next(_visits)}"

    def choose(weights: AnyInitializer) -> None:
        edited = network_edits.choose_weights(session.experiment, stage, weights)
        session.propose(edited, text, merge=visit)

    made.chosen.connect(choose)
    made.chosen_for_all.connect(
        lambda spec: session.propose(
            network_edits.choose_all_weights(session.experiment, spec),
            translate("network", "initial weights of all layers"),
        )
    )
    return made
