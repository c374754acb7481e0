"""The table of learning-rate schedules. A new one is one file beside these, and one name here."""

from typing import get_args

from model.schedules.constant import ConstantRate
from model.schedules.cosine import Cosine
from model.schedules.exponential import Exponential
from model.schedules.inverse_time import InverseTime
from model.schedules.schedule import Schedule
from model.schedules.step_decay import StepDecay
from model.schedules.warm_up import WarmUp

AnySchedule = ConstantRate | StepDecay | Exponential | Cosine | InverseTime | WarmUp
SCHEDULES: tuple[type[Schedule], ...] = get_args(AnySchedule)

__all__ = [
    "SCHEDULES",
    "AnySchedule",
    "ConstantRate",
    "Cosine",
    "Exponential",
    "InverseTime",
    "Schedule",
    "StepDecay",
    "WarmUp",
]
