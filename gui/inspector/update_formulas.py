"""The update: what the optimizer does to one parameter."""

from PySide6.QtCore import QCoreApplication

from gui.formulas.term import Row, symbol
from gui.inspector.filled import Gap, filled
from gui.inspector.known import Known, of_parameters
from gui.inspector.page import Section
from gui.words import words
from model.formula import Formula
from model.hyperparameter import hyperparameters
from model.one_update import one_update
from model.optimizers import Optimizer

translate = QCoreApplication.translate


def update(here: Known, index: int, name: str) -> Section:
    """The optimizer's rule in symbols, and with the numbers of parameter `index`, called `name`."""
    optimizer = here.experiment.optimizer
    numbers = numbers_of_update(here, index)
    rows: list[Row] = []
    for formula in optimizer.formulas:
        rows.append(_symbols(formula, index))
        if numbers:
            rows.append(_numbers(formula, numbers, here, index, name))
    heading = translate("inspector", "Update: {optimizer}").format(optimizer=words(optimizer.label))
    return Section(heading, tuple(rows), _note(here, index, name, numbers))


def numbers_of_update(here: Known, index: int) -> dict[str, float]:
    """All numbers of the update by the names of the formulas; what is not known yet is missing."""
    step, optimizer = here.step, here.experiment.optimizer
    if step is None or here.gradient(index) is None:
        return {}
    size, remembered = len(step.parameters), len(optimizer.remembers)
    state: list[float] = [0.0] * remembered
    count = 0
    if len(step.state) == remembered * size:
        state, count = [float(step.state[part * size + index]) for part in range(remembered)], step.count
    found = one_update(optimizer, step.parameters[index], step.gradient[index], state, count)
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


def _numbers(formula: Formula, numbers: dict[str, float], here: Known, index: int, name: str) -> Row:
    left = formula.terms()[0]
    gaps: dict[str, Gap] = {}
    for gap in formula.gaps:
        called = _called(here.experiment.optimizer, gap, name)
        gaps[gap] = numbers.get(gap), of_parameters(index), called
    return (symbol(left, of_parameters(index)), *filled(formula, gaps))


def _called(optimizer: Optimizer, gap: str, name: str) -> str:
    if gap == "w":
        return translate("inspector", "{parameter} before the update").format(parameter=name)
    if gap == "w'":
        return translate("inspector", "{parameter} after the update").format(parameter=name)
    if gap == "g":
        return translate("inspector", "the gradient ∂L/∂{parameter}").format(parameter=name)
    if gap == "t":
        return translate("inspector", "the number of this update")
    labels = {each.name: each.label for each in hyperparameters(type(optimizer))}
    return words(labels[gap]) if gap in labels else gap


def _note(here: Known, index: int, name: str, numbers: dict[str, float]) -> str:
    if not numbers:
        return translate("inspector", "The numbers come when the gradient is known.")
    if "w'" not in numbers:
        return translate("inspector", "The update is not done yet.")
    moved = numbers["w'"] - numbers["w"]
    return translate("inspector", "{parameter} moves by {amount}.").format(
        parameter=name, amount=f"{moved:+.3g}".replace("-", "−")
    )
