"""What a check has found, of which step and with what, and the sentences about it."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from gui.check_views.fault_chooser import Choice
from gui.number_editor import as_text
from gui.parameter_name import ParameterNames, name_in_files
from gui.words import words
from model.check_report import CheckReport
from model.gradient_check import ArrayCheck
from model.next_step import NextStep

translate = QCoreApplication.translate


@dataclass(frozen=True, eq=False)
class Finding:
    """A report, and where it comes from."""

    report: CheckReport
    at: NextStep
    choice: Choice
    names: ParameterNames

    @property
    def agrees(self) -> bool:
        return self.report.verdict.kind == "agrees"

    def verdict(self) -> tuple[str, str]:
        """What matters in a few words, where a fault is switched on, and the sentence."""
        report, fault, sentence = self.report, self.choice.fault, words(self.report.verdict.sentence)
        if fault is None:
            return "", sentence
        if report.hidden is not None:
            text = translate("check", "The fault “{fault}” is not found.").format(fault=words(fault.label))
            return text, f"{words(report.hidden)} {sentence}"
        if report.verdict.kind == "disagrees":
            return translate("check", "The fault “{fault}” is found.").format(fault=words(fault.label)), sentence
        return "", sentence

    def details(self) -> str:
        """The worst parameter with both numbers, the arrays that are wrong, and how many were skipped."""
        skipped = self.report.verdict.skipped
        parts = [self._worst(), self._wrong(), words(skipped) if skipped is not None else ""]
        return "\n".join(part for part in parts if part)

    def origin(self, *, moved_on: bool) -> str:
        """Of which step and batch, with which settings; and whether the run has `moved_on` since."""
        text = translate(
            "check", "Checked at step {step:,}, on the batch of the next step ({samples:,} samples), h = {h}, {fault}."
        )
        fault = translate("check", "no fault")
        if self.choice.fault is not None:
            fault = translate("check", "fault: {name}").format(name=words(self.choice.fault.label))
        step, h = self.at.step, as_text(self.report.comparison.settings.step)
        said = text.format(step=step, samples=len(self.at.batch), h=h, fault=fault)
        if self.at.experiment.precision != "float64":
            said += " " + translate("check", "It is done in float64, whatever the training uses.")
        if moved_on:
            said += " " + translate("check", "The run is at another step by now.")
        return said

    def sampled_names(self) -> tuple[str, ...]:
        """What the parameters of the curve are called in files."""
        comparison = self.report.comparison
        found = ((comparison.array_of(index), index) for index in self.report.sample)
        return tuple(name_in_files(each.entry, each.place_of(index)) for each, index in found)

    def _worst(self) -> str:
        worst = self.report.comparison.worst
        if worst is None:
            return ""
        each = self.report.comparison.array_of(worst.index)
        place = each.place_of(worst.index)
        text = translate(
            "check",
            "Largest error {error:.2g}: {name}, backpropagation {analytic:.9g}, differences {numerical:.9g}.",
        )
        return text.format(
            name=self.names.parameter(each.entry, place),
            analytic=worst.analytic,
            numerical=worst.numerical,
            error=worst.error,
        )

    def _wrong(self) -> str:
        """Backward runs from the output to the inputs, so the mistake is where it meets the first wrong array."""
        wrong, arrays = self.report.comparison.wrong, self.report.comparison.arrays
        if self.report.verdict.kind != "disagrees" or not wrong:
            return ""
        if len(wrong) == len(arrays):
            return translate("check", "Every array is off: the mistake comes before backward has met any of them.")
        culprit = self.names.array(wrong[-1].entry)
        if len(wrong) == 1:
            return translate("check", "Only the {culprit} are off, all others agree.").format(culprit=culprit)
        text = translate(
            "check",
            "{wrong} of {arrays} arrays are off. Backward meets the {culprit} first: look there, or in the activation "
            "behind it.",
        )
        return text.format(wrong=len(wrong), arrays=len(arrays), culprit=culprit)


def parameter_text(each: ArrayCheck, place: tuple[int, ...], names: ParameterNames) -> str:
    """What the label says of one parameter."""
    text = translate("check", "backpropagation {value:.9g}").format(value=float(each.analytic[place]))
    lines = [names.parameter(each.entry, place), name_in_files(each.entry, place), text]
    if each.kinks[place]:
        lines.append(translate("check", "skipped: the step crosses a kink"))
    else:
        text = translate("check", "differences {value:.9g}\nrelative error {error:.2g}")
        lines.append(text.format(value=float(each.numerical[place]), error=float(each.errors[place])))
    return "\n".join(lines)
