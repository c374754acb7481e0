"""The update: what the optimizer does to one parameter."""

from PySide6.QtCore import QCoreApplication

from gui.formulas.term import Row, symbol
from gui.inspector.filled import Gap, filled
from gui.inspector.known import Known, of_parameters
from gui.inspector.page import Section
from gui.inspector.used_formulas import Used
from gui.words import words
from model.formula import Formula
from model.hyperparameter import hyperparameters
from model.one_update import one_update

translate = QCoreApplication.translate


def updates(here: Known, index: int, name: str) -> tuple[Section, ...]:
    """The update of parameter `index`, called `name`, and what stands before it: a penalty, clipping, a schedule."""
    used = Used(here, index, name)
    return (*used.sections(), update(used))


def update(used: Used) -> Section:
    """The optimizer's rule in symbols, and with the numbers of one parameter."""
    here, index = used.here, used.index
    optimizer = here.experiment.optimizer
    numbers = numbers_of_update(used)
    rows: list[Row] = []
    for formula in optimizer.formulas:
        rows.append(_symbols(formula, index))
        if numbers:
            rows.append(_numbers(formula, numbers, used))
    heading = translate("inspector", "Update: {optimizer}").format(optimizer=words(optimizer.label))
    return Section(heading, tuple(rows), _note(used, numbers))


def numbers_of_update(used: Used) -> dict[str, float]:
    """All numbers of the update by the names of the formulas; what is not known yet is missing."""
    here, index, gradient, rate = used.here, used.index, used.gradient, used.learning_rate
    step, optimizer = here.step, here.experiment.optimizer
    if step is None or gradient is None or rate is None:
        return {}
    size, remembered = len(step.parameters), len(optimizer.remembers)
    state: list[float] = [0.0] * remembered
    count = 0
    if len(step.state) == remembered * size:
        state, count = [float(step.state[part * size + index]) for part in range(remembered)], step.count
    number = step.gradient.dtype.type
    found = one_update(optimizer, step.parameters[index], number(gradient), state, count, rate, decays=used.is_weight)
    if here.at < step.last and not here.foretells:
        return {name: value for name, value in found.items() if not name.endswith(("'", "_hat"))}
    if here.after is not None:
        found["w'"] = float(here.after[index])
    return found


def _symbols(formula: Formula, index: int) -> Row:
    left, *right = formula.terms()
    return (
        symbol(left, of_parameters(index)),
        *(symbol(each, of_parameters(index)) for each in right),
    )


def _numbers(formula: Formula, numbers: dict[str, float], used: Used) -> Row:
    left, index = formula.terms()[0], used.index
    gaps: dict[str, Gap] = {}
    for gap in formula.gaps:
        called = _called(gap, used)
        gaps[gap] = numbers.get(gap), of_parameters(index), called
    return (symbol(left, of_parameters(index)), *filled(formula, gaps))


def _called(gap: str, used: Used) -> str:
    name = used.name
    if gap == "w":
        return translate("inspector", "{parameter} before the update").format(parameter=name)
    if gap == "w'":
        return translate("inspector", "{parameter} after the update").format(parameter=name)
    if gap == "g" and used.is_another:
        return translate("inspector", "the gradient that the update goes by")
    if gap == "g":
        return translate("inspector", "the gradient ∂L/∂{parameter}").format(parameter=name)
    if gap == "t":
        return translate("inspector", "the number of this update")
    labels = {each.name: each.label for each in hyperparameters(type(used.here.experiment.optimizer))}
    return words(labels[gap]) if gap in labels else gap


def _note(used: Used, numbers: dict[str, float]) -> str:
    if not numbers:
        return translate("inspector", "The numbers come when the gradient is known.")
    if "w'" not in numbers:
        return translate("inspector", "The update is not done yet.")
    moved = numbers["w'"] - numbers["w"]
    return translate("inspector", "{parameter} moves by {amount}.").format(
        parameter=used.name, amount=f"{moved:+.3g}".replace("-", "−")
    )
