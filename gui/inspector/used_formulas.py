"""What stands before the optimizer: a penalty on the weights, clipping, a schedule. Only what is in force is shown."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from msgspec import structs
from PySide6.QtCore import QCoreApplication

from gui.formulas.term import Row, number, number_text, symbol
from gui.inspector.filled import filled
from gui.inspector.known import Known, of_parameters
from gui.inspector.page import Section
from gui.words import words
from model.arrays import Vector
from model.clipping import Clipping
from model.formula import Formula
from model.regularization import weights_of
from model.schedules import ConstantRate
from model.used_gradient import UsedGradient

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Used:
    """What an update goes by, of parameter `index`, called `name`. What is not known yet is None."""

    here: Known
    index: int
    name: str

    @cached_property
    def is_weight(self) -> bool:
        """It has a price, and a decay may shrink it."""
        return bool(weights_of(self.here.run.layout)[self.index])

    @property
    def is_another(self) -> bool:
        """The optimizer reads another gradient than that of the data loss."""
        return self.gradient is not None and self.gradient != self.here.gradient(self.index)

    @property
    def gradient(self) -> float | None:
        """What the optimizer reads. Clipping has to know the gradients of all layers."""
        if self._clipping.norm is None:
            return self.priced
        return float(self._clipped[0][self.index]) if self._clipped is not None else None

    @cached_property
    def priced(self) -> float | None:
        """The gradient with the penalty's, before it is clipped."""
        if self.here.gradient(self.index) is None:
            return None
        return float(self._prepared(Clipping())[0][self.index])

    @property
    def length(self) -> float | None:
        """Of the whole gradient before it is clipped."""
        return self._clipped[1] if self._clipped is not None else None

    @property
    def learning_rate(self) -> float | None:
        return self.here.experiment.learning_rate_at(self.here.step.step) if self.here.step is not None else None

    def sections(self) -> tuple[Section, ...]:
        """In the order in which they are done."""
        experiment = self.here.experiment
        found: list[Section] = []
        if not experiment.regularization.is_free:
            found.append(self._penalty())
        if self._clipping.norm is not None:
            found.append(self._clip(self._clipping.norm))
        if not isinstance(experiment.schedule, ConstantRate):
            found.append(self._schedule())
        return tuple(found)

    def _penalty(self) -> Section:
        price = self.here.experiment.regularization
        heading = translate("inspector", "Penalty on the weights")
        if not self.is_weight:
            note = translate("inspector", "{parameter} is no weight: it has no price, and its gradient stays.")
            return Section(heading, (), note.format(parameter=self.name))
        w, data = float(self.here.parameters[self.index]), self.here.gradient(self.index)
        gaps = {
            "data": (data, translate("inspector", "the gradient ∂L/∂{parameter}").format(parameter=self.name)),
            "l1": (price.l1, translate("inspector", "the price of the absolute weights")),
            "l2": (price.l2, translate("inspector", "the price of the squared weights")),
            "sign": (math.copysign(1.0, w) if w else 0.0, translate("inspector", "the sign of the weight")),
            "w": (w, translate("inspector", "{parameter} before the update").format(parameter=self.name)),
            "priced": (self.priced, translate("inspector", "the gradient with the penalty's")),
        }
        note = translate("inspector", "The update goes by the gradient of the data loss and of the penalty together.")
        return Section(heading, self._rows(price.formula, gaps, known=data is not None), note)

    def _clip(self, longest: float) -> Section:
        heading, length = words(Clipping.label), self.length
        if length is None:
            note = translate("inspector", "The numbers come when the gradients of all layers are known.")
            return Section(heading, self._rows(Clipping.formula, {}, known=False), note)
        said = {"length": number_text(length), "longest": number_text(longest)}
        if not longest < length < math.inf:
            row = symbol(r"\Vert g \Vert =", name=translate("inspector", "the length of the whole gradient"))
            note = translate("inspector", "{length} is not longer than {longest}: the gradient stays as it is.")
            if not math.isfinite(length):
                note = translate("inspector", "A gradient that is no finite number cannot be shortened.")
            return Section(heading, ((row, number(length, name=row.name)),), note.format(**said))
        gaps = {
            "priced": (self.priced, translate("inspector", "the gradient before it is clipped")),
            "norm": (longest, translate("inspector", "the longest that is allowed")),
            "length": (length, translate("inspector", "the length of the whole gradient")),
            "g": (self.gradient, translate("inspector", "the gradient that the update goes by")),
        }
        note = translate(
            "inspector",
            "The whole gradient is {length} long, more than {longest}: all of it is multiplied by {factor}.",
        ).format(factor=number_text(longest / length), **said)
        return Section(heading, self._rows(Clipping.formula, gaps), note)

    def _schedule(self) -> Section:
        experiment, step, rate = self.here.experiment, self.here.step, self.learning_rate
        schedule = experiment.schedule
        heading = translate("inspector", "Learning rate: {schedule}").format(schedule=words(schedule.label))
        if step is None or rate is None:
            return Section(heading, self._rows(schedule.formula, {}, known=False), words(schedule.meaning))
        factor = schedule.factor(step.step)
        gaps = {
            "full": (experiment.optimizer.learning_rate, translate("inspector", "the learning rate in full")),
            "factor": (factor, translate("inspector", "the factor of the schedule at this step")),
            "learning_rate": (rate, translate("inspector", "the learning rate of this step")),
        }
        note = translate("inspector", "After {steps:,} steps the learning rate is {rate}.")
        return Section(
            heading, self._rows(schedule.formula, gaps), note.format(steps=step.step, rate=number_text(rate))
        )

    def _rows(
        self, formula: Formula, gaps: Mapping[str, tuple[float | None, str]], *, known: bool = True
    ) -> tuple[Row, ...]:
        """The formula in symbols and, where they are `known`, with its numbers."""
        place = of_parameters(self.index)
        left, *right = formula.terms()
        symbols = (symbol(left, place), *(symbol(each, place) for each in right))
        if not known:
            return (symbols,)
        numbers = filled(formula, {gap: (value, place, called) for gap, (value, called) in gaps.items()})
        return symbols, (symbol(left, place), *numbers)

    @property
    def _clipping(self) -> Clipping:
        return self.here.experiment.clipping

    @cached_property
    def _clipped(self) -> tuple[Vector, float] | None:
        step = self.here.step
        if step is None or step.diverges or self.here.at < step.last - 1:
            return None
        return self._prepared(self._clipping)

    def _prepared(self, clipping: Clipping) -> tuple[Vector, float]:
        """The whole gradient that the update goes by, and how long it was, as the step computes them."""
        step = self.here.step
        assert step is not None, "there is a gradient"
        experiment = structs.replace(self.here.experiment, clipping=clipping)
        used = UsedGradient(experiment, weights_of(self.here.run.layout), step.parameters, step.gradient)
        used.prepare()
        return used.values, used.length
