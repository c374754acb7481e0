"""Dropout: in every training step each number is set to 0 with probability p, and the others are enlarged.

    training:    y = m x,   m = 1 / (1 - p) with probability 1 - p, else 0        m anew for every sample and step
    evaluation:  y = x

A unit cannot rely on any other one being there, so what it computes must be of use by itself. It is as if every step
trained another network, one of 2^n that share their weights; the evaluation uses all of them at once.

**Inverted.** The factor 1 / (1 - p) keeps the expectation: E[y] = (1 - p) x / (1 - p) = x. What comes behind is given
sums of the same size in training and in an evaluation, where then nothing is left to be done. (In the paper it is the
evaluation that makes all outputs smaller instead.)

Backward. A step's m is a constant: dL/dx = m dL/dy, with the very m of forward.

**Dice.** m is drawn before the step from the layer's own stream, at the place of this step (see `random_streams`): a
run that goes back throws the same dice again, and a gradient check throws them once and then holds them fixed. They
are float32 whatever the precision of the network, so that both see the same ones.

Source: N. Srivastava, G. Hinton, A. Krizhevsky, I. Sutskever, R. Salakhutdinov, "Dropout: a simple way to prevent
neural networks from overfitting", 2014.
"""

from typing import Annotated, ClassVar

import numpy as np

from model.arrays import Shape
from model.formula import Formula
from model.hyperparameter import hyperparameter
from model.layers.layer import Block, Layer, LayerSpec
from model.message import QT_TRANSLATE_NOOP
from model.signal import Signal, samples_last


class DropoutLayer(Layer):
    """y = m x at work, in training."""

    __slots__ = ("dice", "dx", "dy", "enlarged", "keep", "mask", "x_values", "y_values")

    draws = True

    def __init__(self, x: Signal, y: Signal, rate: float) -> None:
        super().__init__(x, y)
        self.x_values, self.y_values = samples_last(x.values), samples_last(y.values)
        self.keep = np.array(1 - rate, np.float32)
        self.enlarged = np.array(1 / (1 - rate), x.values.dtype)
        self.mask = np.ones_like(self.x_values)  # m; nothing is dropped before the first dice are thrown
        self.dice = np.zeros(self.mask.shape, np.float32)
        if y.learns:
            self.dx, self.dy = samples_last(x.gradient), samples_last(y.gradient)

    def draw(self, random: np.random.Generator) -> None:
        random.random(out=self.dice, dtype=np.float32)  # even in 0 .. 1: below 1 - p with probability 1 - p
        np.less(self.dice, self.keep, out=self.mask)
        np.multiply(self.mask, self.enlarged, out=self.mask)

    def forward(self) -> None:
        np.multiply(self.x_values, self.mask, out=self.y_values)

    def backward(self) -> None:
        if self.x.learns:
            np.multiply(self.dy, self.mask, out=self.dx)


class Dropout(LayerSpec, tag="dropout", frozen=True):
    """Numbers set to 0 at random, in training."""

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "Dropout")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model",
        "Sets outputs to 0 at random in every training step, so that no unit relies on another one: against "
        "overfitting. An evaluation uses all of them.",
    )
    forward_formula: ClassVar[Formula] = Formula(r"y = ||m||\cdot||x")
    backward_formula: ClassVar[Formula] = Formula(
        r"\frac{\partial L}{\partial x} = ||m||\cdot||\frac{\partial L}{\partial y}"
    )
    rate: Annotated[
        float,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "dropout rate"),
            QT_TRANSLATE_NOOP("model", "The probability with which an output is set to 0 in a training step."),
            at_least=0,
            below=1,
        ),
    ] = 0.5
    name: str = ""  # names the layer's stream of dice; by default its place. Stays when layers come and go.

    def wire(self, x: Signal, output_shape: Shape, block: Block) -> tuple[Layer | None, Signal]:
        if not block.learns:
            return None, x
        y = Signal.of_size(len(x.values), output_shape, x.values.dtype, learns=x.learns)
        return DropoutLayer(x, y, self.rate), y
