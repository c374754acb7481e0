"""The table of optimizers. A new one is one file beside these, and one name here."""

from typing import get_args

from model.optimizers.adagrad import AdaGrad
from model.optimizers.adam import Adam
from model.optimizers.adamw import AdamW
from model.optimizers.momentum import Momentum
from model.optimizers.nesterov import Nesterov
from model.optimizers.optimizer import Optimizer, Rule
from model.optimizers.rmsprop import RMSProp
from model.optimizers.sgd import SGD

AnyOptimizer = SGD | Momentum | Nesterov | AdaGrad | RMSProp | Adam | AdamW
OPTIMIZERS: tuple[type[Optimizer], ...] = get_args(AnyOptimizer)

__all__ = [
    "OPTIMIZERS",
    "SGD",
    "AdaGrad",
    "Adam",
    "AdamW",
    "AnyOptimizer",
    "Momentum",
    "Nesterov",
    "Optimizer",
    "RMSProp",
    "Rule",
]
