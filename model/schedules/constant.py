"""Constant: f(s) = 1. The learning rate stays as it is set."""

from typing import ClassVar

from model.message import QT_TRANSLATE_NOOP
from model.schedules.schedule import Schedule


class ConstantRate(Schedule, tag="constant", frozen=True):
    """No schedule."""

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "Constant")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP("model", "The learning rate stays as it is set.")

    def factor(self, step: int) -> float:
        return 1.0
