"""The table of remedies against overfitting. A new one is one file here, one name in `AnyRemedy`, and one test."""

from typing import get_args

from model.remedies.drop_units import DropUnits
from model.remedies.early_stopping import EarlyStopping
from model.remedies.more_data import MoreData
from model.remedies.normalize_batches import NormalizeBatches
from model.remedies.remedy import Remedy
from model.remedies.weight_decay import WeightDecay

AnyRemedy = WeightDecay | DropUnits | NormalizeBatches | EarlyStopping | MoreData

REMEDIES: tuple[type[Remedy], ...] = get_args(AnyRemedy)

__all__ = [
    "REMEDIES",
    "AnyRemedy",
    "DropUnits",
    "EarlyStopping",
    "MoreData",
    "NormalizeBatches",
    "Remedy",
    "WeightDecay",
]
