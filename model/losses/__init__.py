"""The table of losses. A new loss is one file here, one name in `AnyLoss`, and one test."""

from typing import get_args

from model.losses.loss import Loss, LossSpec
from model.losses.mean_squared_error import MeanSquaredError
from model.losses.sigmoid_cross_entropy import SigmoidCrossEntropy
from model.losses.softmax_cross_entropy import SoftmaxCrossEntropy

AnyLoss = MeanSquaredError | SoftmaxCrossEntropy | SigmoidCrossEntropy

LOSSES: tuple[type[LossSpec], ...] = get_args(AnyLoss)

__all__ = ["LOSSES", "AnyLoss", "Loss", "LossSpec", "MeanSquaredError", "SigmoidCrossEntropy", "SoftmaxCrossEntropy"]
